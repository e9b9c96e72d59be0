"""An expression on its way from words to a value, and the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from annotate.dates.numbers import number
from annotate.model import DateType


@dataclass(frozen=True)
class Meaning:
    """Type and value of an expression, TIMEX3."""

    type: DateType
    value: str | None
    mod: str | None = None
    quant: str | None = None


@dataclass(frozen=True)
class Expression:
    """The words of an expression by their role in its rule, and what it is read against."""

    groups: Mapping[str, tuple[str, ...]]
    anchor: date | None
    """The day of publication."""
    last: date | None
    """The day last named before, else that of publication."""
    grain: str
    """The unit, D, M or Y, in which that was named: of "in March … that day" the day is unknown."""
    near: date | None
    """The day last named in the paragraph, else that of publication: whose hours are spoken of."""
    joined: bool
    """One word (a dash, "and", "to") stands between it and a day named before: "March 18 and 20"."""
    to: bool
    """It ends a range that such a day begins: "from Monday to Friday"."""
    ahead: bool
    """The clause speaks of what is to come."""
    gone: bool
    """It is named for what has been, as in "rose in May"."""
    quarterly: bool
    """A quarter was reported on, and no longer time since: "a year ago" is the same quarter of that year."""
    quarter: date | None
    """The first day of the quarter last reported on, where there was one."""

    def get(self, role: str) -> str:
        """Return the value of the first word in a role; empty where there is none."""
        return self.groups.get(role, ("",))[0]

    def number(self, role: str) -> float | None:
        """Return the number that the words in a role stand for."""
        words = self.groups.get(role)
        return number(words) if words else None

    @property
    def direction(self) -> int:
        """-1 for last, 1 for next, else 0."""
        return int(self.get("rel") or 0)

    def mean(self, written: str, kind: DateType = "DATE") -> Meaning:
        """Return a value with what modifies it: early, more than, every."""
        return Meaning(kind, written, self.get("mod") or None, self.get("every").upper() or None)

    def mean_part(self, written: str) -> Meaning:
        """Return a day, or its morning, evening … where one is named."""
        part = self.get("part")
        return self.mean(f"{written}T{part}", "TIME") if part else self.mean(written)
