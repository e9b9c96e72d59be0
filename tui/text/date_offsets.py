"""An index of an article's dates by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from annotate.model import DateMention
from annotate.spans import Span


class DateOffsets:
    """The dates in an article's text, in order, without rejected ones."""

    def __init__(self) -> None:
        self._dates: tuple[DateMention, ...] = ()
        self._order: list[DateMention] = []
        self._starts: list[int] = []

    def take(self, dates: tuple[DateMention, ...]) -> None:
        """Set the dates of a record; setting the same tuple again costs nothing."""
        if dates is not self._dates:
            self._dates = dates
            placed = [(span.start, date) for date in dates if (span := date.span) and date.status != "rejected"]
            placed.sort(key=lambda pair: pair[0])
            self._starts = [start for start, _ in placed]
            self._order = [date for _, date in placed]

    def at(self, offset: int) -> DateMention | None:
        """Return the date that contains an offset."""
        found = self.within(Span(offset, offset + 1))
        return found[0] if found else None

    def within(self, span: Span) -> list[DateMention]:
        """Return the dates that overlap a span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        some = self._order[first : bisect_left(self._starts, span.end)]
        return [date for date in some if date.end is not None and date.end > span.start]
