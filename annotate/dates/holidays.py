"""Days that have a name, by the rules in `holidays.tsv`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from annotate.tables import rows

_RULE = re.compile(r"(\d+)/(\d)/(-?\d)(?:\+(\d+))?")


@cache
def _rules() -> dict[str, str]:
    return {_bare(name): rule for name, rule in rows("annotate.dates", "holidays.tsv")}


def _bare(name: str) -> str:
    """Return a name as it is looked up, however it is written: "Presidents' Day", "PRESIDENTS DAY"."""
    return re.sub("['’]", "", name.casefold())


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((name for name, _ in rows("annotate.dates", "holidays.tsv")), key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace("'", "['’]?") for name in names) + r"\b", re.IGNORECASE)


@cache
def heads() -> frozenset[str]:
    """Return the first words of the names, as they are written at their head."""
    words = {re.split(r"\W", name)[0] for name in _rules()}
    return frozenset(form for word in words for form in (word.capitalize(), word.upper()))


def match(text: str, start: int, end: int) -> str | None:
    """Return the name of a holiday that begins at an offset, as it is written there."""
    found = _pattern().match(text, start, end)
    return found.group() if found else None


def day(name: str, year: int) -> date | None:
    """Return the day of a holiday in a year; None outside the calendar."""
    rule = _rules()[_bare(name)]
    try:
        return _by_rule(rule, year)
    except (ValueError, OverflowError):
        return None


def _by_rule(rule: str, year: int) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule.removeprefix("easter")))
    found = _RULE.fullmatch(rule)
    if not found:
        return date.fromisoformat(f"{year:04d}-{rule}")
    month, weekday, number, extra = int(found[1]), int(found[2]), int(found[3]), int(found[4] or 0)
    if number < 0:
        last = date(year, month + 1, 1) - timedelta(1)
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1) + extra)


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher).

    Raises:
        ValueError: the year is not one of the calendar's.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day_before = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day_before + 1)
