"""Component `onrecord_quotes`: spans in quotation marks and their kinds, as `doc._.onrecord_quotes`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.extract.blocks import blocks_of
from annotate.extract.component import register
from annotate.extract.extensions import show, text_of
from annotate.extract.marks import paired
from annotate.model import Block, Quote, QuoteKind
from annotate.spans import Span

_WORD = re.compile(r"\w[\w’'-]*")
_TITLE_AFTER = re.compile(
    r"\b(?:album|article|ballad|book|column|comedy|documentary|drama|editorial|episode|essay|exhibition|film|game|headlined|"
    r"hit|memoir|movie|musical|novel|opera|painting|paper|play|podcast|poem|programme|report|series|show|single|sitcom|"
    r"song|story|thriller|titled|entitled|named|video)s?,?\s*$",
    re.IGNORECASE,
)  # fmt: skip
_SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_SCARE_WORDS = 3
"""Maximum length, in words, of a scare quote; it also has no sentence punctuation at its end."""


def find_quotes(text: str, blocks: Sequence[Block]) -> tuple[Quote, ...]:
    """Return every quote of an article, marks included, in text order; inner quotes after those around them."""
    paragraphs = [Span(block.start, block.end) for block in blocks if block.kind != "noise"]
    return tuple(Quote(span.start, span.end, _kind(text, span)) for span in paired(text, paragraphs))


def quotes_of(doc: Doc) -> tuple[Quote, ...]:
    """Return the quotes of an article, finding them in its text if no component has done so."""
    if not doc._.onrecord_quotes:
        doc._.onrecord_quotes = find_quotes(text_of(doc), blocks_of(doc))
    quotes: tuple[Quote, ...] = doc._.onrecord_quotes
    return quotes


def _kind(text: str, span: Span) -> QuoteKind:
    inside = text[span.start + 1 : span.end - 1]
    words = _WORD.findall(inside)
    capital = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
    ends_sentence = inside.rstrip()[-1:] in tuple(".,!?…")
    if words and capital and len(words) <= 12 and _TITLE_AFTER.search(text, max(0, span.start - 30), span.start):
        return "title"
    if len(words) > 2 and capital and not ends_sentence:
        return "title"
    return "speech" if ends_sentence or len(words) > _SCARE_WORDS else "scare"


def mark_quotes(doc: Doc) -> Doc:
    """Find the quotes of an article."""
    show(doc, "quotes", ((quote.start, quote.end, quote.kind) for quote in quotes_of(doc)))
    return doc


make_quotes = register("quotes", mark_quotes)
"""The component's factory."""
