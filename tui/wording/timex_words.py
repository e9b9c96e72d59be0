"""TIMEX3 values in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLAIN: Mapping[str, str] = {
    "PRESENT_REF": "now",
    "PAST_REF": "some time in the past",
    "FUTURE_REF": "some time in the future",
    "XXXX": "some year",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_NTH = ("", "first", "second", "third", "fourth")
_UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "WE": "weekend", "Q": "quarter", "DE": "decade",
    "CE": "century", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip
_OF_DAY = {"TMO": "morning", "TMI": "midday", "TAF": "afternoon", "TEV": "evening", "TNI": "night", "TDT": "daytime"}
_ANY_DAY = "XXXX-XX-XX"
# Compiled on first use, not before the first paint.
_LENGTH = r"(\d{1,9}(?:\.\d+)?|X+)(DE|CE|WE|[YMWDQHS])"
_CLOCK = r"\d\d:\d\d"
_DAY = r"XXXX-WXX-([1-7])"
_WEEK = r"(\d{4})-W(\d\d)(-WE)?"
_PART = r"(\d{4}|XXXX)-(SP|SU|FA|WI|Q[1-4]|H[12]|QX)"
_NO_YEAR = r"XXXX-(0[1-9]|1[0-2])(?:-(\d\d))?"
_YEARS = r"(\d{2,3})X*"


def in_words(value: str) -> str:
    """Return a date's value in words if it is a code; empty for a plain date or an unknown code.

    Args:
        value: A TIMEX3 value: `2026-SP`, `PT1H`, `XXXX-WXX-2`, `2026-02-11T14:30`.
    """
    if value in _PLAIN:
        return _PLAIN[value]
    if value.startswith("P"):
        return _length(value)
    date, _, time = value.partition("T")
    when = _OF_DAY.get(f"T{time}") or (time[:5] if re.match(_CLOCK, time) else "")
    if not when:
        return "" if time else _date(date)
    return ", ".join(filter(None, ("" if _ANY_DAY in date else _date(date) or date, when)))


def _date(value: str) -> str:
    if found := re.fullmatch(_DAY, value):
        return f"a {_DAYS[int(found[1]) - 1]}"
    if found := re.fullmatch(_WEEK, value):
        return ("the weekend of " if found[3] else "") + f"week {int(found[2])} of {found[1]}"
    if found := re.fullmatch(_PART, value):
        return _part(found[1], found[2])
    if found := re.fullmatch(_NO_YEAR, value):
        return f"{f'{int(found[2])} ' if found[2] else ''}{MONTHS[int(found[1]) - 1]} of some year"
    if found := re.fullmatch(_YEARS, value):
        zeros = 4 - len(found[1])
        return f"{found[1]}{'0' * zeros} to {found[1]}{'9' * zeros}"
    return ""


def _part(year: str, part: str) -> str:
    when = "some year" if year == "XXXX" else year
    if part in _SEASONS:
        return f"{_SEASONS[part]} {'of ' if year == 'XXXX' else ''}{when}"
    nth = f"the {_NTH[int(part[1])]}" if part[1] != "X" else "a"
    return f"{nth} {'quarter' if part[0] == 'Q' else 'half'} of {when}"


def _length(value: str) -> str:
    """Return a duration in words: `P2Y6M` is two years, six months."""
    days, _, hours = value[1:].partition("T")
    parts = [(n, unit) for n, unit in re.findall(_LENGTH, days)] + [
        (n, f"T{unit}") for n, unit in re.findall(_LENGTH, hours)
    ]
    whole = "".join(n + unit for n, unit in parts).replace("T", "")
    if not parts or whole != days + hours or not all(unit in _UNITS for _, unit in parts):
        return ""
    return ", ".join(_counted(n, _UNITS[unit]) for n, unit in parts)


def _counted(number: str, unit: str) -> str:
    many = "centuries" if unit == "century" else f"{unit}s"
    if number.startswith("X"):
        return f"some {many}"
    word = _NUMBERS[int(number)] if number.isdecimal() and 0 < int(number) < len(_NUMBERS) else number
    return f"{word} {unit if number == '1' else many}"
