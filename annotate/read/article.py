"""An article as read: its text, which never changes afterwards, and its file's metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of surrogate pairs: no file format or terminal carries them."""
_LINE_END = re.compile("\r\n?")
_SINCE = 100_000_000
"""Seconds since 1970 in dates that are numbers; fewer may be a year, or a day such as 20241105."""
_MILLISECONDS = 10_000_000_000
_DIGITS = 9
_SHOWN = 40


@dataclass(frozen=True)
class Article:
    """One article read from a file, row or page."""

    text: str
    """Line ends are `\\n`, no byte order mark; otherwise as in the file."""
    id: str
    path: str | None = None
    """As the person gave it; null for standard input and for rows of a file that holds many articles."""
    url: str | None = None
    title: str | None = None
    date: str | None = None
    """ISO date of publication."""
    language: str = "en"
    extra: Mapping[str, Any] = field(default_factory=dict)
    unread_date: str | None = None
    """A date in the metadata that could not be understood, as written."""


def clean(text: str) -> str:
    r"""Return text without byte order mark, with `\n` line ends, and only characters that UTF-8 can encode."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    text = text.removeprefix("\ufeff")
    return text if _is_usable(text) else _UNUSABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _is_usable(text: str) -> bool:
    """Tell if a text has no unusable characters, much faster than by a search with the pattern."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def line_of(value: object) -> str | None:
    """Return a title or address as one clean line, null where there is none."""
    return (" ".join(clean(value).split()) or None) if isinstance(value, str) else None


def iso_date(value: object) -> str | None:
    """Return the day of a date as `YYYY-MM-DD`; null where it is none, or can mean two days as "11/05/2024" does.

    Read are ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates as people write them in English.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_clock(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    if value.isdecimal() and len(value) >= _DIGITS:
        return _from_clock(float(value))
    day = _from_iso(value) or _from_mail(value)
    return day.isoformat() if day else _from_words(value)


def unread_date(value: object) -> str | None:
    """Return a date that cannot be understood, as one short line; null for one that can, and where there is none."""
    return None if value in (None, "") or iso_date(value) else line_of(str(value)[:_SHOWN])


def _from_clock(value: float) -> str | None:
    seconds = value / 1000 if value > _MILLISECONDS else value
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if _SINCE < seconds < _MILLISECONDS else None


def _from_iso(value: str) -> date | None:
    for part in (value, value[:10]):
        try:
            return datetime.fromisoformat(part).date()
        except ValueError:
            continue
    return None


def _from_mail(value: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, OverflowError):
        return None


def _from_words(value: str) -> str | None:
    from annotate.dates import readings

    days = readings(value)
    return days[0] if len(days) == 1 else None
