"""Search for the temporal expressions of an article."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from annotate.dates.calendar import as_day
from annotate.dates.context import Named, expression
from annotate.dates.expression import Meaning
from annotate.dates.grammar import Match, candidates
from annotate.dates.meanings import MEANINGS
from annotate.dates.numerals import is_no_date
from annotate.dates.tokens import Tokens, letter, tokenize
from annotate.model import Block, DateMention
from annotate.spans import Span

_QUOTES = ('"', "'", "“", "‘")
_COMMON = (
    "A_UNIT", "A_YEAR", "UNITS", "SEASON", "DAYPART", "NOON", "TODAY", "TONIGHT", "REMOTE", "ADVERB", "PRESENT",
    "CURRENT",
)  # fmt: skip
"""Word classes that are capitalised only in names."""
_BESIDE = 10
_LONG = 5
"""A context of `_BESIDE` words on both sides is a headline if all its words of `_LONG` letters or more have a
capital."""


def find_dates(
    text: str, blocks: Sequence[Block], anchor: str | None, *, origin: str = "", gone: Container[int] = ()
) -> tuple[DateMention, ...]:
    """Return the temporal expressions of an article in text order, with ids d1, d2, ….

    Args:
        text: The article's text.
        blocks: Its blocks; noise is skipped.
        anchor: ISO date of publication; without one, values stay underspecified (`XXXX-03-19`).
        origin: Origin stored with each date.
        gone: Offsets of expressions known to refer to the past.
    """
    spans = [Span(block.start, block.end) for block in blocks if block.kind != "noise"]
    found = find(text, spans, as_day(anchor), gone)
    return tuple(
        DateMention(f"d{i}", span.start, span.end, m.type, m.value, mod=m.mod, quant=m.quant, origin=origin)
        for i, (span, m) in enumerate(found, start=1)
    )


def find(
    text: str, spans: Sequence[Span], anchor: date | None, gone: Container[int] = ()
) -> Iterator[tuple[Span, Meaning]]:
    """Yield each expression in some spans of a text with its meaning; those at offsets in `gone` refer to the past."""
    tokens = tokenize(text, spans)
    named = Named(anchor)
    begin = 0
    while matches := candidates(tokens, begin):
        begin = matches[0].first + 1
        for match in matches:
            span = Span(tokens.spans[match.first].start, tokens.spans[match.end - 1].end)
            e = expression(tokens, match, named)
            if span.start in gone:
                e = replace(e, ahead=False, gone=True)
            meaning = MEANINGS[match.rule.meaning](e)
            if meaning:
                begin = match.end
                if not _is_name(text, tokens, match) and not is_no_date(text, tokens, match):
                    named.note(match, meaning, ahead=e.ahead)
                    yield span, meaning
                break


def _is_name(text: str, tokens: Tokens, match: Match) -> bool:
    """Return whether words are a name: “This Week”, CBS This Morning, the Daily News, the Person of the Year."""
    if tokens.classes[match.end - 1] not in _common():
        return False
    *others, last = _words(text, tokens, match.first, match.end)
    start = tokens.spans[match.first].start
    if not last[0].isupper():
        return False
    is_paper = others == ["the"] and tokens.classes[match.end - 1] != letter("SEASON")  # many write the Spring
    if is_paper or (others and text[start - 1 : start] in _QUOTES):
        return True
    before, after = tokens.classes[match.first - 1 : match.first], tokens.classes[match.end : match.end + 1]
    opens = match.first == 0 or not _words(text, tokens, match.first - 1, match.first)[0][-1:].isalnum()
    adverb = tokens.classes[match.first] == letter("ADVERB")
    beside = (before, "" if opens and not adverb else after)
    return (letter("CAPITAL") in beside or (adverb and not opens)) and not _is_headline(text, tokens, match)


def _is_headline(text: str, tokens: Tokens, match: Match) -> bool:
    """Return whether all surrounding words are capitalised, at least the long ones."""
    first, end, apart = max(0, match.first - _BESIDE), match.end + _BESIDE, letter("PARAGRAPH")
    *_, before = tokens.classes[first : match.first].split(apart)
    after, *_ = tokens.classes[match.end : end].split(apart)
    words = _words(text, tokens, match.first - len(before), match.end + len(after))
    return not any(len(word) >= _LONG and word.islower() for word in words)


def _words(text: str, tokens: Tokens, first: int, end: int) -> list[str]:
    return [text[span.start : span.end] for span in tokens.spans[first:end]]


@cache
def _common() -> frozenset[str]:
    """Return the class letters of `_COMMON`."""
    return frozenset(letter(name) for name in _COMMON)
