"""Find words of an old text again in its new version.

Like the quote selector of the W3C Web Annotation model: the words themselves, told apart by what stands around them
and by how far they would have moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.spans import Span

_CONTEXT = 40
"""Letters compared on each side."""
_ENOUGH_CONTEXT = 10
"""Number of matching letters around a few words that shows them to be the same words."""
_ENOUGH_WORDS = 4
"""Number of matching words that need no matching surroundings."""


class Anchors:
    """Maps spans of an old text to its new version."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._same_until = _agreement(old, new)
        self._same_from = len(old) - _agreement(old[::-1], new[::-1])

    def find(self, span: Span, moved: int | None = None) -> Span | None:
        """Return the span of an old span's words in the new version, or None.

        Args:
            span: A span of the old text.
            moved: How far words near by have moved, when that is known.
        """
        growth = len(self._new) - len(self._old)
        if span.end <= self._same_until:
            return span
        if span.start >= self._same_from:
            return Span(span.start + growth, span.end + growth)
        words = self._old[span.start : span.end].split()
        best = max(self._candidates(span, words, moved or 0), default=None)
        if best is None:
            return None
        agreeing, distance, start, end = best
        known = moved is not None and distance == 0
        return Span(start, end) if known or agreeing >= _ENOUGH_CONTEXT or len(words) >= _ENOUGH_WORDS else None

    def find_all(self, spans: tuple[Span, ...], moved: int | None = None) -> list[Span | None]:
        """Return the spans of a claim's parts in the new version, None for those that are gone."""
        found: list[Span | None] = []
        for span in spans:
            place = self.find(span, moved)
            moved = place.start - span.start if place else moved
            found.append(place)
        return found

    def _candidates(self, span: Span, words: list[str], moved: int) -> Iterator[tuple[int, int, int, int]]:
        if not words:
            return
        before = _letters(self._old[max(0, span.start - 2 * _CONTEXT) : span.start])[::-1]
        after = _letters(self._old[span.end : span.end + 2 * _CONTEXT])
        for hit in re.finditer(r"\s+".join(map(re.escape, words)), self._new):
            start, end = hit.span()
            around = _agreement(before, _letters(self._new[max(0, start - 2 * _CONTEXT) : start])[::-1])
            around += _agreement(after, _letters(self._new[end : end + 2 * _CONTEXT]))
            yield around, -abs(start - span.start - moved), start, end


def _letters(text: str) -> str:
    return "".join(text.split())


def _agreement(first: str, second: str) -> int:
    """Return how many code points two texts have in common from their start."""
    shortest = min(len(first), len(second))
    if first[:shortest] == second[:shortest]:
        return shortest
    low, high = 0, shortest
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if first[:middle] == second[:middle] else (low, middle)
    return low
