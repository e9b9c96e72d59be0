"""Named holidays, by the rules in `holidays.tsv`; dates of lunar ones come from the package `holidays`."""

from __future__ import annotations

import re
import warnings
from datetime import date, timedelta
from functools import cache

from annotate.tables import rows

_RULE = re.compile(r"(\d+)/(\d)/(-?\d)(?:\+(\d+))?")
_COUNTRY = re.compile(r"([A-Z]{2}) (.+)")
_FIRST_WORD = re.compile(r"[\d/]+|\w+")


@cache
def _table() -> list[list[str]]:
    return rows("dates/holidays.tsv")


@cache
def _rules() -> dict[str, str]:
    return {_bare(name): rule for name, rule in _table()}


def _bare(name: str) -> str:
    """Return a name's lookup key, the same for all spellings: "Presidents' Day", "PRESIDENTS DAY"."""
    return re.sub("['’]", "", name.casefold())


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((name for name, _ in _table()), key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace("'", "['’]?") for name in names) + r"\b", re.IGNORECASE)


@cache
def heads() -> frozenset[str]:
    """Return the first words of the holidays' names, in all spellings that occur in texts."""
    words = {found[0] for name, _ in _table() if (found := _FIRST_WORD.match(name))}
    return frozenset(form for word in words for form in (word.capitalize(), word.upper()))


def match(text: str, start: int, end: int) -> str | None:
    """Return the name of a holiday at an offset, as written in the text."""
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
    in_country = _COUNTRY.fullmatch(rule)
    if in_country:
        return _first_day(in_country[1], in_country[2], year)
    found = _RULE.fullmatch(rule)
    if not found:
        return date.fromisoformat(rule if rule.count("-") > 1 else f"{year:04d}-{rule}")
    month, weekday, number, extra = int(found[1]), int(found[2]), int(found[3]), int(found[4] or 0)
    if number < 0:
        last = date(year, month + 1, 1) - timedelta(1)
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1) + extra)


@cache
def _first_day(country: str, name: str, year: int) -> date:
    """Return the first day of a country's holiday that begins in a year; it is named as in the package `holidays`.

    Raises:
        ValueError: It is not known for that year.
    """
    from holidays import country_holidays  # late: an article that names such a day is rare

    known = country_holidays(country)
    language = "en_US" if "en_US" in known.supported_languages else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # years with little data
        days = country_holidays(
            country, years=(year - 1, year), categories=known.supported_categories, language=language, observed=False
        ).get_named(name)
    first = [day for day in days if day.year == year and day - timedelta(1) not in days]
    if not first:
        raise ValueError(f"{name} {year}")
    return min(first)


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher).

    Raises:
        ValueError: The year is outside the calendar.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day_before = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day_before + 1)
