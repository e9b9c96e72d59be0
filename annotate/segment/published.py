"""Publication date of an article, from its dateline, its byline or another line at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from annotate.model import Block, DateMention

_RELEASED = date(2026, 11, 28)
"""The engine's release: guesses of a year end here, the same on every day the engine runs."""
_YEARS = 10
"""Years up to the release among which a missing year is looked for."""
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_WITHOUT_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-[1-7]")
_NAMED = re.compile(r"(?i)\b(mon|tue|wed|thu|fri|sat|sun)")
_LATER = re.compile(r"(?i)\b(?:updated?|modified|corrected|revised|amended)\b")
_PUBLISHED = re.compile(r"(?i)\b(?:published|posted|issued|released?|filed|first)\b")
_OF_LINE = re.compile(
    r"(?i)\b(?:admin|article|at|by|date|dated|first|for|from|immediate|in|issued|last|min|mins|minute|minutes|of|on|"
    r"online|original|originally|post|posted|press|print|published|read|release|released|reporter|staff|story|the|"
    r"time|updated|written)\b"
)
_LOWER = re.compile(r"\b[a-z]{2,}\b")
_FOREIGN = 2
"""Most words in lower case, besides those of `_OF_LINE`, in a line that is not a heading about the day."""
_LINE = 120
"""Longest line above the article's text, in code points."""
_TOP = 10
"""Number of blocks searched for a date."""
_LEAD = 300
"""Code points of the first paragraph in which a weekday is looked for."""
_SLASHED = re.compile(r"\b(\d\d?)[/-](\d\d?)[/-]\d{2,4}\b")
_MONTHS = 12
_OPENING = re.compile(r"\(?\s*")
_OPENED = re.compile(r"\)?\s*[—–:|-]|\)")


class Published(NamedTuple):
    """A publication date as the text gives it."""

    date: str
    """The full ISO date."""
    other: str | None = None
    """The other reading of a numeric date: 5 November or 11 May for 11/05/2024."""
    is_guess: bool = False
    """True if the year is not in the text."""


class _Found(NamedTuple):
    rank: int
    """0 as published, 1 without a word, 2 as updated."""
    published: Published


def published(text: str, blocks: Sequence[Block]) -> Published | None:
    """Return the full date given in a dateline, a byline or else at the top; None if there is none.

    A publication date takes precedence over the date of an update. A dateline without a year gets one if a weekday
    beside it, or in the first paragraph, fits only one of the ten years up to the engine's release.
    """
    heads = [block for kind in ("dateline", "byline") for block in blocks if block.kind == kind]
    found = min((day for block in heads for day in _dates(text, block)), key=lambda day: day.rank, default=None)
    return (found and found.published) or _at_top(text, blocks) or _guessed(text, blocks)


def publication_date(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the ISO date on which an article was published, if its text tells."""
    found = published(text, blocks)
    return found.date if found else None


def _mentions(text: str, block: Block, anchor: str | None = None) -> tuple[DateMention, ...]:
    from annotate.dates import find_dates  # its tables are read when the first article is, not before

    return find_dates(text, (Block(block.start, block.end, "body"),), anchor)


def _dates(text: str, block: Block) -> Iterator[_Found]:
    """Yield the full dates in a block."""
    from annotate.dates import readings

    at = block.start
    for mention in _mentions(text, block):
        if mention.span and mention.value and _FULL.match(mention.value):
            before, at = text[at : mention.span.start], mention.span.end
            rank = 0 if _PUBLISHED.search(before) else 2 if _LATER.search(before) else 1
            days = readings(text[mention.span.start : at]) or (mention.value[:10],)
            yield _Found(rank, _settled(days, text[block.start : block.end]))


def _at_top(text: str, blocks: Sequence[Block]) -> Published | None:
    """Return the only full date in the lines above the article's text, or in front of its first sentence."""
    found: list[_Found] = []
    for block in blocks[:_TOP]:
        if block.kind == "title":
            continue
        words = text[block.start : block.end]
        if len(words) > _LINE or (block.kind == "body" and words.endswith((".", "”", '"'))):
            found += _in_front(text, block)
            break
        if len(_LOWER.findall(_OF_LINE.sub("", words))) <= _FOREIGN:
            found += _dates(text, block)
    best = min((day.rank for day in found), default=0)
    days = {day.published for day in found if day.rank == best}
    return days.pop() if len(days) == 1 else None


def _in_front(text: str, block: Block) -> Iterator[_Found]:
    """Yield the date in front of a paragraph, before a dash or in brackets, or one that it calls the publication's."""
    opening = _OPENING.match(text, block.start)
    start = opening.end() if opening else block.start
    for found, mention in zip(_dates(text, block), _mentions(text, block), strict=False):
        is_first = mention.start == start and _OPENED.match(text, mention.end or start)
        if is_first or (found.rank == 0 and block.end - block.start <= _LINE):
            yield found


def _settled(days: tuple[str, ...], line: str) -> Published:
    """Return the reading of a date that the weekday or another date beside it confirms, else both readings."""
    first, *others = days
    if not others:
        return Published(first)
    names = {name[:3].lower() for name in _NAMED.findall(line)}
    fitting = [day for day in days if f"{date.fromisoformat(day):%a}".lower() in names]
    if len(fitting) == 1:
        return Published(fitting[0])
    beside = [found.groups() for found in _SLASHED.finditer(line)]
    if any(int(day) > _MONTHS for day, _ in beside):
        return Published(others[0])
    return Published(first) if any(int(day) > _MONTHS for _, day in beside) else Published(first, others[0])


def _guessed(text: str, blocks: Sequence[Block]) -> Published | None:
    """Return the day of a dateline without a year in the only year in which a weekday beside it fits."""
    body = next((block for block in blocks if block.kind == "body"), None)
    for block in blocks[:_TOP]:
        for mention in _mentions(text, block) if block.kind == "dateline" else ():
            known = _WITHOUT_YEAR.fullmatch(mention.value or "")
            days = list(_days(int(known[1]), int(known[2]))) if known else []
            named = _NAMED.search(text, block.start, block.end)
            if named:
                days = [day for day in days if f"{day:%a}".lower() == named[1].lower()]
            elif body:
                days = [day for day in days if _is_lead_of(text, body, day)]
            if len(days) == 1:
                return Published(days[0].isoformat(), is_guess=True)
    return None


def _days(month: int, day: int) -> Iterator[date]:
    for year in range(_RELEASED.year, _RELEASED.year - _YEARS, -1):
        with suppress(ValueError):  # 29 February
            found = date(year, month, day)
            if found <= _RELEASED:
                yield found


def _is_lead_of(text: str, body: Block, day: date) -> bool:
    """Return whether the first weekday of a paragraph is a day on which it looks back: "was shut on Tuesday"."""
    lead = Block(body.start, min(body.end, body.start + _LEAD), "body")
    weekday = next((m.span for m in _mentions(text, lead) if _WEEKDAY.match(m.value or "")), None)
    later = (day + timedelta(days=1)).isoformat()  # of a day ahead it makes the one a week later
    return any(m.span == weekday and (m.value or "")[:10] == day.isoformat() for m in _mentions(text, lead, later))
