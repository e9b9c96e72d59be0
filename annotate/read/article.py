"""An article as read: its text, which never changes afterwards, and its file's metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of surrogate pairs: no file format or terminal carries them."""
_LINE_END = re.compile("\r\n?")
_WRITTEN_DATES = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")


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
    """Return the day of an ISO 8601, RFC 2822 or written English date as `YYYY-MM-DD`, null for anything else."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    for attempt in (_from_iso, _from_mail, _from_words):
        day = attempt(value)
        if day is not None:
            return day.isoformat()
    return None


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


def _from_words(value: str) -> date | None:
    for pattern in _WRITTEN_DATES:
        try:
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
