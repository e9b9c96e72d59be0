"""Quotes signed by their speaker: `“We shall go.” — Ada Bell, mayor`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from annotate.extract.draft import Draft, ParsedArticle
from annotate.spans import Span

_SIGNED = re.compile(r"\s*(?P<dash>—|–|―|--|-)\s*(?P<name>[^\W\d_][^\n.:;!?“”\"]{1,80}?)\.?\s*")


def signed(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of quotes followed by a dash and a name that ends the paragraph."""
    del earlier
    text = article.tree.text
    ends = [block.end for block in article.blocks]
    out = []
    for quote in article.outer:
        block = bisect_right(ends, quote.start)
        match = _SIGNED.fullmatch(text, quote.end, ends[block]) if block < len(ends) else None
        if match is not None and match["name"][0].isupper():
            out.append(
                Draft(
                    (Span(quote.start, quote.end),),
                    (Span(*match.span("dash")),),
                    (Span(*match.span("name")),),
                    confidence=0.85,
                )
            )
    return out
