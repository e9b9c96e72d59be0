"""Highlights of an article: spans in buckets, looked up a line at a time.

A mark is a bit: overlapping marks at a code point make one small number, by which a style is found. It is a plain
`int` in the inner loops, because operations on flags are slow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import IntFlag
from itertools import pairwise
from typing import NamedTuple

from annotate.model import Block, BlockKind, Claim, DateMention, Record, Speaker
from annotate.spans import Span

_BUCKET = 1024
"""Code points in a bucket: some ten lines."""


class Mark(IntFlag):
    """A kind of mark; later ones are drawn over earlier ones."""

    HEADING = 1
    MUTED = 2
    NOISE = 4
    MENTION = 8
    CONTENT = 16
    SOURCE = 32
    ADDRESSEE = 64
    CUE = 128
    DATE = 256
    CURRENT = 512
    """Any part of the current claim, in addition to one of the five before."""
    PART = 1024
    """The part of the current claim that is being edited."""
    MATCH = 2048
    CURRENT_MATCH = 4096
    SELECTION = 8192
    CURSOR = 16384
    LABEL = 32768
    """A label drawn over the text."""


LAYERS: dict[str, Mark] = {
    "content": Mark.CONTENT,
    "cue": Mark.CUE,
    "source": Mark.SOURCE,
    "speaker": Mark.MENTION,
    "addressee": Mark.ADDRESSEE,
    "date": Mark.DATE,
}
"""Layers of highlights that can be hidden, by their displayed names."""

BLOCK_MARKS: dict[BlockKind, int] = {
    "title": int(Mark.HEADING),
    "heading": int(Mark.HEADING),
    "dateline": int(Mark.MUTED),
    "byline": int(Mark.MUTED),
    "credit": int(Mark.MUTED),
    "caption": int(Mark.MUTED),
    "noise": int(Mark.NOISE),
}


class Highlight(NamedTuple):
    """A marked stretch of text."""

    start: int
    end: int
    mark: int
    claim: str = ""
    """Id of the claim it is part of; empty for dates and mentions."""


def of_claim(claim: Claim) -> list[Highlight]:
    """Return the highlights of a claim; none for a rejected or deleted one."""
    return [] if claim.deleted or claim.status == "rejected" else parts_of(claim)


def parts_of(claim: Claim) -> list[Highlight]:
    """Return the highlights of a claim, regardless of its status."""
    parts = (
        (Mark.CONTENT, claim.content),
        (Mark.CUE, claim.cue),
        (Mark.SOURCE, claim.source),
        (Mark.ADDRESSEE, claim.addressee),
    )
    return [Highlight(start, end, int(mark), claim.id) for mark, spans in parts for start, end in spans]


def of_current(claim: Claim, date: DateMention | None, part: tuple[str, int]) -> list[Highlight]:
    """Return the highlights of the current claim.

    Args:
        claim: The claim.
        date: When it was said.
        part: The part being edited and which of its spans.
    """
    when = of_date(date) if date is not None else []
    marked = [one._replace(mark=one.mark | int(Mark.CURRENT)) for one in (*parts_of(claim), *when)]
    name, index = part
    spans: tuple[Span, ...] = (
        tuple(Span(one.start, one.end) for one in when) if name == "date" else getattr(claim, name)
    )
    if index < len(spans):
        marked.append(Highlight(*spans[index], int(Mark.PART), claim.id))
    return marked


def of_date(date: DateMention) -> list[Highlight]:
    """Return the highlight of a date; none for a date without a span, or a rejected one."""
    if date.span is None or date.status == "rejected":
        return []
    return [Highlight(*date.span, int(Mark.DATE))]


def of_speaker(speaker: Speaker) -> list[Highlight]:
    """Return the highlights of the mentions of a speaker."""
    return [Highlight(start, end, int(Mark.MENTION)) for start, end in speaker.mentions]


class Highlights:
    """All highlights of an article, by offset."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[Highlight]] = {}

    def replace(self, old: Iterable[Highlight], new: Iterable[Highlight]) -> None:
        """Remove some highlights and add others."""
        for one in old:
            for bucket in _buckets(one):
                self._buckets[bucket].remove(one)
        for one in new:
            for bucket in _buckets(one):
                self._buckets.setdefault(bucket, []).append(one)

    def within(self, span: Span) -> set[Highlight]:
        """Return the highlights that overlap a span."""
        start, end = span
        return {
            one
            for bucket in range(start // _BUCKET, end // _BUCKET + 1)
            for one in self._buckets.get(bucket, ())
            if one.start < end and one.end > start
        }


def _buckets(one: Highlight) -> range:
    return range(one.start // _BUCKET, (one.end - 1) // _BUCKET + 1)


def of_blocks(blocks: tuple[Block, ...], span: Span) -> Iterator[Highlight]:
    """Yield the highlights of the blocks in a span, in order: a line may hold a dateline and the lead after it."""
    at = max(0, bisect_right(blocks, span.start, key=lambda block: block.start) - 1)
    for block in blocks[at : bisect_left(blocks, span.end, lo=at, key=lambda block: block.start)]:
        mark = BLOCK_MARKS.get(block.kind)
        if mark is not None and block.end > span.start:
            yield Highlight(block.start, block.end, mark)


def paint(span: Span, highlights: Iterable[Highlight]) -> Iterator[tuple[int, int, int]]:
    """Yield runs with the same marks as (start, end, marks), in order and covering the span."""
    start, end = span
    inside = [(max(start, one.start), min(end, one.end), one.mark) for one in highlights]
    cuts = sorted({start, end, *(at for begin, stop, _ in inside if begin < stop for at in (begin, stop))})
    at, marks = start, 0
    for left, right in pairwise(cuts):
        here = 0
        for begin, stop, mark in inside:
            if begin <= left and right <= stop:
                here |= mark
        if here != marks and left > at:
            yield at, left, marks
            at = left
        marks = here
    if at < end:
        yield at, end, marks


def spaced_blocks(record: Record) -> list[int]:
    """Return the starts of blocks right below another line; an empty line is inserted above these."""
    text = record.text
    begins = (text.rfind("\n", 0, block.start) + 1 for block in record.blocks)
    return [at for at in begins if at > 1 and text[at - 2] != "\n" and text[at - 1] == "\n"]
