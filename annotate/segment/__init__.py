"""Cut an article into blocks: what each paragraph is, so that only sentences reach the parser.

Two steps, both linear in the text: lines are put together to paragraphs (`paragraphs`), and each paragraph is
named by what it looks like (`kinds`, whose patterns lie in `patterns.tsv`) and by what stands around it.
"""

from __future__ import annotations

from annotate.model import Block
from annotate.segment.kinds import name_blocks
from annotate.segment.paragraphs import paragraphs
from annotate.segment.published import publication_date

__all__ = ["publication_date", "segment"]


def segment(text: str) -> tuple[Block, ...]:
    """Return the blocks of an article, sorted and disjoint, with no white space at their ends."""
    return name_blocks(text, paragraphs(text))
