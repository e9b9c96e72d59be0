"""Weeks, months, quarters, years and longer."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date

from annotate.dates.calendar import (
    SEASONS,
    SMALL,
    UNKNOWN,
    day_in,
    full_year,
    make_day,
    season_of,
    shifted,
    value,
    year_begun,
)
from annotate.dates.expression import Expression, Meaning
from annotate.dates.numbers import MANY, figure, number

_FRIDAY = 5
_SEASON_ENDS = {"SP": 5, "SU": 8, "FA": 11, "WI": 12}
_DECEMBER = 12
"""Last month of the year: in December "winter" is the one after autumn, in January the one before spring."""
_HALF_A_QUARTER = 45
_FINER = {"C": "Y", "E": "Y", "Y": "M"}
"""Finer units for fractions: half a century ago is given as a year, half a year ago as a month."""
_SHORT = re.compile(r"[QqHh]?([1-4])[A-Za-z]+(\d\d|\d{4})")
_LONG = ("Y", "W", "WE")
"""Units for which "the week" and the like mean the current one, unlike "the day"."""


def month(e: Expression) -> Meaning | None:
    """March, last March, early March 2024, July last year."""
    wanted = int(e.get("month"))
    year = _year_of(e)
    if year:
        year = year_begun(year, wanted, e.get("until"))
    if e.anchor and e.get("rel"):
        here = e.anchor.month
        found = make_day(e.anchor.year + _turn(e.direction, wanted, here), wanted, 1)
    else:
        found = day_in(e.anchor, year, wanted, None, ahead=e.ahead, gone=e.gone)
    return e.mean(value(found, "M") if found else f"XXXX-{wanted:02d}")


def _turn(direction: int, wanted: int, here: int) -> int:
    """Return the offset in years of the last or next occurrence of something yearly."""
    if direction < 0:
        return -1 if wanted >= here else 0
    return 1 if direction > 0 and wanted <= here else 0


def relative(e: Expression) -> Meaning | None:
    """Last week, this year, the current quarter, next month, the week before last."""
    unit, beside = e.get("unit"), int(e.get("beside") or 0)
    return None if unit in SMALL else e.mean(value(shifted(e.anchor, e.direction + beside, unit), unit))


def following(e: Expression) -> Meaning | None:
    """The following year, the next morning: relative to the last day mentioned."""
    unit = e.get("unit") or "D"
    return None if unit in SMALL else e.mean_part(_from_last(e, e.direction, unit))


def same(e: Expression) -> Meaning | None:
    """That day, the same year, that evening, that summer: those of the last day mentioned."""
    unit = e.get("unit") or ("Y" if e.get("season") else "D")
    if unit in SMALL:
        return None
    named = _from_last(e, 0, unit)
    return e.mean(f"{named}-{e.get('season')}") if e.get("season") else e.mean_part(named)


def the_unit(e: Expression) -> Meaning | None:
    """The week, the weekend (from Monday to Thursday the past one), the end of the month."""
    unit = e.get("unit")
    if unit not in _LONG and (unit in SMALL or unit == "D" or not e.get("mod")):
        return None
    gone = unit == "WE" and e.anchor and not e.ahead and e.anchor.isoweekday() < _FRIDAY
    return e.mean(value(shifted(e.anchor, -1, "W") if gone else e.anchor, unit))


def year_end(e: Expression) -> Meaning | None:
    """Year-end, year-end 1990: its last day."""
    year = shifted(e.anchor, -1, "Y") if e.gone else e.anchor
    return e.mean(f"{_year(e) or value(year, 'Y')}-12-31")


def season(e: Expression) -> Meaning | None:
    """The summer of 2024, last fall, spring."""
    year, name = _year_of(e), e.get("season")
    if year is None and e.anchor:
        wanted, here = SEASONS.index(name), SEASONS.index(season_of(e.anchor))
        here += len(SEASONS) * (e.anchor.month == _DECEMBER)
        to_come = e.ahead and e.anchor.month > _SEASON_ENDS[name]
        year = _named(e.anchor.year + (_turn(e.direction, wanted, here) or to_come))
    return e.mean(f"{year or UNKNOWN['Y']}-{name}")


def ago(e: Expression) -> Meaning | None:
    """Three years ago, two weeks from now."""
    return _counted(e, from_now=True, sign=-1 if e.get("back") else 1)


def later(e: Expression) -> Meaning | None:
    """Two days later, a year earlier, years later: relative to the last day mentioned."""
    return _counted(e, from_now=False, sign=-1 if e.get("dir") in ("START", "-1") else 1)


def _counted(e: Expression, *, from_now: bool, sign: int) -> Meaning | None:
    count, unit = e.number("count") if "count" in e.groups else MANY, e.get("unit")
    if count is None or (unit in SMALL and not from_now):
        return None
    if count == MANY or unit in SMALL:
        return e.mean("PAST_REF" if sign < 0 else "FUTURE_REF")
    if e.quarterly and (unit, count, sign) == ("Y", 1, -1):
        return _quarter_of_year_ago(e)
    if unit == "F" and from_now:
        return e.mean(value(shifted(e.anchor, sign * count, unit), "D"))
    if from_now:
        finer = unit if float(count).is_integer() else _FINER.get(unit, unit)
        return e.mean(value(shifted(e.anchor, sign * count, unit), finer))
    return e.mean(_from_last(e, sign * count, unit))


def _from_last(e: Expression, count: float, unit: str) -> str:
    """Return the value some units away from the last day mentioned; X for a day if only its month or year is known."""
    if unit == "D" and e.grain != "D":
        return value(e.last, e.grain) + ("-XX" if e.grain == "M" else "-XX-XX")
    return value(shifted(e.last, count, unit), unit)


def year_ago(e: Expression) -> Meaning | None:
    """The year-ago quarter, year-earlier."""
    if e.quarterly or e.get("quarter"):
        return _quarter_of_year_ago(e)
    return e.mean(value(shifted(e.anchor, -1, "Y"), "Y"))


def _quarter_of_year_ago(e: Expression) -> Meaning:
    """Return the comparison quarter of a report: the one reported on, a year earlier."""
    return e.mean(value(shifted(_reported(e), -4, "Q"), "Q"))


def _reported(e: Expression) -> date | None:
    """Return a day in the quarter reported on: the one last mentioned, else the one before the current."""
    return e.quarter or shifted(e.anchor, -1, "Q")


def _named(year: int) -> str:
    """Return a year as a TIMEX3 value; unknown outside the supported calendar, as before year 1."""
    return f"{year:04d}" if MINYEAR <= year <= MAXYEAR else UNKNOWN["Y"]


def quarter(e: Expression) -> Meaning | None:
    """The third quarter, Q3 2024, the fourth quarter of fiscal 2024, last year's third quarter."""
    nth, year = _split(e) or (e.number("nth"), _year_of(e))
    if nth not in (1, 2, 3, 4):
        return None
    if not year and e.anchor:
        to_come = nth > (e.anchor.month + 2) // 3
        year = _named(e.anchor.year - (to_come and not e.ahead))
    return e.mean(f"{year or UNKNOWN['Y']}-Q{nth:.0f}")


def _split(e: Expression) -> tuple[int, str] | None:
    """Return number and year of a short form: "1Q24", "2H2024", "Q1FY25"."""
    found = _SHORT.fullmatch(e.get("nth"))
    return (int(found[1]), f"{full_year(int(found[2]))}") if found else None


def the_quarter(e: Expression) -> Meaning | None:
    """The quarter, the latest quarter: the one before the current, or the one that ends on a given day.

    "The 1988 quarter" is the same quarter of that year, for comparison in a report.
    """
    if e.get("month"):
        end = _month_end(e)
        return e.mean(value(shifted(end, -_HALF_A_QUARTER, "D"), "Q"))
    reported, year = value(_reported(e), "Q"), e.get("year")
    if e.get("period") and not e.quarterly:
        return e.mean(year) if year else None
    return e.mean(year + reported[4:] if year else reported)


def _month_end(e: Expression) -> date | None:
    """Return the last day of a quarter, past or future; companies' quarters may differ from the calendar's."""
    return day_in(e.anchor, None, int(e.get("month")), int(figure(e.get("day")) or 0), ahead=e.ahead)


def half(e: Expression) -> Meaning | None:
    """The first half of 2024, of last year; the second half of the year; in quarterly reports also "the first half"."""
    nth, year = _split(e) or ({"1": 1, "2": 2, "-1": 2}.get(e.get("nth")), _year_of(e))
    if nth is None or not (year or e.quarterly or "whole" in e.groups):
        return None
    return e.mean(f"{year or value(e.anchor, 'Y')}-H{nth}")


def year(e: Expression) -> Meaning | None:
    """1998, '98, fiscal 1989, the year 2000, 2023-24."""
    written, following = _year(e), e.number("next")
    if not written or (following is not None and (int(written) + 1) % 100 != following):
        return None
    return e.mean(written)


def _year(e: Expression) -> str | None:
    """Return the year mentioned: "1998", "2023/24", "FY23", "'98", "nineteen ninety-seven"."""
    words = e.groups.get("short") or e.groups.get("year", ())
    first = words[0].casefold().removeprefix("fy").partition("/")[0] if len(words) == 1 else ""
    known = full_year(int(first)) if re.fullmatch(r"\d\d(\d\d)?", first) else number(words)
    return f"{known:04.0f}" if known is not None and 1000 <= known <= 2999 else None


def _year_of(e: Expression) -> str | None:
    """Return the year mentioned, or that of "last year", "this year's", "year-ago"."""
    turn = "-1" if e.get("back") else e.get("yearly")
    return value(shifted(e.anchor, int(turn), "Y"), "Y") if turn and e.anchor else _year(e)


def decade(e: Expression) -> Meaning | None:
    """The 1970s, the 1970's, the '80s, the late nineties."""
    digits = re.sub(r"\D", "", e.get("decade"))
    if digits[3:] not in ("", "0"):
        return None
    return e.mean(digits[:3] if len(digits) > 2 else f"19{digits[0]}")


def century(e: Expression) -> Meaning | None:
    """The 20th century."""
    nth = e.number("nth")
    return e.mean(f"{nth - 1:02.0f}") if nth and e.get("unit") == "C" else None
