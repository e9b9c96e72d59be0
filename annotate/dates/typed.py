"""Read a date that a person types: ISO, a TIMEX3 value, or words."""

from __future__ import annotations

import re

from annotate.codec import Span
from annotate.dates.calendar import as_day
from annotate.dates.finder import find
from annotate.model import DateMention, DateType

_LONGEST = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*")
_VALUES: tuple[tuple[DateType, re.Pattern[str]], ...] = (
    ("DATE", re.compile(r"PAST_REF|PRESENT_REF|FUTURE_REF")),
    ("DURATION", re.compile(r"P(?:\d+(?:\.\d+)?|X)(?:[YMWDQ]|DE|CE)|PT(?:\d+(?:\.\d+)?|X)[HMS]")),
    (
        "DATE",
        re.compile(
            r"(?:\d{2,4}|[\dX]{4})(?:-(?:0[1-9]|1[0-2]|XX|Q[1-4X]|H[12X]|W[0-5X][\dX](?:-(?:WE|[1-7]))?|SP|SU|FA|WI))?"
        ),
    ),
    ("TIME", re.compile(r"[\dX]{4}-[\dX]{2}-[\dX]{2}T(?:MO|MI|AF|EV|NI|DT|\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d:?\d\d)?)")),
)


def resolve(expression: str, anchor: str | None) -> DateMention | None:
    """Return what a person typed as a date without a place in the text, or None where it is none.

    Args:
        expression: An ISO date, a TIMEX3 value ("2025-W12", "P30D"), or words ("last Tuesday", "3 March").
        anchor: ISO date of publication, for what is relative.
    """
    words = expression.strip()
    if not words or len(words) > _LONGEST:
        return None
    if _DAY.fullmatch(words) and not as_day(words):
        return None
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
