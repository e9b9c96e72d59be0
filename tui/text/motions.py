"""Spans of words, sentences, quotations and matches, for moving and selecting with keys."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeVar

from annotate.model import Record
from annotate.spans import Span, token_end_after, token_start_after, token_start_before, trimmed

Place = TypeVar("Place")

_SHORT = ["Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Capt", "Sgt", "Prof", "Rev", "vs"]
"""Abbreviations, whose full stop does not end a sentence."""


@cache
def _sentence_end() -> re.Pattern[str]:
    """Return the pattern for ends of sentences, compiled on first use as starting the app does not need it."""
    return re.compile("".join(rf"(?<!\b{word})" for word in _SHORT) + r"[.!?…][\"'”’»)\]]*\s+|\n+")


class Selection(NamedTuple):
    """A selection in progress: the text from its first word to the word reached."""

    anchor: Span
    head: Span

    @property
    def span(self) -> Span:
        """All the words selected."""
        return Span(min(self.anchor.start, self.head.start), max(self.anchor.end, self.head.end))

    def to(self, head: Span) -> Selection:
        """Return the selection extended to another word."""
        return self._replace(head=head)


def repeated(move: Callable[[Place], Place], start: Place, times: int) -> Place:
    """Return the place after a number of moves; a move that leads nowhere ends them."""
    here = start
    for _ in range(times):
        before, here = here, move(here)
        if here == before:
            break
    return here


def word_at(text: str, offset: int) -> Span:
    """Return the word or run of punctuation at an offset, else the next one."""
    offset = max(0, min(offset, len(text)))
    start = token_start_before(text, offset + 1)
    end = token_end_after(text, start)
    if offset >= end and offset < len(text.rstrip()):
        start = token_start_after(text, offset)
        end = token_end_after(text, start)
    return Span(start, max(end, start + 1))


def word_after(text: str, word: Span) -> Span:
    """Return the word after a word; the same at the end of the text."""
    start = token_start_after(text, word.start)
    return word if start >= len(text) else Span(start, token_end_after(text, start))


def word_before(text: str, word: Span) -> Span:
    """Return the word before a word; the same at the beginning of the text."""
    if not text[: word.start].strip():
        return word
    start = token_start_before(text, word.start)
    return Span(start, token_end_after(text, start))


def whole_words(text: str, span: Span) -> Span:
    """Return a span extended to whole words; punctuation at its ends stays as it is."""
    first, last = word_at(text, span.start), word_at(text, span.end - 1)
    start = first.start if text[first.start].isalnum() and first.start <= span.start else span.start
    end = last.end if text[last.start].isalnum() and last.start < span.end else span.end
    return Span(start, end)


def sentence_at(record: Record, offset: int) -> Span:
    """Return the sentence that contains an offset: from the end of one sentence to the next, inside a block."""
    bounds = paragraph_at(record, offset)
    ends = [bounds.start, *(m.end() for m in _sentence_end().finditer(record.text, *bounds)), bounds.end]
    at = max(1, bisect_right(ends, offset))
    start, end = ends[at - 1], ends[min(at, len(ends) - 1)]
    return trimmed(record.text, Span(start, end)) or Span(*bounds)


def sentence_after(record: Record, offset: int) -> Span:
    """Return the sentence after the one at an offset; the same at the end of the text."""
    here = sentence_at(record, offset)
    rest = record.text[here.end :]
    gap = len(rest) - len(rest.lstrip())
    return here if gap == len(rest) else sentence_at(record, here.end + gap)


def sentence_before(record: Record, offset: int) -> Span:
    """Return the sentence before the one at an offset; the same at the beginning of the text."""
    here = sentence_at(record, offset)
    before = len(record.text[: here.start].rstrip())
    return sentence_at(record, before - 1) if before else here


def quotation_at(record: Record, offset: int) -> Span | None:
    """Return the outermost quotation that contains an offset, else the next one; None after the last."""
    quotes = [Span(q.start, q.end) for q in record.quotes]
    around = [q for q in quotes if q.start <= offset < q.end]
    if around:
        return max(around, key=lambda q: q.end - q.start)
    return min((q for q in quotes if q.start >= offset), default=None)


def matches(text: str, words: str) -> list[Span]:
    """Return the spans of some words in a text, ignoring case and kinds of white space."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return [Span(*found.span()) for found in pattern.finditer(text)]


def match_at(found: list[Span], offset: int) -> int:
    """Return the index of the first match at or after an offset, else of the first match."""
    return next((i for i, span in enumerate(found) if span.start >= offset), 0)


def paragraph_at(record: Record, offset: int) -> Span:
    """Return the block that contains an offset, else the paragraph."""
    at = bisect_right(record.blocks, offset, key=lambda block: block.start) - 1
    if at >= 0 and record.blocks[at].start <= offset < record.blocks[at].end:
        return Span(record.blocks[at].start, record.blocks[at].end)
    text = record.text
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Span(start, len(text) if end < 0 else max(end, start + 1))
