"""Durations, recurring times (SET), and vague past, present and future."""

from __future__ import annotations

from annotate.dates.calendar import SMALL
from annotate.dates.expression import Expression, Meaning
from annotate.dates.numbers import MANY

_WRITTEN = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W"), "MIN": (1, "M"), "WE": (1, "WE")}
"""Units that TIMEX3 writes as multiples of another: factor and unit."""
_SMALLER = {"Y": (12, "M"), "H": (60, "M"), "MIN": (60, "S")}
"""Smaller unit for fractions of a unit: factor and name."""
_FALLING = ("C", "E", "Y", "M", "F", "W", "WE", "D", "H", "MIN", "S")
"""Units from the longest to the shortest."""


def duration(e: Expression) -> Meaning | None:
    """More than three years, a 30-day, the past two months, two and a half hours, yearlong."""
    if e.get("length"):
        return e.mean(e.get("length"), "DURATION")
    count = e.number("count") if "count" in e.groups else MANY
    unit = e.get("unit") or "S"  # the lexicon reads the word "second" as a number
    return None if count is None else e.mean(period(count, unit), "DURATION")


def quarter_of(e: Expression) -> Meaning | None:
    """A quarter of a century, a quarter of an hour, a quarter-century."""
    return e.mean(period(0.25, e.get("unit")), "DURATION") if e.get("unit") in ("C", "H") else None


def whole(e: Expression) -> Meaning | None:
    """For the year, the year ended June 30: a duration of one unit."""
    return e.mean(period(1, e.get("unit")), "DURATION")


def compound(e: Expression) -> Meaning | None:
    """Two years and three months, 3 hours 20 minutes."""
    count, rest, unit, minor = e.number("count"), e.number("rest"), e.get("unit"), e.get("minor")
    if count is None or rest is None or minor not in _FALLING[_FALLING.index(unit) + 1 :]:
        return None
    if not (count.is_integer() and rest.is_integer()):
        return None
    major, more = period(count, unit), period(rest, minor)
    return e.mean(major + more[2 if major.startswith("PT") else 1 :], "DURATION")


def period(count: float, unit: str) -> str:
    """Return the TIMEX3 value of some number of units: P3Y, PT5H30M, PXD."""
    prefix = "PT" if unit in SMALL else "P"
    if count == MANY:
        return f"{prefix}X{unit[:1] if unit in SMALL else unit}"
    factor, name = _WRITTEN.get(unit, (1, unit))
    whole, rest = divmod(count * factor, 1)
    if not rest:
        return f"{prefix}{whole:.0f}{name}"
    if unit not in _SMALLER:
        return f"{prefix}{count * factor:g}{name}"
    times, smaller = _SMALLER[unit]
    return f"{prefix}{f'{whole:.0f}{name}' if whole else ''}{round(rest * times)}{smaller}"


def set_unit(e: Expression) -> Meaning | None:
    """Every week, twice a year, every other day."""
    return e.mean(period(e.number("other") or 1, e.get("unit")), "SET")


def set_rate(e: Expression) -> Meaning | None:
    """$3 million a year."""
    return e.mean(period(1, e.get("unit")), "SET")


def set_weekday(e: Expression) -> Meaning | None:
    """Every Friday, Fridays, Tuesday nights."""
    part = e.get("part")
    return e.mean(f"XXXX-WXX-{e.get('weekday')}" + (f"T{part}" if part else ""), "SET")


def set_weekend(e: Expression) -> Meaning | None:
    """On weekends."""
    return e.mean("XXXX-WXX-WE", "SET") if e.get("unit") == "WE" else None


def set_part(e: Expression) -> Meaning | None:
    """Every evening."""
    return e.mean(f"XXXX-XX-XXT{e.get('part')}", "SET")


def set_month(e: Expression) -> Meaning | None:
    """Every July."""
    return e.mean(f"XXXX-{int(e.get('month')):02d}", "SET")


def set_adverb(e: Expression) -> Meaning | None:
    """Daily, annually."""
    return e.mean(e.get("adverb"), "SET")


def past(e: Expression) -> Meaning | None:
    """Recently, recent days, years ago."""
    return e.mean("PAST_REF")


def present(e: Expression) -> Meaning | None:
    """Now, these days, current."""
    return e.mean("PRESENT_REF")


def future(e: Expression) -> Meaning | None:
    """The coming days, the future."""
    return e.mean("FUTURE_REF")


def one_day(e: Expression) -> Meaning | None:
    """The "one day" of "will one day": an unspecified future, not a duration."""
    return e.mean("FUTURE_REF") if (e.number("count"), e.get("unit")) == (1, "D") else None
