"""Segmentation of an article into blocks of a known kind, so that only sentences reach the parser.

Two steps, both linear in the text: `paragraphs` joins lines into paragraphs, and `kinds` classifies each paragraph by
its form (patterns in `patterns.tsv`) and its neighbours.
"""

from __future__ import annotations

from annotate.model import Block
from annotate.segment.kinds import name_blocks
from annotate.segment.paragraphs import paragraphs
from annotate.segment.published import Published, publication_date, published

__all__ = ["Published", "publication_date", "published", "segment"]


def segment(text: str) -> tuple[Block, ...]:
    """Return the blocks of an article, sorted and disjoint, without white space at their ends."""
    return name_blocks(text, paragraphs(text))
