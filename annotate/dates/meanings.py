"""What the expressions of `rules.tsv` mean: TIMEX3 values from the words and the day of publication.

Each function here is named in the table's first column. It takes a match and its context, and returns None where the
words turn out to be no temporal expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from annotate.dates import holidays
from annotate.dates.calendar import UNKNOWN, make_day, season as season_of, shifted, value, weekday_near
from annotate.dates.grammar import Match
from annotate.dates.numbers import MANY, number
from annotate.model import DateType

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SMALL = {"H", "MIN", "S", "2"}
_FRIDAY = 5


@dataclass(frozen=True)
class Meaning:
    """Type and value of an expression, TIMEX3."""

    type: DateType
    value: str | None
    mod: str | None = None
    quant: str | None = None


@dataclass(frozen=True)
class Context:
    """What an expression is read against."""

    anchor: date | None
    """The day of publication."""
    last: date | None
    """The day last named before, else that of publication."""
    ahead: bool
    """The clause speaks of what is to come."""
    quarterly: bool
    """The paragraph speaks of quarters, and then a year ago is the same quarter of that year."""


def iso(m: Match, c: Context) -> Meaning | None:
    """2025-03-19, 2025-03-19T14:02Z."""
    written = m.one("iso") or ""
    if not _day_of(written):
        return None
    return Meaning("TIME" if "T" in written else "DATE", written)


def slashed(m: Match, c: Context) -> Meaning | None:
    """3/19/25, 19.03.2025, 2025/3/19: the month first where it can be, as in the United States, unless dots part them."""
    first, second, third = (int(part) for part in re.split(r"[/.]", m.one("date") or ""))
    if first > 31:
        day = make_day(first, second, third)
    else:
        year = third if third > 99 else third + (1900 if third > 68 else 2000)
        by_day, by_month = make_day(year, second, first), make_day(year, first, second)
        day = (by_day or by_month) if "." in (m.one("date") or "") else (by_month or by_day)
    return Meaning("DATE", value(day, "D")) if day else None


def day(m: Match, c: Context) -> Meaning | None:
    """March 19, 19 March 2025, Wednesday (Mar 19)."""
    month, number_ = int(m.one("month") or 0), _integer(m.one("day"))
    found = _day_near(m.one("year"), month, number_, c)
    if found:
        return Meaning("DATE", value(found, "D"))
    fits_no_year = make_day(2000, month, number_) is None
    return None if fits_no_year or c.anchor or m.one("year") else Meaning("DATE", f"XXXX-{month:02d}-{number_:02d}")


def month(m: Match, c: Context) -> Meaning | None:
    """March, last March, early March 2024, July last year."""
    number_ = int(m.one("month") or 0)
    year = _year(m)
    if m.one("yearly") and c.anchor:
        year = str(c.anchor.year + int(m.one("yearly") or 0))
    if m.one("rel") and not m.one("yearly"):
        found = _relative_month(number_, int(m.one("rel") or 0), c)
    else:
        found = _day_near(year, number_, None, c)
    return Meaning("DATE", value(found, "M") if found else f"XXXX-{number_:02d}", _mod(m))


def weekday(m: Match, c: Context) -> Meaning | None:
    """Friday, last Friday, Friday night."""
    number_ = int(m.one("weekday") or 0)
    rel = m.one("rel")
    if c.anchor is None:
        written: str = f"XXXX-WXX-{number_}"
    else:
        found = weekday_near(c.anchor, number_, ahead=rel == "1" or (rel != "-1" and c.ahead))
        if found and rel == "-1" and found == c.anchor:
            found = shifted(found, -7, "D")
        written = value(found, "D")
    return _with_part(m, written)


def today(m: Match, c: Context) -> Meaning | None:
    """Today, late yesterday, tomorrow morning."""
    found = shifted(c.anchor, int(m.one("today") or 0), "D") if c.anchor else None
    return _with_part(m, value(found, "D"))


def tonight(m: Match, c: Context) -> Meaning | None:
    """Tonight, overnight."""
    return Meaning("TIME", f"{value(c.anchor, 'D')}TNI", _mod(m))


def relative_part(m: Match, c: Context) -> Meaning | None:
    """Last night, this morning."""
    found = shifted(c.anchor, int(m.one("rel") or 0), "D") if c.anchor else None
    return _with_part(m, value(found, "D"))


def _with_part(m: Match, written: str) -> Meaning:
    part = m.one("part")
    return Meaning("TIME", f"{written}T{part}", _mod(m)) if part else Meaning("DATE", written, _mod(m))


def relative(m: Match, c: Context) -> Meaning | None:
    """Last week, this year, the current quarter, next month."""
    unit = m.one("unit") or ""
    if unit in _SMALL:
        return None
    found = shifted(c.anchor, int(m.one("rel") or 0), unit) if c.anchor else None
    return Meaning("DATE", value(found, unit), _mod(m))


def same(m: Match, c: Context) -> Meaning | None:
    """That day, the same year: those of the day last named."""
    unit = m.one("unit") or ""
    return None if unit in _SMALL else Meaning("DATE", value(c.last, unit), _mod(m))


def season(m: Match, c: Context) -> Meaning | None:
    """The summer of 2024, last fall, spring."""
    name = m.one("season") or ""
    year = _year(m)
    if year or c.anchor is None:
        return Meaning("DATE", f"{year or 'XXXX'}-{name}", _mod(m))
    rel, here = int(m.one("rel") or 0), ("WI", "SP", "SU", "FA").index(season_of(c.anchor))
    wanted = ("WI", "SP", "SU", "FA").index(name)
    if m.one("rel") is None:
        rel = 0
    years = c.anchor.year + (rel < 0 and wanted >= here) * -1 + (rel > 0 and wanted <= here)
    return Meaning("DATE", f"{years:04d}-{name}", _mod(m))


def ago(m: Match, c: Context) -> Meaning | None:
    """Three years ago, two weeks from now."""
    return _counted(m, c, c.anchor, -1 if m.one("back") else 1)


def later(m: Match, c: Context) -> Meaning | None:
    """Two days later, a year earlier: from the day last named."""
    return _counted(m, c, c.last, -1 if m.one("dir") in ("START", "-1") else 1)


def _counted(m: Match, c: Context, start: date | None, sign: int) -> Meaning | None:
    count, unit = number(m.groups["count"]), m.one("unit") or ""
    if count is None or unit in _SMALL:
        return None
    if count == MANY:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    assert isinstance(count, float)
    if c.quarterly and unit == "Y" and count == 1 and sign < 0:
        return Meaning("DATE", value(_quarter_of_year_ago(c), "Q"))
    return Meaning("DATE", value(shifted(start, sign * count, unit) if start else None, unit), _mod(m))


def year_ago(m: Match, c: Context) -> Meaning | None:
    """The year-ago quarter, year-earlier."""
    if c.quarterly or m.one("period"):
        return Meaning("DATE", value(_quarter_of_year_ago(c), "Q"))
    return Meaning("DATE", value(shifted(c.anchor, -1, "Y") if c.anchor else None, "Y"))


def _quarter_of_year_ago(c: Context) -> date | None:
    """Return a day of the quarter that reports of these weeks compare with: the one before this, a year back."""
    return shifted(c.anchor, -5, "Q") if c.anchor else None


def quarter(m: Match, c: Context) -> Meaning | None:
    """The third quarter, Q3 2024, the fourth quarter of fiscal 2024."""
    nth = number(m.groups["nth"])
    if not isinstance(nth, float) or not 1 <= nth <= 4:
        return None
    year = m.one("year")
    if year is None and c.anchor:
        here = (c.anchor.month + 2) // 3
        year = f"{c.anchor.year - (nth > here and not c.ahead):04d}"
    return Meaning("DATE", f"{year or 'XXXX'}-Q{nth:.0f}")


def the_quarter(m: Match, c: Context) -> Meaning | None:
    """The quarter, the latest quarter: the one before this, which reports are about."""
    if m.one("year"):
        return Meaning("DATE", f"{m.one('year')}-QX")
    return Meaning("DATE", value(shifted(c.anchor, -1, "Q") if c.anchor else None, "Q"))


def the_unit(m: Match, c: Context) -> Meaning | None:
    """The week, the weekend, the end of the year: those of the day of publication, the weekend just gone till Thursday."""
    unit = m.one("unit") or ""
    if unit in _SMALL or (unit not in ("Y", "W", "WE") and (not m.one("mod") or unit == "D")):
        return None
    gone = unit == "WE" and not c.ahead and c.anchor and c.anchor.isoweekday() < _FRIDAY
    return Meaning("DATE", value(shifted(c.anchor, -1, "W") if gone and c.anchor else c.anchor, unit), _mod(m))


def for_the_unit(m: Match, c: Context) -> Meaning | None:
    """For the year."""
    return Meaning("DURATION", period(1.0, "Y")) if m.one("unit") == "Y" else None


def following(m: Match, c: Context) -> Meaning | None:
    """The following year, the next morning: counted from the day last named."""
    unit = m.one("unit") or "D"
    found = shifted(c.last, int(m.one("rel") or 0), unit) if c.last else None
    return None if unit in _SMALL else _with_part(m, value(found, unit))


def year_end(m: Match, c: Context) -> Meaning | None:
    """Year-end: its last day."""
    return Meaning("DATE", f"{value(c.anchor, 'Y')}-12-31")


def half(m: Match, c: Context) -> Meaning | None:
    """The first half of 2024."""
    nth = {"1": 1, "2": 2, "-1": 2}.get(m.one("nth") or "")
    return Meaning("DATE", f"{m.one('year')}-H{nth}") if nth else None


def year(m: Match, c: Context) -> Meaning | None:
    """1998, fiscal 1989, the year 2000."""
    written = _year(m)
    return Meaning("DATE", written, _mod(m)) if written else None


def _year(m: Match) -> str | None:
    """Return the year named, in figures or as "nineteen ninety-seven"."""
    words = number(m.groups["year"]) if "year" in m.groups else None
    return f"{words:04.0f}" if isinstance(words, float) and 1000 <= words <= 2999 else None


def decade(m: Match, c: Context) -> Meaning | None:
    """The 1970s, the '80s, the late nineties."""
    digits = re.sub(r"\D", "", m.one("decade") or "")
    if len(digits) < 3:
        digits = f"19{digits[0]}"
    return Meaning("DATE", digits[:3], _mod(m))


def century(m: Match, c: Context) -> Meaning | None:
    """The 20th century."""
    nth = number(m.groups["nth"])
    if m.one("unit") != "C" or not isinstance(nth, float):
        return None
    return Meaning("DATE", f"{nth - 1:02.0f}", _mod(m))


def holiday(m: Match, c: Context) -> Meaning | None:
    """Christmas Eve, last Thanksgiving, Easter 2024."""
    name, year_ = m.one("holiday") or "", m.one("year")
    if year_:
        found = holidays.day(name, int(year_))
    elif c.anchor is None:
        found = None
    else:
        days = [holidays.day(name, c.anchor.year + offset) for offset in (-1, 0, 1)]
        known = [d for d in days if d]
        past, to_come = [d for d in known if d < c.anchor], [d for d in known if d >= c.anchor]
        rel = m.one("rel")
        if rel == "-1" and past:
            known = past[-1:]
        elif (rel == "1" or c.ahead) and to_come:
            known = to_come[:1]
        found = min(known, key=lambda d: abs((d - c.anchor).days), default=None) if c.anchor else None
    return Meaning("DATE", value(found, "D"), _mod(m))


def duration(m: Match, c: Context) -> Meaning | None:
    """More than three years, a 30-day, the past two months, two and a half hours."""
    count = number(m.groups["count"]) if "count" in m.groups else MANY
    written = period(count, m.one("unit") or "")
    return Meaning("DURATION", written, _mod(m)) if written else None


def period(count: float | str | None, unit: str) -> str | None:
    """Return the TIMEX3 value of so many units: P3Y, PT5H30M, PXD."""
    if count is None:
        return None
    if count == MANY:
        return {"MIN": "PTXM", "F": "PXW", "WE": "PXWE"}.get(unit, f"PTX{unit}" if unit in _SMALL else f"PX{unit}")
    assert isinstance(count, float)
    factor, name = {"2": (1, "S"), "E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M"), "F": (2, "W"), "MIN": (1, "M")}.get(
        unit, (1, unit)
    )
    whole, rest = divmod(count * factor, 1)
    smaller = {"Y": (12, "M"), "H": (60, "M"), "MIN": (60, "S"), "D": (24, "H")}.get(unit if factor == 1 else "")
    prefix = "PT" if unit in _SMALL else "P"
    if not rest:
        return f"{prefix}{whole:.0f}{name}"
    if smaller is None or unit == "D":
        return f"{prefix}{count * factor:g}{name}"
    first = f"{whole:.0f}{name}" if whole else ""
    return f"{prefix}{first}{round(rest * smaller[0])}{smaller[1]}"


def vague_past(m: Match, c: Context) -> Meaning | None:
    """Recent days, past years."""
    return Meaning("DATE", "PAST_REF")


def vague_future(m: Match, c: Context) -> Meaning | None:
    """The coming days."""
    return Meaning("DATE", "FUTURE_REF")


def vague_present(m: Match, c: Context) -> Meaning | None:
    """These days."""
    return Meaning("DATE", "PRESENT_REF")


def reference(m: Match, c: Context) -> Meaning | None:
    """Now, recently, soon, the future."""
    return Meaning("DATE", m.one("ref"))


def set_unit(m: Match, c: Context) -> Meaning | None:
    """Every week, twice a year, every other day."""
    written = period(float(m.one("other") or 1), m.one("unit") or "")
    return Meaning("SET", written, quant=(m.one("every") or "").upper() or None) if written else None


def set_weekday(m: Match, c: Context) -> Meaning | None:
    """Every Friday, Fridays, Tuesday nights."""
    part = m.one("part")
    written = f"XXXX-WXX-{m.one('weekday')}" + (f"T{part}" if part else "")
    return Meaning("SET", written, quant=(m.one("every") or "").upper() or None)


def set_month(m: Match, c: Context) -> Meaning | None:
    """Every July."""
    return Meaning("SET", f"XXXX-{int(m.one('month') or 0):02d}", quant=(m.one("every") or "").upper() or None)


def set_adverb(m: Match, c: Context) -> Meaning | None:
    """Daily, annually."""
    return Meaning("SET", m.one("adverb"))


def time(m: Match, c: Context) -> Meaning | None:
    """3 p.m. GMT Monday, 10:35 a.m., noon."""
    clock = _clock(m.one("clock") or "", m.one("ampm"))
    if clock is None or not (m.one("ampm") or m.one("zone") or ":" in (m.one("clock") or "")):
        return None
    on: Meaning | None = None
    if m.one("today"):
        on = today(m, c)
    elif m.one("weekday"):
        on = weekday(m, c)
    elif m.one("month"):
        on = day(m, c)
    written = on.value if on else value(c.last, "D")
    return Meaning("TIME", f"{written}T{clock}{m.one('zone') or ''}")


def _clock(words: str, ampm: str | None) -> str | None:
    hour, _, minute = words.replace(".", ":").partition(":")
    if not hour.isdigit() or (ampm and not 1 <= int(hour) <= 12):
        return None
    hours = int(hour) % 12 + 12 * ampm.casefold().startswith("p") if ampm else int(hour)
    return f"{hours:02d}:{minute or '00'}"


def _day_of(written: str) -> date | None:
    parts = written[:10].split("-")
    return make_day(int(parts[0]), int(parts[1]), int(parts[2])) if _DAY.match(written) else None


def _integer(words: str | None) -> int:
    digits = re.sub(r"\D", "", words or "")
    return int(digits) if digits else 0


def _mod(m: Match) -> str | None:
    return m.one("mod")


def _day_near(year: str | None, month_: int, day_: int | None, c: Context) -> date | None:
    """Return a day of a month: in the year named, else in the one that brings it nearest to the day of publication."""
    number_ = day_ or 1
    if year:
        return make_day(int(year), month_, number_)
    if c.anchor is None:
        return None
    start = c.anchor if day_ else c.anchor.replace(day=1)
    near = [d for offset in (-1, 0, 1) if (d := make_day(start.year + offset, month_, number_))]
    if c.ahead:
        near = [d for d in near if d >= start] or near
    return min(near, key=lambda d: abs((d - start).days) + (_LEAN if d > start else 0), default=None)


_LEAN = 90
"""So many days further off may the past be and still be meant, where nothing speaks of the future."""


def _relative_month(month_: int, rel: int, c: Context) -> date | None:
    if c.anchor is None:
        return None
    here = c.anchor.month
    years = c.anchor.year + (-1 if rel < 0 and month_ >= here else 1 if rel > 0 and month_ <= here else 0)
    return make_day(years, month_, 1)
