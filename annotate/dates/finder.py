"""Find the temporal expressions of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from annotate.codec import Span
from annotate.dates.expression import Expression, Meaning
from annotate.dates.grammar import Match, candidates
from annotate.dates.lexicon import Tokens, letter, tokenize
from annotate.dates.meanings import MEANINGS
from annotate.model import Block, DateMention

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_REACH = 12
"""So many words before an expression can say that it lies ahead."""
_OPENING = 1
"""So many words, as "on", may stand before an expression that opens a sentence."""
_NEAR = 40
"""So many words around an expression can say that it speaks of quarters."""


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


def as_day(iso: str | None) -> date | None:
    """Return the day of an ISO date or time; None for anything else."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def find(text: str, spans: Sequence[Span], anchor: date | None) -> Iterator[tuple[Span, Meaning]]:
    """Yield each expression in some parts of a text, and what it means."""
    tokens = tokenize(text, spans)
    last = anchor
    begin = 0
    while matches := candidates(tokens, begin):
        begin = matches[0].first + 1
        for match in matches:
            meaning = _meaning(tokens, match, anchor, last)
            if meaning:
                begin = match.end
                last = _reference(meaning, last)
                yield Span(tokens.spans[match.first].start, tokens.spans[match.end - 1].end), meaning
                break


def _meaning(tokens: Tokens, match: Match, anchor: date | None, last: date | None) -> Meaning | None:
    ahead, quarterly = _ahead(tokens, match), _quarterly(tokens, match)
    return MEANINGS[match.rule.meaning](Expression(match.groups, anchor, last, ahead=ahead, quarterly=quarterly))


def _reference(meaning: Meaning, last: date | None) -> date | None:
    found = _DAY.match(meaning.value or "") if meaning.type in ("DATE", "TIME") else None
    return (as_day(f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}") or last) if found else last


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile("[" + "".join(letter(name) for name in ("STOP", "DOT", "PARAGRAPH")) + "]")


@cache
def _future() -> re.Pattern[str]:
    """Return what says that a clause is about what is to come: "will", "plans to"."""
    return re.compile(f"{letter('WILL')}|{letter('PLAN')}{letter('TO')}")


def _ahead(tokens: Tokens, match: Match) -> bool:
    """Tell whether the clause that an expression closes, or the sentence that it opens, speaks of what is to come."""
    *_, before = _sentence_end().split(tokens.classes[max(0, match.first - _REACH) : match.first])
    if len(before) > _OPENING:
        *_, clause = before.split(letter("SAID"))
        return _future().search(clause) is not None
    after, *_ = _sentence_end().split(tokens.classes[match.end : match.end + _REACH])
    clause, *_ = after.split(letter("SAID"))
    return _future().search(clause) is not None


def _quarterly(tokens: Tokens, match: Match) -> bool:
    """Tell whether the paragraph speaks of quarters near an expression."""
    begin, end = max(0, match.first - _NEAR), match.end + _NEAR
    *_, before = tokens.classes[begin : match.first].split(letter("PARAGRAPH"))
    after, *_ = tokens.classes[match.end : end].split(letter("PARAGRAPH"))
    return any(letter(name) in before + after for name in ("QUARTER", "QUARTERS"))
