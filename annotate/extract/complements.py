"""Complements of a word: the clauses, infinitives and noun phrases that may be the content of a claim.

Each complement has a shape (`V:that`, `V:obj`, `N:to`, …). How often a word with a complement of that shape is a cue is
learned from PolNeAR (`cue_lexicon`). The rules and the training use the same function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotate.extract.tree import Piece, Tree

_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_OCCASIONS = frozenset({"after", "ahead", "amid", "before", "during", "following"})
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
})  # fmt: skip
_CLAUSES = ("ccomp", "xcomp")
_MODIFIERS = ("prep", "xcomp", "oprd", "acomp", "advcl", "ccomp", "dative", "acl", "relcl")


@dataclass(frozen=True)
class Complement:
    """A possible content and the word that governs it."""

    cue: int
    shape: str
    content: tuple[Piece, ...]


def complements(tree: Tree, i: int) -> Iterator[Complement]:
    """Yield every complement of a token that could be content, in the order of its children."""
    tag = tree.tags[i]
    if tree.lower[i] == "according":
        yield from _according(tree, i)
    elif tag.startswith("VB"):
        yield from _of_verb(tree, i)
    elif tag.startswith("NN") and tag not in ("NNP", "NNPS"):
        yield from _of_noun(tree, i)
    elif tag.startswith("JJ") and tree.deps[i] in ("acomp", "ROOT", "conj", "advcl"):
        yield from _of_adjective(tree, i)


def _of_verb(tree: Tree, i: int) -> Iterator[Complement]:
    passive = tree.kid(i, "nsubjpass", "auxpass") is not None
    voice = "P" if passive else "V"
    for kid in tree.children[i]:
        dep = tree.deps[kid]
        if dep in _CLAUSES:
            yield from _clause(tree, i, kid, voice)
        elif dep == "dobj" and kid > i:
            yield from _object(tree, i, kid, voice)
        elif dep == "prep" and kid > i:
            yield from _prepositional(tree, i, kid, voice)
        elif dep in ("nsubjpass", "nsubj") and (passive and tree.kid(i, "xcomp") is None):
            yield from _whole(tree, i, f"{voice}:subj", kid, kid)
    if tree.deps[i] in ("parataxis", "advcl"):
        yield from _parenthetical(tree, i)


def _clause(tree: Tree, i: int, kid: int, voice: str) -> Iterator[Complement]:
    if kid < i:
        yield from _whole(tree, i, f"{voice}:left", kid, kid)
        return
    shape = f"{voice}:{_clause_kind(tree, kid)}"
    subject = tree.kid(i, "nsubj", "nsubjpass", "expl")
    if shape in ("P:to", "V:to") and subject is not None and subject < i:
        content = tree.pieces(tree.left[subject], tree.right[subject], ()) + tree.pieces(
            tree.left[kid], tree.right[kid], ()
        )
        yield Complement(i, f"{shape}+subj", tuple(content))
    yield from _whole(tree, i, shape, kid, kid, _before_second_verb(tree, kid) if shape.endswith(":to") else None)


def _before_second_verb(tree: Tree, kid: int) -> int | None:
    """Return the last token of *to strike* in `threatens to strike and plans to go`, if the parser joins the verbs."""
    second = next((other for other in tree.kids(kid, "conj") if tree.tags[other] in ("VBZ", "VBD", "VBP")), None)
    joiner = tree.kid(kid, "cc")
    return joiner - 1 if second is not None and joiner is not None and joiner < second else None


def _clause_kind(tree: Tree, kid: int) -> str:
    mark = tree.kid(kid, "mark")
    if mark is not None and tree.lower[mark] == "that":
        return "that"
    if (mark is not None and tree.lower[mark] in ("whether", "if")) or tree.tags[tree.left[kid]] in _WH:
        return "wh"
    if any(tree.tags[aux] == "TO" for aux in tree.kids(kid, "aux")):
        return "to" if tree.kid(kid, "nsubj") is None else "obj+to"
    if tree.tags[kid] == "VBG" and tree.kid(kid, "aux") is None:
        return "ing"
    if tree.is_verb(kid) or tree.tags[kid] == "MD":
        return "clause" if tree.tags[kid] in ("VBD", "VBZ", "VBP", "MD") or tree.kid(kid, "aux") is not None else "bare"
    return "small"


def _object(tree: Tree, i: int, kid: int, voice: str) -> Iterator[Complement]:
    own = tree.kid(kid, "prep")
    of_what = ".of" if own is not None and tree.lower[own] == "of" else ""
    yield from _whole(tree, i, f"{voice}:obj{of_what}", kid, kid)
    last = kid
    for sister in tree.children[i]:
        if sister > kid and tree.deps[sister] in _MODIFIERS and tree.left[sister] - tree.right[last] in (1, 2):
            word = tree.lower[sister] if tree.deps[sister] == "prep" else tree.deps[sister]
            yield from _whole(tree, i, f"{voice}:obj+{word}", kid, sister)
            break


def _prepositional(tree: Tree, i: int, kid: int, voice: str) -> Iterator[Complement]:
    inner = tree.kid(kid, "pobj", "pcomp")
    if inner is not None and inner > kid:
        ending = "+ing" if tree.deps[inner] == "pcomp" else ""
        yield from _whole(tree, i, f"{voice}:{tree.lower[kid]}{ending}", inner, inner)
        for sister in tree.kids(i, "xcomp", "advcl", "ccomp"):
            if tree.left[sister] == tree.right[kid] + 1 and _clause_kind(tree, sister) == "to":
                yield from _whole(tree, i, f"{voice}:{tree.lower[kid]}+to", inner, sister)


def _parenthetical(tree: Tree, i: int) -> Iterator[Complement]:
    """Yield the sentence around a parenthetical `he said` or `as he said` attached to it."""
    head = tree.heads[i]
    if any(tree.deps[kid] in (*_CLAUSES, "dobj") for kid in tree.children[i]) or not tree.is_verb(head):
        return
    mark = tree.kid(i, "mark")
    if tree.deps[i] == "parataxis":
        yield from _around(tree, i, "V:around", head)
    elif mark is not None and tree.lower[mark] == "as":
        yield from _around(tree, i, "V:as", head)


def _according(tree: Tree, i: int) -> Iterator[Complement]:
    head = next((above for above in tree.above(i) if tree.is_finite(above)), None)
    if head is not None:
        yield from _around(tree, i, "A:clause", head)


def _around(tree: Tree, i: int, shape: str, head: int) -> Iterator[Complement]:
    """Yield everything under a head except the cue's own subtree."""
    content = tree.pieces(tree.left[head], tree.right[head], [(tree.left[i], tree.right[i])])
    if content:
        yield Complement(i, shape, tuple(content))


def _of_noun(tree: Tree, i: int) -> Iterator[Complement]:
    for kid in tree.children[i]:
        dep = tree.deps[kid]
        if kid < i:
            continue
        if dep in ("acl", "ccomp", "relcl") and tree.is_verb(kid):
            kind = _clause_kind(tree, kid)
            if kind in ("that", "to", "wh"):
                yield from _whole(tree, i, f"N:{kind}", kid, kid)
        elif dep == "prep":
            yield from _prepositional(tree, i, kid, "N")


def _of_adjective(tree: Tree, i: int) -> Iterator[Complement]:
    for kid in tree.children[i]:
        dep = tree.deps[kid]
        if kid < i:
            continue
        if dep in _CLAUSES:
            yield from _whole(tree, i, f"J:{_clause_kind(tree, kid)}", kid, kid)
        elif dep == "prep":
            yield from _prepositional(tree, i, kid, "J")


def _whole(tree: Tree, i: int, shape: str, first: int, last: int, end: int | None = None) -> Iterator[Complement]:
    """Yield the subtrees of one or two neighbouring tokens as one complement, unless the cue stands inside."""
    start, end = tree.left[first], tree.right[last] if end is None else end
    if start == i + 1:
        start = _after_day(tree, start, first)
    if start <= i <= end:
        return
    if tree.is_noun(last):
        end = _before_occasion(tree, last, end)
    piece = tree.balanced(start, end)
    if piece is not None:
        yield Complement(i, shape, (piece,))


def _after_day(tree: Tree, start: int, head: int) -> int:
    """Return the first token of a clause after `on Thursday` beside the cue, which dates the statement."""
    right = tree.right[start]
    is_adverb = tree.heads[start] == head and tree.deps[start] in ("prep", "npadvmod") and right < head
    return right + 1 if is_adverb and any(tree.lower[j] in _DAYS for j in range(start, right + 1)) else start


def _before_occasion(tree: Tree, noun: int, end: int) -> int:
    """Return the last token of a noun phrase before `following a call on Tuesday`, the occasion of the statement."""
    for j in range(noun + 1, end):
        if tree.lower[j] in _OCCASIONS and tree.deps[j] == "prep" and tree.right[j] >= end - 1:
            return j - 1
    return end
