"""Claims from what a cue word governs: `claimed that …`, `a plan to …`, `called for …`, `according to …`."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.extract.complements import Complement, complements
from annotate.extract.cue import attribute
from annotate.extract.draft import Draft, Reading

LEAST = 0.35
"""Complements less likely than this are no claims: about half the F measure to be had, where F is best."""


def governed(reading: Reading, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims whose content hangs on a cue word in the parse, the outer before the inner."""
    taken = [span for draft in earlier for span in draft.content]
    inside = _Cover(taken)
    cues = {draft.at for draft in earlier}
    found = sorted(_likely(reading), key=lambda pair: -_size(pair[1]))
    out = []
    for probability, complement in found:
        draft = attribute(reading, complement.cue, complement.content, probability)
        if complement.cue in cues or inside.touches(draft):
            continue
        out.append(draft)
        inside.add(draft)
    return out


def _likely(reading: Reading) -> list[tuple[float, Complement]]:
    """Return the best complement of each cue word, with its probability."""
    out = []
    tree, words = reading.tree, reading.lexicon
    for i, form in enumerate(tree.lower):
        if not (tree.children[i] and (words.knows(form) or tree.is_verb(i))):
            continue
        rated = [(words.probability(form, c.shape), c) for c in complements(tree, i)]
        best = max(rated, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= LEAST:
            out.append(best)
    return out


def _size(complement: Complement) -> int:
    return complement.content[-1][1] - complement.content[0][0]


class _Cover:
    """Which offsets of the text are content already."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._covered: set[int] = set()
        for start, end in spans:
            self._covered.update(range(start, end))

    def add(self, draft: Draft) -> None:
        """Take a claim's content into account."""
        for start, end in draft.content:
            self._covered.update(range(start, end))

    def touches(self, draft: Draft) -> bool:
        """Return whether the claim's cue or part of its content is already content."""
        ends = [offset for start, end in (*draft.cue, *draft.content) for offset in (start, end - 1)]
        return any(offset in self._covered for offset in ends)
