"""Find the temporal expressions of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from annotate.codec import Span
from annotate.dates.calendar import as_day
from annotate.dates.context import Named, expression
from annotate.dates.expression import Meaning
from annotate.dates.grammar import candidates
from annotate.dates.lexicon import letter, tokenize
from annotate.dates.meanings import MEANINGS
from annotate.model import Block, DateMention

_QUOTES = ('"', "'", "“", "‘")


def find_dates(text: str, blocks: Sequence[Block], anchor: str | None, *, origin: str = "") -> tuple[DateMention, ...]:
    """Return the temporal expressions of an article, ids d1, d2, … in text order.

    Args:
        text: The article.
        blocks: Its blocks; nothing is looked for in noise.
        anchor: ISO date of publication; without one, values stay underspecified (`XXXX-03-19`).
        origin: Who found them, for the record.
    """
    spans = [Span(block.start, block.end) for block in blocks if block.kind != "noise"]
    found = find(text, spans, as_day(anchor))
    return tuple(
        DateMention(f"d{i}", span.start, span.end, m.type, m.value, mod=m.mod, quant=m.quant, origin=origin)
        for i, (span, m) in enumerate(found, start=1)
    )


def find(text: str, spans: Sequence[Span], anchor: date | None) -> Iterator[tuple[Span, Meaning]]:
    """Yield each expression in some parts of a text, and what it means."""
    tokens = tokenize(text, spans)
    named = Named(anchor)
    begin = 0
    while matches := candidates(tokens, begin):
        begin = matches[0].first + 1
        for match in matches:
            span = Span(tokens.spans[match.first].start, tokens.spans[match.end - 1].end)
            e = expression(tokens, match, named)
            meaning = MEANINGS[match.rule.meaning](e)
            if meaning and not _is_title(text, span, tokens.classes[match.end - 1]):
                begin = match.end
                named.note(match, meaning, ahead=e.ahead)
                yield span, meaning
                break


def _is_title(text: str, span: Span, last: str) -> bool:
    """Tell whether words are a name: “This Week”, ''60 Minutes'', the Person of the Year."""
    words = text[span.start : span.end].split()
    if last not in _common() or len(words) < 2 or not words[-1].istitle():
        return False
    return words[:-1] == ["the"] or text[span.start - 1 : span.start] in _QUOTES


@cache
def _common() -> frozenset[str]:
    """Return the classes of words that have a capital only in names."""
    return frozenset(letter(name) for name in ("A_UNIT", "A_YEAR", "UNITS", "DAYPART", "NOON", "TODAY", "REMOTE"))
