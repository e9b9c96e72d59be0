"""Claims from quotes with a cue beside them, interrupted and going on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.extract.complements import Complement, complements
from annotate.extract.cue import attribute
from annotate.extract.direct import outermost, pairings
from annotate.extract.draft import Draft, Reading, overlaps
from annotate.model import Quote, Span

LEAST = 0.3
_PAUSE = re.compile(r"(?:[^.!?\n]|\n(?!\s*\n)){0,60}?[.!?]?(?:[^\S\n]|\n(?!\s*\n))+")
"""What may stand between an attribution and the next quote of the same speaker: the rest of a sentence."""


def quoted(reading: Reading, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of quotes with a cue; quotes around one `he said` make one claim."""
    done = sorted(span for draft in earlier for span in draft.content)
    by_cue: dict[int, Draft] = {}
    last: Draft | None = None
    for quote in outermost(reading.quotes):
        if overlaps(done, quote.start, quote.end):
            continue
        best = _best(reading, quote)
        span = Span(quote.start, quote.end)
        if last is not None and last.at is not None and _interrupted(reading, last, span, best):
            last = by_cue[last.at] = replace(last, content=(*last.content, span))
        elif best is not None:
            cue = best[1].cue
            if cue in by_cue:
                by_cue[cue] = replace(by_cue[cue], content=(*by_cue[cue].content, span))
            else:
                draft = attribute(reading, cue, best[1].content, best[0])
                by_cue[cue] = replace(draft, content=(span,))
            last = by_cue[cue]
        elif last is not None and last.at is not None and _goes_on(reading, last, quote):
            last = by_cue[last.at] = replace(last, content=(*last.content, span))
        else:
            last = None
    return list(by_cue.values())


def _interrupted(reading: Reading, last: Draft, span: Span, best: tuple[float, Complement] | None) -> bool:
    """Return whether a quote takes up a sentence broken off: `“A,” she said, waving, “B.”`."""
    between = reading.tree.text[last.content[-1].end : span.start]
    broken_off = last.cue[0].start >= last.content[-1].end and re.search(r"[.!?;:]\s|\n\s*\n", between) is None
    words = reading.lexicon
    return broken_off and (best is None or not words.introduces_quotes(reading.tree.lower[best[1].cue]))


def _best(reading: Reading, quote: Quote) -> tuple[float, Complement] | None:
    """Return the likeliest pairing of a quote, unless the quote is only part of what the cue governs."""
    rated = [
        (reading.lexicon.probability(reading.tree.lower[pair.cue], pair.shape), pair)
        for pair in pairings(reading.tree, quote)
    ]
    best = max(rated, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < LEAST or _is_part(reading, best[1]):
        return None
    return best


def _is_part(reading: Reading, pair: Complement) -> bool:
    """Return whether the cue governs words before or after the quote as well (a mixed claim)."""
    if pair.shape != "Q:next" and pair.shape != "Q:after":
        return False
    first, last = pair.content[0]
    for other in complements(reading.tree, pair.cue):
        if other.shape in ("V:clause", "V:that", "V:left") and len(other.content) == 1:
            start, end = other.content[0]
            if start <= last and first <= end and (start < first - 1 or end > last + 1):
                sure = reading.lexicon.probability(reading.tree.lower[pair.cue], other.shape)
                return sure >= LEAST and not any(w in ".?!" for w in reading.tree.words[start:end])
    return False


def _goes_on(reading: Reading, last: Draft, quote: Quote) -> bool:
    """Return whether a quote follows, in its paragraph, the sentence that attributes the one before."""
    text = reading.tree.text
    end = max(span.end for span in (*last.content, *last.cue, *last.source, *last.addressee))
    between = text[end : quote.start] if end <= quote.start else "…"
    return _PAUSE.fullmatch(between) is not None
