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


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return True if two spans share a code point."""
    return one[0] < other[1] and other[0] < one[1]


def trimmed(text: str, span: Span) -> Span | None:
    """Return a span without the white space at its ends; None when nothing else is in it."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


_STRAY = frozenset(",;:–—-/|…")
"""Marks that belong to no words at the edge of a span."""
_OPENING, _CLOSING = "“‘«„([{", "”’»“)]}"


@cache
def _abbreviation() -> re.Pattern[str]:
    """Pattern of an abbreviation at the end; compiled on first use, which is never at startup."""
    return re.compile(r"(?:\b\w|\.\w|\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Jr|Sr|Inc|Ltd|Co|Corp|No|vs))\.$")


def tidied(text: str, span: Span) -> Span | None:
    """Return a span without the punctuation at its ends that does not belong to its words; None without words.

    Quotation marks and brackets stay if their partners are inside, with the marks before them; so does the full stop
    of an abbreviation: `marks,` loses the comma, `“We won,”` and `the U.S.` lose nothing.
    """
    start, end = span
    while start < end and (text[start].isspace() or _is_stray_start(text, start, end)):
        start += 1
    while start < end and (text[end - 1].isspace() or _is_stray_end(text, start, end)):
        end -= 1
    return Span(start, end) if start < end else None


def _is_stray_start(text: str, start: int, end: int) -> bool:
    mark, inside = text[start], text[start + 1 : end]
    if mark == '"':
        return mark not in inside
    if mark in _OPENING:
        return not any(closing in inside for closing in _partners(mark))
    return mark in _STRAY or mark in "” ’ » ) ] } . ! ?"


def _is_stray_end(text: str, start: int, end: int) -> bool:
    mark, inside = text[end - 1], text[start : end - 1]
    if mark == '"':
        return mark not in inside
    if mark in _CLOSING and any(opening in inside for opening in _partners(mark)):
        return False
    if mark == ".":
        return _abbreviation().search(text, max(start, end - 6), end) is None
    return mark in _STRAY or mark in _OPENING or mark in _CLOSING


def _partners(mark: str) -> str:
    """Return the marks that can close an opening mark, or open a closing one."""
    pairs = {"“": "”", "‘": "’", "«": "»", "„": "“”", "(": ")", "[": "]", "{": "}"}
    opened_by = "".join(opening for opening, closing in pairs.items() if mark in closing)
    return pairs.get(mark, "") + opened_by


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
