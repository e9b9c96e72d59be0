"""Who each source is: one canonical speaker of the article for full names, surnames, titles, pronouns and roles."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.model import Block, Claim, Quote, Speaker
from annotate.speakers.resolution import Resolution


def resolve(
    doc: Doc, claims: Sequence[Claim], quotes: Sequence[Quote], blocks: Sequence[Block]
) -> tuple[tuple[Speaker, ...], tuple[Claim, ...]]:
    """Give the claims of an article their speakers.

    Args:
        doc: The whole article, tagged and parsed; its text is the article's.
        claims: Its claims; their `source` says in which words a speaker is named, or is empty.
        quotes: Its spans in quotation marks.
        blocks: Its blocks.

    Returns:
        The speakers (`s1`, `s2`, … in order of their first claim), and the claims in the order given.
    """
    return Resolution(doc, claims, quotes, blocks).run()
