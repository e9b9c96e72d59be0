"""Temporal expressions before resolution, and the resolved TIMEX3 values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from annotate.dates.numbers import number
from annotate.model import DateType


@dataclass(frozen=True)
class Meaning:
    """TIMEX3 type and value of an expression."""

    type: DateType
    value: str | None
    mod: str | None = None
    quant: str | None = None


@dataclass(frozen=True)
class Expression:
    """The words of an expression by their role in its rule, and its context."""

    groups: Mapping[str, tuple[str, ...]]
    anchor: date | None
    """Day of publication."""
    last: date | None
    """Last day mentioned before, else that of publication."""
    grain: str
    """Unit of that mention, D, M or Y: in "in March … that day" the day is unknown."""
    near: date | None
    """Last day mentioned in the paragraph, else that of publication; times of day belong to it."""
    joined: bool
    """True if one word (a dash, "and", "to") separates it from a preceding day: "March 18 and 20"."""
    to: bool
    """True if it ends a range that the preceding day begins: "from Monday to Friday"."""
    ahead: bool
    """True if the clause is about the future."""
    gone: bool
    """True if the expression is in the past, as in "rose in May"."""
    quarterly: bool
    """True if the last period reported on was a quarter: "a year ago" is then the same quarter of that year."""
    quarter: date | None
    """First day of the quarter last reported on, if any."""

    def get(self, role: str) -> str:
        """Return the value of the first word in a role; empty if there is none."""
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
        """Return a meaning with its modifiers: early, more than, every."""
        return Meaning(kind, written, self.get("mod") or None, self.get("every").upper() or None)

    def mean_part(self, written: str) -> Meaning:
        """Return the meaning of a day, or of its morning, evening … if the expression names one."""
        part = self.get("part")
        return self.mean(f"{written}T{part}", "TIME") if part else self.mean(written)
