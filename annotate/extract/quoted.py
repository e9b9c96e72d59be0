"""Claims from quotes with a cue beside them, including interrupted and continued ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.extract.complements import Complement, complements
from annotate.extract.cue import attribute
from annotate.extract.direct import outermost, pairings
from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.model import Quote
from annotate.spans import Span

LEAST = 0.3
_PAUSE = re.compile(r"(?:[^.!?\n]|\n(?!\s*\n)){0,60}?[.!?]?(?:[^\S\n]|\n(?!\s*\n))+")
"""Text allowed between an attribution and the next quote of the same speaker: the rest of a sentence."""


def quoted(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of quotes with a cue; quotes around one `he said` make one claim."""
    done = sorted(span for draft in earlier for span in draft.content)
    by_cue: dict[int, Draft] = {}
    last: Draft | None = None
    for quote in outermost(article.quotes):
        if overlaps(done, quote.start, quote.end):
            continue
        best = _best(article, quote)
        span = Span(quote.start, quote.end)
        if last is not None and last.at is not None and _interrupted(article, last, span, best):
            last = by_cue[last.at] = replace(last, content=(*last.content, span))
        elif best is not None:
            cue = best[1].cue
            if cue in by_cue:
                by_cue[cue] = replace(by_cue[cue], content=(*by_cue[cue].content, span))
            else:
                draft = attribute(article, cue, best[1].content, best[0])
                by_cue[cue] = replace(draft, content=(span,))
            last = by_cue[cue]
        elif last is not None and last.at is not None and _goes_on(article, last, quote):
            last = by_cue[last.at] = replace(last, content=(*last.content, span))
        else:
            last = None
    return list(by_cue.values())


def _interrupted(article: ParsedArticle, last: Draft, span: Span, best: tuple[float, Complement] | None) -> bool:
    """Return whether a quote continues an interrupted sentence: `“A,” she said, waving, “B.”`."""
    between = article.tree.text[last.content[-1].end : span.start]
    broken_off = last.cue[0].start >= last.content[-1].end and re.search(r"[.!?;:]\s|\n\s*\n", between) is None
    words = article.lexicon
    return broken_off and (best is None or not words.introduces_quotes(article.tree.lower[best[1].cue]))


def _best(article: ParsedArticle, quote: Quote) -> tuple[float, Complement] | None:
    """Return the likeliest cue for a quote, unless the quote is only part of that cue's content."""
    rated = [
        (article.lexicon.probability(article.tree.lower[pair.cue], pair.shape), pair)
        for pair in pairings(article.tree, quote)
    ]
    best = max(rated, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < LEAST or _is_part(article, best[1]):
        return None
    return best


def _is_part(article: ParsedArticle, pair: Complement) -> bool:
    """Return whether the cue also governs words outside the quote (a mixed claim)."""
    if pair.shape != "Q:next" and pair.shape != "Q:after":
        return False
    first, last = pair.content[0]
    for other in complements(article.tree, pair.cue):
        if other.shape in ("V:clause", "V:that", "V:left") and len(other.content) == 1:
            start, end = other.content[0]
            if start <= last and first <= end and (start < first - 1 or end > last + 1):
                sure = article.lexicon.probability(article.tree.lower[pair.cue], other.shape)
                return sure >= LEAST and not any(w in ".?!" for w in article.tree.words[start:end])
    return False


def _goes_on(article: ParsedArticle, last: Draft, quote: Quote) -> bool:
    """Return whether a quote follows the sentence that attributes the quote before it, in the same paragraph."""
    text = article.tree.text
    end = max(span.end for span in (*last.content, *last.cue, *last.source, *last.addressee))
    between = text[end : quote.start] if end <= quote.start else "…"
    return _PAUSE.fullmatch(between) is not None
