"""The type of a claim: direct, mixed or indirect speech."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.model import ClaimType, Quote
from annotate.spans import WORD, Span


def claim_type(text: str, quotes: Iterable[Quote], content: Iterable[Span]) -> ClaimType:
    """Return direct when all words of the content stand in quotation marks, mixed when some, indirect when none."""
    marked = [(quote.start, quote.end) for quote in quotes]
    words = [word.span() for span in content for word in WORD.finditer(text, span.start, span.end)]
    inside = sum(any(start <= w_start and w_end <= end for start, end in marked) for w_start, w_end in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"
