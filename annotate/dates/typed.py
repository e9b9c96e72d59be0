"""Parsing of a date on its own, as a person types it: ISO, a TIMEX3 value, or words."""

from __future__ import annotations

import re

from annotate.dates.calendar import as_day, make_day, slashed_days
from annotate.dates.finder import find
from annotate.model import DateMention, DateType
from annotate.spans import Span

_LONGEST = 100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?")
_SLASHED = re.compile(r"(?:\d\d?-\d\d?-\d{4}|\d\d?([/.])\d\d?\1(?:\d{4}|\d\d)|\d{4}([/.])\d\d?\2\d\d?)(?!\d)")
_VALUES: tuple[tuple[DateType, re.Pattern[str]], ...] = (
    ("DATE", re.compile(r"PAST_REF|PRESENT_REF|FUTURE_REF")),
    (
        "DURATION",
        re.compile(r"P(?=.)(?:(?:\d+(?:\.\d+)?|X)(?:WE|[YMWDQEC]|DE|CE)){0,4}(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS]){1,3})?"),
    ),
    ("DATE", re.compile(r"(?:1[5-9]|20|\d{3,4}|[\dX]{4}(?:-(?:0[1-9]|1[0-2]|XX|Q[1-4X]|H[12X]|SP|SU|FA|WI))?)")),
    ("DATE", re.compile(r"[\dX]{4}-(?:W(?:0[1-9]|[1-4]\d|5[0-3]|XX)(?:-(?:WE|[1-7]))?|(?:\d\d|XX)-(?:\d\d|XX))")),
    ("TIME", re.compile(r"[\dX]{4}-[\dX]{2}-[\dX]{2}T(?:MO|MI|AF|EV|NI|DT|\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d:?\d\d)?)")),
)


def resolve(expression: str, anchor: str | None) -> DateMention | None:
    """Return the date typed by a person, without a span; None if it is not a date.

    Args:
        expression: An ISO date, a TIMEX3 value ("2025-W12", "P30D"), or words ("last Tuesday", "3 March").
        anchor: ISO date of publication, to resolve relative dates.
    """
    words = expression.strip()
    if not words or len(words) > _LONGEST:
        return None
    iso = _ISO.fullmatch(words)
    if iso:
        day_named = make_day(int(iso[1]), int(iso[2]), int(iso[3]))
        if day_named is None:
            return None
        words = day_named.isoformat() + (iso[4] or "")
    for kind, pattern in _VALUES:
        if pattern.fullmatch(words):
            return DateMention("", None, None, kind, words)
    day = as_day(anchor)
    for written in dict.fromkeys((words, words.title(), f"In {words.title()}")):
        for span, meaning in find(written, [Span(0, len(written))], day):
            if written[: span.start].strip().casefold() not in ("", "in", "on", "at") or span.end < len(written):
                break
            return DateMention("", None, None, meaning.type, meaning.value, mod=meaning.mod, quant=meaning.quant)
    return None


def readings(written: str) -> tuple[str, ...]:
    """Return the ISO days that a written date can mean, the likelier first; none if it gives no full date, or several.

    >>> readings("11/05/2024")
    ('2024-11-05', '2024-05-11')
    """
    words = written.strip()[:_LONGEST]
    if numeric := _SLASHED.match(words):
        return tuple(day.isoformat() for day in slashed_days(numeric[0]))
    found = find(words, [Span(0, len(words))], None)
    days = {day.isoformat() for _, meaning in found if (day := as_day(meaning.value))}
    return tuple(days) if len(days) == 1 else ()
