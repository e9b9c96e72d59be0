"""Days and times of day."""

from __future__ import annotations

import re
from datetime import date

from annotate.dates import holidays
from annotate.dates.calendar import (
    SMALL,
    as_day,
    day_in,
    full_year,
    make_day,
    shifted,
    slashed_days,
    value,
    year_begun,
)
from annotate.dates.expression import Expression, Meaning
from annotate.dates.meanings.weekdays import nearest
from annotate.dates.numbers import figure

_FOUR_FIGURES = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
"""A 24-hour time as in "1430 GMT"."""
_MONTHS_AROUND = 15
"""Number of months within which there is always a Friday the 13th."""
_TO_WEEKEND = 3
"""Days to go back from a holiday to reach the week of its nearest weekend."""


def iso(e: Expression) -> Meaning | None:
    """2025-03-19, 2025-03-19T14:02Z."""
    written = e.get("iso")
    year, month, day_of_month = (int(part) for part in written[:10].split("-"))
    return e.mean(written, "TIME" if "T" in written else "DATE") if make_day(year, month, day_of_month) else None


def slashed(e: Expression) -> Meaning | None:
    """3/19/25, 19.03.2025, 2025/3/19: with slashes the month comes first if possible, as in the United States."""
    found = slashed_days(e.get("date"))
    return e.mean(value(found[0], "D")) if found else None


def day(e: Expression) -> Meaning | None:
    """March 19, 19 March 2025, Wednesday (Mar 19)."""
    written = _day_of_month(e)
    return e.mean(written) if written else None


def _day_of_month(e: Expression) -> str | None:
    month, day_of_month = int(e.get("month")), int(figure(e.get("day")) or 0)
    year = year_begun(_written_year(e), month, e.get("until"))
    near = e.near if e.joined and e.near and not year else None
    together = near and make_day(near.year, month, day_of_month)
    if together and near and together > near:  # "28 June to 2 July", "on 3 and 4 May"
        return value(together, "D")
    if e.anchor or year:
        weekday_named = e.get("named")
        found = day_in(e.anchor, year, month, day_of_month, ahead=e.ahead, gone=e.gone, weekday=weekday_named)
        return value(found, "D") if found else None
    return f"XXXX-{month:02d}-{day_of_month:02d}" if make_day(2000, month, day_of_month) else None


def _written_year(e: Expression) -> str:
    """Return the year as four digits; empty without one."""
    written = e.get("year") or e.get("short")
    return f"{full_year(int(written)):04d}" if written else ""


def week_of(e: Expression) -> Meaning | None:
    """The week of March 6, the weekend of March 8."""
    written, unit = _day_of_month(e), e.get("unit")
    return e.mean(value(as_day(written), unit)) if written and unit in ("W", "WE") else None


def week_in(e: Expression) -> Meaning | None:
    """The first week of November, the last day of March."""
    unit = e.get("unit")
    days = _days_of_month(e)[:: 7 if unit == "W" else 1]
    found = _nth(e, days) if unit in ("D", "W") else None
    return e.mean(value(found, unit)) if found else None


def weekday_in(e: Expression) -> Meaning | None:
    """The first Monday in May, the last Friday of March 2024, the first Monday of next month."""
    found = _nth(e, [day for day in _days_of_month(e) if day.isoweekday() == int(e.get("weekday"))])
    return e.mean(value(found, "D")) if found else None


def _days_of_month(e: Expression) -> list[date]:
    if e.get("month"):
        first = day_in(e.anchor, e.get("year"), int(e.get("month")), None, ahead=e.ahead, gone=e.gone)
    else:
        first = shifted(e.anchor, e.direction, "M") if e.get("unit") == "M" else None
    days = [first and make_day(first.year, first.month, number) for number in range(1, 32)]
    return [day for day in days if day]


def _nth(e: Expression, days: list[date]) -> date | None:
    nth = int(e.number("nth") or 0)
    return days[nth - (nth > 0)] if days and 0 != nth <= len(days) else None


def day_more(e: Expression) -> Meaning | None:
    """The 20 of "March 18 and 20", "March 18-20, 2025"."""
    if not e.joined or e.near is None:
        return None
    found = make_day(int(e.get("year") or e.near.year), e.near.month, int(figure(e.get("day")) or 0))
    return e.mean(value(found, "D")) if found and found.day > e.near.day else None


def day_of(e: Expression) -> Meaning | None:
    """The 2nd of this month, the 23rd of last month."""
    month = shifted(e.anchor, e.direction, "M")
    found = month and make_day(month.year, month.month, int(figure(e.get("day")) or 0))
    return e.mean(value(found, "D")) if found and e.get("unit") == "M" else None


def day_alone(e: Expression) -> Meaning | None:
    """The 14th, Friday the 13th: the last one, or the next if the clause looks ahead."""
    if e.anchor is None:
        return None
    for months in range(_MONTHS_AROUND):
        month = shifted(e.anchor, months if e.ahead else -months, "M")
        found = month and make_day(month.year, month.month, int(figure(e.get("day")) or 0))
        if found is None or found == e.anchor or (found > e.anchor) != e.ahead:
            continue
        if e.get("weekday") in ("", str(found.isoweekday())):
            return e.mean(value(found, "D"))
    return None


def today(e: Expression) -> Meaning | None:
    """Today, late yesterday, tomorrow morning, the day after tomorrow."""
    return e.mean_part(_today(e))


def _today(e: Expression) -> str:
    beside = int(e.get("beside") or 0)
    return value(shifted(e.anchor, int(e.get("today")) + beside, "D"), "D")


def tonight(e: Expression) -> Meaning | None:
    """Tonight, overnight."""
    return e.mean(f"{value(e.anchor, 'D')}TNI", "TIME")


def part_of_day(e: Expression) -> Meaning | None:
    """Last night, this morning; in the morning: that of the last day mentioned."""
    base = e.anchor if e.get("rel") else e.near
    return e.mean_part(value(shifted(base, e.direction, "D"), "D"))


def holiday(e: Expression) -> Meaning | None:
    """Christmas Eve, last Thanksgiving, Easter 2024, Christmas morning, Memorial Day weekend, the day after Easter."""
    found, unit = _holiday(e), e.get("unit")
    if not unit:
        return e.mean_part(value(found, "D"))
    if e.get("beside"):
        return None if unit in SMALL else e.mean(value(shifted(found, int(e.get("beside")), unit), unit))
    nearer = shifted(found, -_TO_WEEKEND, "D") if unit == "WE" else found
    return e.mean(value(nearer, unit)) if unit in ("W", "WE") else None


def _holiday(e: Expression) -> date | None:
    name, year = e.get("holiday"), e.get("year")
    if year:
        return holidays.day(name, int(year))
    if e.anchor is None:
        return None
    anchor = e.anchor
    near = [found for offset in (-1, 0, 1) if (found := holidays.day(name, anchor.year + offset))]
    if e.direction < 0 or e.gone:
        near = [found for found in near if found < anchor or (found == anchor and e.gone)][-1:] or near
    elif e.direction > 0 or e.ahead:
        near = [found for found in near if found >= anchor][:1] or near
    return min(near, key=lambda found: abs((found - anchor).days), default=None)


def time(e: Expression) -> Meaning | None:
    """3 p.m. GMT Monday, 10:35 a.m., noon, five o'clock, 4 in the morning."""
    half = e.get("ampm").casefold() or {"": "", "MO": "am"}.get(e.get("side"), "pm")
    clock = _clock(e.get("clock"), half)
    if clock is None or not (half or "zone" in e.groups or e.get("full") or ":" in e.get("clock")):
        return None
    if e.get("today"):
        on: str | None = _today(e)
    elif e.get("weekday"):
        on = nearest(e, e.anchor)
    elif e.get("month"):
        on = _day_of_month(e)
    else:
        on = value(e.near, "D")
    return e.mean(f"{on}T{clock}{_zone(e)}", "TIME") if on else None


def _zone(e: Expression) -> str:
    """Return the offset of a time zone: Z, -05:00, or as written in "UTC+2"; empty if unknown."""
    name, *offset = e.groups.get("zone", ("",))
    if not offset:
        return name
    sign, hours = offset
    hour, _, minute = hours.replace(".", ":").partition(":")
    return f"{'+' if sign == '+' else '-'}{int(hour):02d}:{minute or '00'}"


def _clock(words: str, ampm: str) -> str | None:
    if _FOUR_FIGURES.fullmatch(words):
        words = f"{words[:2]}:{words[2:]}"
    hour, _, minute = words.replace(".", ":").partition(":")
    if not hour.isdecimal() or not (1 <= int(hour) <= 12 or (not ampm and int(hour) <= 24)):
        return None
    if int(hour) == 24 and minute not in {"", "00"}:
        return None
    hours = int(hour) % 12 + 12 * ampm.startswith("p") if ampm else int(hour)
    return f"{hours:02d}:{minute or '00'}"
