"""Speaker resolution: one canonical speaker for each full name, surname, title, pronoun and role in an article."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.model import Block, Claim, Quote, Speaker
from annotate.speakers.resolution import Resolution


def resolve(
    doc: Doc, claims: Sequence[Claim], quotes: Sequence[Quote], blocks: Sequence[Block]
) -> tuple[tuple[Speaker, ...], tuple[Claim, ...]]:
    """Resolve the speakers of an article's claims.

    Args:
        doc: The whole article, tagged and parsed; its text is the article's.
        claims: Its claims; `source` holds the words that name a speaker, or is empty.
        quotes: Its spans in quotation marks.
        blocks: Its blocks.

    Returns:
        The speakers (`s1`, `s2`, … in order of their first claim), and the claims in the order given.
    """
    return Resolution(doc, claims, quotes, blocks).run()
