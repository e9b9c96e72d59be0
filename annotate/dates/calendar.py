"""Date arithmetic without exceptions: None for dates outside the calendar, X for unknown parts."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

UNKNOWN = {
    "Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX", "Q": "XXXX-QX", "E": "XXX", "C": "XX",
    "WE": "XXXX-WXX-WE", "F": "XXXX-WXX", "H": "XXXX-XX-XXTXX", "MIN": "XXXX-XX-XXTXX:XX", "S": "XXXX-XX-XXTXX:XX:XX",
}  # fmt: skip
"""Value of each unit of time if nothing else is known."""

SMALL = frozenset({"H", "MIN", "S"})
"""Units shorter than a day."""
SEASONS = ("WI", "SP", "SU", "FA")
_LEAN = 100
"""Preference for the past, in days: a future date is chosen only if it is nearer by more than this."""
_PIVOT = 68
"""Two-digit years up to this one belong to the 21st century."""
_TWO_FIGURES = 99
_LAST_OF_MONTH = 31
_DAYS = {"D": 1, "W": 7, "WE": 7, "F": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def as_day(iso: str | None) -> date | None:
    """Return the day of an ISO date or time; None for anything else."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def year_begun(year: str, month: int, until: str) -> str:
    """Return the start year of a range across New Year: "December to January 2025" begins in 2024."""
    return f"{int(year) - 1:04d}" if until and int(until) < month else year


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def full_year(year: int) -> int:
    """Return the four-digit form of a year given in two or four digits."""
    return year if year > _TWO_FIGURES else year + (1900 if year > _PIVOT else 2000)


def slashed_days(written: str) -> tuple[date, ...]:
    """Return the days that a numeric date can mean, the likelier first; none if the calendar has no such day.

    With slashes and dashes the month comes first if possible, as in the United States, with dots the day: "3/4/25",
    "4.3.2025".
    """
    first, second, third = (int(part) for part in re.split(r"[/.-]", written))
    if first > _LAST_OF_MONTH:
        readings = [make_day(first, second, third)]
    else:
        year = full_year(third)
        readings = [make_day(year, first, second), make_day(year, second, first)]
        if "." in written:
            readings = [readings[1] or readings[0]]
    return tuple(dict.fromkeys(day for day in readings if day))


def shifted(day: date | None, count: float, unit: str) -> date | None:
    """Return the day some units of time later (earlier if negative); None outside the calendar and for None.

    Months keep the day of the month, or use their last day. Units shorter than a day leave the day unchanged.
    """
    if day is None:
        return None
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
        year, month = divmod(months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return None
        return next(d for number in range(day.day, 0, -1) if (d := make_day(year, month + 1, number)))
    try:
        return day + timedelta(round(count * _DAYS.get(unit, 0)))
    except OverflowError:
        return None


def value(day: date | None, unit: str) -> str:
    """Return the TIMEX3 value of the year, month, week … that contains a day; X for unknown parts."""
    if day is None:
        return UNKNOWN[unit]
    year, week, _ = day.isocalendar()
    return {
        "Y": f"{day.year:04d}", "M": f"{day.year:04d}-{day.month:02d}", "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "W": f"{year:04d}-W{week:02d}", "F": f"{year:04d}-W{week:02d}", "WE": f"{year:04d}-W{week:02d}-WE",
        "E": f"{day.year // 10:03d}", "C": f"{day.year // 100:02d}",
    }.get(unit, day.isoformat())  # fmt: skip


def weekday_near(anchor: date, weekday: int, *, ahead: bool) -> date | None:
    """Return the last day with a weekday (1 = Monday) on or before a day, or with `ahead` the next one after it."""
    back = (anchor.isoweekday() - weekday) % 7
    return shifted(anchor, 7 - back if ahead else -back, "D")


def season_of(day: date) -> str:
    """Return the northern season (WI, SP, SU, FA) of a day."""
    return SEASONS[day.month % 12 // 3]


def day_in(
    anchor: date | None,
    year: str | None,
    month: int,
    day: int | None,
    *,
    ahead: bool,
    gone: bool = False,
    weekday: str = "",
) -> date | None:
    """Return a day of a month in a year, the first day if none is given.

    Without a year it is the one nearest to the anchor: with `ahead` not before it, with `gone` not after it, otherwise
    with the past preferred. A weekday given with it (1 = Monday) takes precedence over all of these.
    """
    if year:
        return make_day(int(year), month, day or 1)
    if anchor is None:
        return None
    start = anchor if day else anchor.replace(day=1)
    near = [found for offset in (-1, 0, 1) if (found := make_day(start.year + offset, month, day or 1))]
    if any(str(found.isoweekday()) == weekday for found in near):
        near = [found for found in near if str(found.isoweekday()) == weekday]
    elif ahead:
        near = [found for found in near if found >= start] or near
    elif gone:
        near = [found for found in near if found <= start] or near
    return min(near, key=lambda found: abs((found - start).days) + (_LEAN if found > start else 0), default=None)
