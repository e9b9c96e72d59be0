"""Context of an expression: days mentioned before, and the quarter being reported on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from annotate.dates.calendar import make_day
from annotate.dates.expression import Expression, Meaning
from annotate.dates.grammar import Match
from annotate.dates.tense import clause_of, is_gone, looks_ahead, points_ahead, was_before, was_put_off
from annotate.dates.tokens import Tokens, letter

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-Q(?P<quarter>[1-4]))?(?![\d-])")
_NEAR = 40
"""Number of words after a day within which times of day refer to it."""
_QUARTER = 91
"""Days in a quarter."""
_LONGER = ("P6M", "P9M")
"""Reporting periods longer than a quarter."""


@dataclass
class Named:
    """The days mentioned so far."""

    anchor: date | None
    last: date | None = None
    grain: str = "D"
    near: date | None = None
    """The last one mentioned as a day, in any paragraph."""
    first: int = 0
    token: int = 0
    """The tokens that mentioned it, `first` to `token`, end exclusive."""
    quarter: date | None = None
    """First day of the quarter last reported on."""
    quarterly: bool = False
    """True if the last period reported on was a quarter, not a longer one such as nine months."""

    def note(self, match: Match, meaning: Meaning, *, ahead: bool) -> None:
        """Record the day, month, quarter or year of an expression, unless it is only used for comparison."""
        if meaning.value in _LONGER:
            self.quarterly = False
        found = _DAY.match(meaning.value or "") if meaning.type in ("DATE", "TIME") else None
        if not found or _compares(match, quarter=bool(found["quarter"])):
            return
        month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
        day = make_day(int(found["year"]), month, int(found["day"] or 1))
        if day:
            self.last, self.grain = day, "D" if found["day"] else "M" if found["month"] else "Y"
        if day and found["quarter"] and self._reports(day, match, ahead=ahead):
            self.quarter, self.quarterly = day, True
        if day and found["day"]:
            self.near, self.first, self.token = day, match.first, match.end

    def _reports(self, day: date, match: Match, *, ahead: bool) -> bool:
        """Return whether the quarter beginning on a day may be the one reported on: it began up to five quarters ago.

        "After a weak second quarter", without "the", only looks back from the third.
        """
        days = (self.anchor - day).days if self.anchor else -1
        looks_back = self.quarter and day < self.quarter and "known" not in match.groups
        return (_QUARTER if ahead else 0) <= days < 5 * _QUARTER and "month" not in match.groups and not looks_back

    def near_to(self, tokens: Tokens, first: int) -> date | None:
        """Return the last day mentioned in the paragraph of a token, else that of publication."""
        apart = letter("PARAGRAPH") in tokens.classes[max(self.token, first - _NEAR) : first]
        return self.near if self.near and not apart and first - self.token < _NEAR else self.anchor


def _compares(match: Match, *, quarter: bool) -> bool:
    """Return whether an expression is only used for comparison: "year-earlier", "a year before"."""
    before = match.groups.get("dir") in (("START",), ("-1",))
    return before or match.rule.meaning == "year_ago" or (quarter and "back" in match.groups)


def expression(tokens: Tokens, match: Match, named: Named) -> Expression:
    """Return a match together with its context."""
    clause, gone = clause_of(tokens, match), was_before(tokens, match.first)
    put_off = was_put_off(tokens, match.first, clause)
    return Expression(
        match.groups,
        named.anchor,
        named.last or named.anchor,
        named.grain,
        named.near_to(tokens, match.first),
        joined=_is_joined(tokens, match.first, named),
        to=not put_off and _to(tokens, match.first, named),
        ahead=not gone and (put_off or points_ahead(tokens, match, clause) or looks_ahead(tokens, match, clause)),
        gone=gone or is_gone(tokens, match.first, clause),
        quarterly=named.quarterly,
        quarter=named.quarter,
    )


def _is_joined(tokens: Tokens, first: int, named: Named) -> bool:
    """Return whether an expression goes on with a day: "March 3 and 4", "March 3, 4", "March 3, 4, and 5"."""
    between = tokens.classes[named.token : first]
    return len(between) == 1 or between in (letter("COMMA") + letter("AND"), letter("COMMA") + letter("OR"))


def _to(tokens: Tokens, first: int, named: Named) -> bool:
    """Return whether an expression ends a range: "from Monday to Friday", "between Monday and Friday"."""
    if named.token != first - 1 or letter("WEEKDAY") not in tokens.classes[named.first : named.token]:
        return False
    between = tokens.values[named.first - 1 : named.first] == ["between"] and tokens.classes[first - 1] == letter("AND")
    return between or tokens.classes[first - 1] in (letter("TO"), letter("DASH"), letter("UNTIL"))
