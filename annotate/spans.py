"""Spans of an article's text: arithmetic, and the token boundaries to which their edges move."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

LETTER = r"[\w\u0300-\u036f]"
"""Word characters: letters, digits, and combining accents of decomposed text."""
WORD = re.compile(f"{LETTER}+")
_WINDOW = 400
"""Code points looked at before an offset for the token that ends there: longer than any word worth stopping at."""


class Span(NamedTuple):
    """A stretch of an article's text: Unicode code points, end exclusive."""

    start: int
    end: int


@cache
def _token() -> re.Pattern[str]:
    """Pattern of a word or a run of punctuation; compiled on first use, which is never at startup."""
    return re.compile(rf"{LETTER}+(?:['’\-]{LETTER}+)*|[^\w\s\u0300-\u036f]+")


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted, with those that overlap or touch joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def trimmed(text: str, span: Span) -> Span | None:
    """Return a span without the white space at its ends; None when nothing else is in it."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


def token_end_after(text: str, offset: int) -> int:
    """Return the end of the next word or run of punctuation after an offset; after the last, the text's end."""
    found = _token().search(text, offset)
    return found.end() if found else len(text.rstrip())


def token_start_after(text: str, offset: int) -> int:
    """Return the start of the first word or run of punctuation that begins after an offset."""
    inside = _token().match(text, offset)
    found = _token().search(text, inside.end() if inside else offset)
    return found.start() if found else len(text)


def token_end_before(text: str, offset: int) -> int:
    """Return the end of the last word or run of punctuation that ends before an offset."""
    return max((end for _, end in _tokens_before(text, offset) if end < offset), default=0)


def token_start_before(text: str, offset: int) -> int:
    """Return the start of the last word or run of punctuation that begins before an offset."""
    return max((start for start, _ in _tokens_before(text, offset) if start < offset), default=0)


def _tokens_before(text: str, offset: int) -> Iterable[tuple[int, int]]:
    return (found.span() for found in _token().finditer(text, max(0, offset - _WINDOW), offset))
