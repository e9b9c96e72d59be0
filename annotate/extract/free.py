"""Free-standing quotes: whole sentences in quotation marks without a cue, often continuing the last speaker's words."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.extract.confidence import LONE
from annotate.extract.direct import outermost
from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.spans import Span

_WORDS = 3
"""Minimum length, in words, of a quote that counts as a sentence, unless it is a paragraph."""
_SET_OFF = 0.6
"""Confidence of a paragraph set off as a quotation."""


def block_quotes(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return a claim for each paragraph set off by `>`, below one that ends in a colon: *Li wrote:*, `> It leaks.`."""
    del earlier
    text = article.tree.text
    out: list[Draft] = []
    announced = False
    for block in article.blocks:
        is_set_off = text[block.start] == ">" and block.kind == "body"
        announced = announced if is_set_off else text[block.end - 1] == ":"
        start = next((i for i in range(block.start, block.end) if text[i] not in "> \n"), block.end)
        if is_set_off and announced and start < block.end:
            out.append(Draft((Span(start, block.end),), confidence=_SET_OFF))
    return out


def free_quotes(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return quoted sentences that no other rule took, as claims with content only."""
    taken = sorted(span for draft in earlier for span in draft.content)
    text = article.tree.text
    bodies = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
    out = []
    at = 0
    for quote in outermost(article.quotes):
        while at < len(bodies) and bodies[at][1] <= quote.start:
            at += 1
        if at == len(bodies) or quote.start < bodies[at][0]:
            continue
        if overlaps(taken, quote.start, quote.end):
            continue
        before = text[bodies[at][0] : quote.start].rstrip()
        inside = text[quote.start + 1 : quote.end].strip("\"'”’»“ ")
        whole = inside[-1:] in (".", "!", "?", "…", ",") or quote.end == bodies[at][1]
        is_paragraph = not before and quote.end == bodies[at][1] and inside[-1:] in (".", "!", "?", "…")
        is_sentence = (not before or before[-1] in '.!?:”"…') and whole and len(inside.split()) >= _WORDS
        if is_sentence or is_paragraph:
            out.append(Draft((Span(quote.start, quote.end),), confidence=LONE))
    return out
