"""Cues of quotes: `“…,” said X`, `X said: “…”`, `“…,” X said, “…”`, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotate.extract.complements import Complement
from annotate.extract.tree import Tree
from annotate.model import Quote

_SUBORDINATE = frozenset({"relcl", "acl", "aux", "auxpass", "amod", "compound"})
_SENTENCE_END = frozenset({".", "!", "?", ";"})
_PAUSE = re.compile(
    r"(?:[,?!…—–-].{1,2}|.{1,2}[,—–-])[^\S\n]*[^\s.;:!?]"  # “…,” she said   “…”, she said
    r"|..[^\S\n](?:said|says|wrote)\b"  # “…” said she
)
"""The last character inside a quote, its closing mark, and the sign that an attribution follows."""
_REACH = 40
"""Maximum distance in tokens between a quote and its cue: room for a name with a long appositive."""


def seen_with_quotes(tree: Tree, quotes: Sequence[Quote]) -> list[Complement]:
    """Return every pairing of a quote with a nearby word that might be its cue."""
    return [found for quote in outermost(quotes) for found in pairings(tree, quote)]


def outermost(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes that are not inside another, without titles."""
    out: list[Quote] = []
    for quote in quotes:
        if quote.kind != "title" and (not out or quote.start >= out[-1].end):
            out.append(quote)
    return out


def pairings(tree: Tree, quote: Quote) -> Iterator[Complement]:
    """Yield the possible pairings of one quote with a cue, the likelier first."""
    tokens = tree.tokens_in(quote.start, quote.end)
    content = ((tokens[0], tokens[-1]),)
    cue = _cue_after(tree, quote, tokens[-1])
    if cue is not None:
        yield Complement(cue, "Q:after", content)
    before = _cue_before(tree, tokens[0])
    if before is not None:
        yield Complement(before[0], before[1], content)


def _cue_after(tree: Tree, quote: Quote, last: int) -> int | None:
    if not _PAUSE.match(tree.text, quote.end - 2 - (tree.text[quote.end - 2 : quote.end] == "''")):
        return None
    for i in range(last + 1, min(last + _REACH, len(tree))):
        if _stops(tree, i):
            return None
        if _may_cue(tree, i):
            return i
    return None


def _cue_before(tree: Tree, first: int) -> tuple[int, str] | None:
    mark = tree.words[first - 1] if first else "."
    kind = {":": "Q:colon", ",": "Q:comma"}.get(mark)
    if kind is None:
        return (first - 1, "Q:next") if first and _may_cue(tree, first - 1) else None
    for i in range(first - 2, max(first - _REACH, -1), -1):
        if _stops(tree, i) and not (tree.words[i] == "." and tree.tags[i] != "."):
            return None
        if _may_cue(tree, i):
            return i, kind
    return None


def _stops(tree: Tree, i: int) -> bool:
    """Return whether a token ends the search for a quote's cue."""
    word = tree.words[i]
    return word in _SENTENCE_END or "\n" in word or word[:1] in '"“”«»„'


def _may_cue(tree: Tree, i: int) -> bool:
    return (tree.is_verb(i) and tree.deps[i] not in _SUBORDINATE) or tree.lower[i] == "according"
