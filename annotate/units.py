"""Units of a text that a person may select: noun phrases, clauses, and claims that the parse would allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotate.spans import Span

_FITTING = 0.5
"""Least overlap of a reading's content with a span, as a share of both."""
_NEAR = 40
"""Most code points between a content and its cue, if nothing in the parse ties them."""


class Reading(NamedTuple):
    """A claim as the parse would allow it: words that a cue may govern, and their source."""

    content: Span | None
    """None for a word that is often a cue, whatever it governs here."""
    cue: Span
    source: Span | None = None
    negated: bool = False
    hedged: bool = False


class Units(NamedTuple):
    """The units of a part of an article; offsets are code points of the article."""

    part: Span
    """The part that was parsed."""
    phrases: tuple[Span, ...] = ()
    """Noun phrases, nested ones too."""
    clauses: tuple[Span, ...] = ()
    """Sentences and the clauses in them."""
    readings: tuple[Reading, ...] = ()

    def reading_of(self, content: Span) -> Reading | None:
        """Return the reading whose content fits a span best, else the nearest cue in its sentence, if any is near.

        A reading fits if it shares half of the words of both.
        """
        fitting = [(_overlap(reading.content, content), reading) for reading in self.readings if reading.content]
        share, best = max(fitting, key=lambda pair: pair[0], default=(0.0, None))
        if share >= _FITTING:
            return best
        near = [(_gap(reading.cue, content), reading) for reading in self.readings if reading.content is None]
        beside = [(gap, r) for gap, r in near if 0 < gap <= _NEAR and self._have_clause(r.cue, content)]
        return min(beside, key=lambda pair: pair[0], default=(0, None))[1]

    def _have_clause(self, one: Span, other: Span) -> bool:
        """Return True if a clause or sentence contains two spans."""
        start, end = min(one.start, other.start), max(one.end, other.end)
        return any(clause.start <= start and end <= clause.end for clause in self.clauses)

    def moved(self, by: int) -> Units:
        """Return the units with all offsets increased by a number of code points."""

        def at(span: Span) -> Span:
            return Span(span.start + by, span.end + by)

        return Units(
            at(self.part),
            tuple(map(at, self.phrases)),
            tuple(map(at, self.clauses)),
            tuple(
                r._replace(content=r.content and at(r.content), cue=at(r.cue), source=r.source and at(r.source))
                for r in self.readings
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the units as JSON values, a span as a list of two numbers."""
        return {
            "part": [*self.part],
            "phrases": [[*span] for span in self.phrases],
            "clauses": [[*span] for span in self.clauses],
            "readings": [
                [r.content and [*r.content], [*r.cue], r.source and [*r.source], r.negated, r.hedged]
                for r in self.readings
            ],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Units:
        """Return units from JSON values."""
        return cls(
            Span(*values["part"]),
            tuple(Span(*span) for span in values["phrases"]),
            tuple(Span(*span) for span in values["clauses"]),
            tuple(
                Reading(content and Span(*content), Span(*cue), source and Span(*source), *flags)
                for content, cue, source, *flags in values["readings"]
            ),
        )


def around(units: Iterable[Span], offset: int, beyond: Span | None = None) -> Span | None:
    """Return the shortest of some units that has an offset; if a span is given, the shortest one larger than that."""
    fitting = (
        unit
        for unit in units
        if unit.start <= offset < unit.end
        and (beyond is None or (unit.start <= beyond.start and beyond.end <= unit.end and unit != beyond))
    )
    return min(fitting, key=lambda unit: unit.end - unit.start, default=None)


NO_UNITS = Units(Span(0, 0))
"""The units of nothing."""


def _overlap(one: Span, other: Span) -> float:
    """Return the overlap of two spans as a share of both together, 0 to 1 (Jaccard)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _gap(one: Span, other: Span) -> int:
    """Return the number of code points between two spans; 0 or less where they overlap."""
    return max(one.start - other.end, other.start - one.end)
