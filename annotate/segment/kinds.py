"""Classification of paragraphs by their form and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple, cast

from annotate.model import Block, BlockKind
from annotate.segment.turns import turn_at
from annotate.spans import Span
from annotate.tables import rows

LONGEST = 300
"""Maximum length, in code points, of a paragraph that is not body, and of a lead."""
_TITLE_WORDS, _HEADING_WORDS = 30, 16
_KICKER_WORDS = 2
_EARLY = 2
"""Number of body paragraphs after which the article's head is over."""
_LIST = 4
"""Minimum number of consecutive paragraphs without closing punctuation that form a list, not headings."""

_ENDED = re.compile(r"[.!…,;:][\"'”’»)\]*_]*$")
_SPOKEN = re.compile(r"(?:Q|A|[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,40})[:.] ")
_BULLET = re.compile(r"[-*•·▪>|–—]\s")
_SPEECH = re.compile(r"[.!?,…][\"”»]|[.!?,…]''")
"""The end of a quotation that is speech, unlike a name or a phrase."""
_EMPHASIS = re.compile(r"(?P<marks>[*_]{1,3})(?P<words>[^\n]*)(?P=marks)")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class Pattern(NamedTuple):
    """One line of `patterns.tsv`."""

    kind: BlockKind
    how: str
    source: str
    example: str


def patterns() -> Iterator[Pattern]:
    """Yield the patterns, with the names of `let` lines replaced by their definitions."""
    names: dict[str, str] = {}
    for kind, how, source, example in rows("segment/patterns.tsv"):
        source = re.sub(r"<([A-Z]+)>", lambda found: names[found[1]], source)
        if kind == "let":
            names[how] = source
        else:
            yield Pattern(cast("BlockKind", kind), how, source, example)


@cache
def _compiled(*hows: str) -> tuple[tuple[BlockKind, re.Pattern[str]], ...]:
    """Return one regular expression for each kind that has patterns of these types, in table order."""
    wanted = [pattern for pattern in patterns() if pattern.how in hows]
    sources = ((p.kind, f"(?:{p.source})$" if p.how in ("whole", "early") else f"(?:{p.source})") for p in wanted)
    grouped: dict[BlockKind, list[str]] = {}
    for kind, source in sources:
        grouped.setdefault(kind, []).append(source)
    return tuple((kind, re.compile("|".join(sources))) for kind, sources in grouped.items())


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph with the properties it has by itself."""

    span: Span
    words: str
    """Its text, cut off after `LONGEST`."""
    kind: BlockKind | None
    """Kind by the patterns; None if none matches."""
    bare: bool
    """True for a short paragraph without closing punctuation, such as a title or heading."""


def name_blocks(text: str, spans: Sequence[Span]) -> tuple[Block, ...]:
    """Return a block for each paragraph; a dateline at the start of a paragraph becomes its own block."""
    paragraphs = [_paragraph(text, span) for span in spans]
    headings = _headings(paragraphs)
    blocks: list[Block] = []
    bodies, titled = 0, False
    for i, paragraph in enumerate(paragraphs):
        early = bodies < _EARLY
        at_head = _match(paragraph.words, "early") if early else None
        kind = at_head or paragraph.kind
        heads = i in headings and at_head != "dateline"
        if heads and not (titled or bodies) and not _is_kicker(paragraphs[i : i + 2]):
            kind, titled = "title", True
        elif heads:
            kind = kind or "heading"
        if kind:
            blocks.append(Block(*paragraph.span, kind))
        else:
            blocks += _lead_and_body(paragraph, early=early)
            bodies += blocks[-1].kind == "body"
    return tuple(blocks)


def _paragraph(text: str, span: Span) -> _Paragraph:
    words = text[span.start : min(span.end, span.start + LONGEST + 1)]
    emphasised = _EMPHASIS.fullmatch(words)
    kind = _match(emphasised["words"] if emphasised else words, "whole", "start")
    return _Paragraph(span, words, kind, bare=kind is None and _is_bare(words) and not _match(words, "lead"))


def _match(words: str, *hows: str) -> BlockKind | None:
    if len(words) > LONGEST:
        return None
    if not _WORD.search(words):
        return "noise"
    return next((kind for kind, pattern in _compiled(*hows) if pattern.match(words)), None)


def _is_bare(words: str) -> bool:
    if len(words) > LONGEST or words[0].islower() or len(_WORD.findall(words)) > _TITLE_WORDS:
        return False
    return not any(pattern.match(words) for pattern in (_SPOKEN, _BULLET)) and not (
        _ENDED.search(words) or _SPEECH.search(words)
    )


def _headings(paragraphs: Sequence[_Paragraph]) -> set[int]:
    """Return the indices of headings: bare paragraphs above body text, except in runs long enough to be lists."""
    body_below = max((i for i, p in enumerate(paragraphs) if p.kind is None and not p.bare), default=-1)
    marked = {i for i, p in enumerate(paragraphs) if p.words.startswith("#")}
    first = next((i for i, p in enumerate(paragraphs) if p.kind is None), -1)
    bare: set[int] = set()
    for is_bare, run in groupby(range(body_below), lambda i: paragraphs[i].bare):
        members = list(run)
        if is_bare and len(members) < _LIST:
            bare.update(i for i in members if len(_WORD.findall(paragraphs[i].words)) <= _HEADING_WORDS)
    if 0 <= first < body_below and paragraphs[first].bare:
        bare.add(first)
    return (bare - _spoken(paragraphs)) | marked


def _spoken(paragraphs: Sequence[_Paragraph]) -> set[int]:
    """Return the indices of turns: with a label that a sentence has elsewhere, or labelled questions beside a turn."""
    turns = [turn_at(p.words, 0, len(p.words)) if ":" in p.words else None for p in paragraphs]
    names = [p.words[slice(*turn.name)] if turn else "" for p, turn in zip(paragraphs, turns, strict=True)]
    of_sentences = {
        name for name, p in zip(names, paragraphs, strict=True) if not p.bare and not _BULLET.match(p.words)
    }
    beside = {i for i, (one, other) in enumerate(pairwise(names)) if one and other}
    questions = {i for i, p in enumerate(paragraphs) if p.words.endswith("?") and {i, i - 1} & beside}
    return {i for i, name in enumerate(names) if name and (name in of_sentences or i in questions)}


def _is_title(paragraph: _Paragraph) -> bool:
    """Return whether a paragraph looks like a title: a byline may ("Boats Sink in Lund"), a date does not."""
    return paragraph.bare and _match(paragraph.words, "early") != "dateline"


def _is_kicker(pair: Sequence[_Paragraph]) -> bool:
    """Return whether a paragraph is a section name ("World") above the title."""
    here, *below = (len(_WORD.findall(p.words)) if _is_title(p) else 0 for p in pair)
    return 0 < here <= _KICKER_WORDS < max(below, default=0)


def _lead_and_body(paragraph: _Paragraph, *, early: bool) -> list[Block]:
    start, end = paragraph.span
    hows = ("lead", "first") if early else ("lead",)
    for kind, pattern in _compiled(*hows):
        lead = pattern.match(paragraph.words)
        if lead:
            rest = start + lead.end() + len(paragraph.words) - lead.end() - len(paragraph.words[lead.end() :].lstrip())
            body = [Block(rest, end, "body")] if rest < end else []
            return [Block(start, start + lead.end(), kind), *body]
    return [Block(start, end, "body")]
