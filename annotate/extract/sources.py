"""Sources and addressees of cues, as full noun phrases."""

from __future__ import annotations

from annotate.extract.tree import Piece, Tree
from annotate.tables import word_lists

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_INHERITS = frozenset({"xcomp", "conj", "advcl", "ccomp", "pcomp", "dep", "prep", "parataxis"})
_WORDS = word_lists("extract/cue_words.tsv")
_NOT_SOURCES = frozenset({"it", "there", "this", "that", "what"})


def source_of(tree: Tree, cue: int) -> Piece | None:
    """Return the source of a cue as a whole noun phrase; None if the sentence has none."""
    if tree.lower[cue] == "according":
        to = tree.kid(cue, "prep")
        head = None if to is None else tree.kid(to, "pobj")
    elif tree.is_verb(cue):
        head = _verb_source(tree, cue)
    elif tree.is_noun(cue):
        head = _noun_source(tree, cue)
    else:
        head = _verb_source(tree, tree.heads[cue])
    return None if head is None else phrase(tree, head, cue)


def subject_of(tree: Tree, cue: int) -> Piece | None:
    """Return the subject of a cue's own clause, or the agent of a passive: *told by [doctors]*; never *who* or *it*."""
    while tree.deps[cue] == "xcomp" and tree.kid(cue, "nsubj", "agent") is None:
        cue = tree.heads[cue]
    agent = tree.kid(cue, "agent")
    head = tree.kid(cue, "nsubj") if agent is None else tree.kid(agent, "pobj")
    is_passive = agent is None and tree.kid(cue, "auxpass") is not None
    if head is None or is_passive or tree.tags[head] in ("WDT", "WP") or tree.lower[head] in _NOT_SOURCES:
        return None
    return phrase(tree, head, cue)


def addressee_of(tree: Tree, cue: int) -> Piece | None:
    """Return the addressee of a verb: its object before the content, or the phrase after `to`."""
    if not tree.is_verb(cue):
        return None
    for kid in tree.children[cue]:
        if (
            tree.deps[kid] in ("dative", "dobj")
            and kid > cue
            and tree.tags[kid] != "TO"
            and tree.lower[kid] not in _NOT_SOURCES
        ):
            inner = tree.kid(kid, "pobj") if tree.tags[kid] in ("IN", "TO") else kid
            return None if inner is None else phrase(tree, inner, cue)
        if tree.deps[kid] in ("prep", "dative") and tree.lower[kid] == "to" and kid > cue:
            inner = tree.kid(kid, "pobj")
            return None if inner is None else phrase(tree, inner, cue)
    return next((found for kid in tree.children[cue] if (found := _on_occasion(tree, kid, cue)) is not None), None)


def _on_occasion(tree: Tree, kid: int, cue: int) -> Piece | None:
    """Return the addressee in the occasion of a statement: *in an interview with [the Courier]*."""
    if tree.deps[kid] == "advcl" and tree.lower[kid] in _WORDS["speaking"]:
        preposition = tree.kid(kid, "prep", "dative")
    else:
        noun = tree.kid(kid, "pobj") if tree.deps[kid] == "prep" else None
        wanted = "with" if noun and tree.lower[noun] in _WORDS["occasions with"] else "to"
        is_one = noun is not None and tree.lower[noun] in _WORDS["occasions with"] | _WORDS["occasions to"]
        preposition = noun + 1 if noun is not None and is_one and noun + 1 < len(tree) else None
        preposition = preposition if preposition and tree.lower[preposition] == wanted else None
    if preposition is None or tree.lower[preposition] not in ("to", "with"):
        return None
    head = tree.kid(preposition, "pobj")
    found = None if head is None else phrase(tree, head, cue)
    is_link = found is not None and any("](" in tree.words[i] for i in range(found[0], found[1] + 1))
    return None if is_link else found


def phrase(tree: Tree, head: int, cue: int) -> Piece | None:
    """Return the noun phrase of a head noun with titles and appositives, never past the cue."""
    first, last = tree.left[head], tree.right[head]
    if first <= cue <= last:
        if cue > head:
            last = cue - 1
        else:
            first = cue + 1
    return tree.balanced(first, last)


def _verb_source(tree: Tree, verb: int) -> int | None:
    for _ in range(6):
        agent = tree.kid(verb, "agent")
        if agent is not None:
            return tree.kid(agent, "pobj")
        passive = tree.kid(verb, "auxpass") is not None or _is_participle(tree, verb)
        subject = tree.kid(verb, *_SUBJECTS)
        if subject is not None and not passive:
            return None if tree.lower[subject] in ("it", "there") and tree.deps[subject] == "expl" else subject
        dep, head = tree.deps[verb], tree.heads[verb]
        if dep == "acl" and tree.tags[verb] == "VBG":
            return head
        if passive or head == verb or dep not in _INHERITS:
            return None
        if tree.is_noun(head) and dep == "acl":
            return head
        verb = head
    return None


def _noun_source(tree: Tree, noun: int) -> int | None:
    owner = tree.kid(noun, "poss")
    if owner is not None:
        return owner
    for kid in tree.children[noun]:
        if tree.deps[kid] in ("prep", "agent") and tree.lower[kid] in ("by", "from", "among"):
            return tree.kid(kid, "pobj")
    for above in tree.above(noun):
        if tree.is_verb(above):
            return _verb_source(tree, above)
        if not tree.is_noun(above) and tree.deps[above] not in ("prep", "conj"):
            return None
    return None


def _is_participle(tree: Tree, verb: int) -> bool:
    """Return whether a verb is a passive without *be*: `asked about it, the mayor …`, `a plan dismissed by …`."""
    return tree.tags[verb] == "VBN" and tree.deps[verb] in ("advcl", "acl") and tree.kid(verb, "aux", "nsubj") is None
