"""Component `onrecord_blocks`: the kind of each paragraph, as `doc._.onrecord_blocks`."""

from __future__ import annotations

from spacy.tokens import Doc

from annotate.extract.component import register
from annotate.extract.extensions import show, text_of
from annotate.model import Block
from annotate.segment import segment


def blocks_of(doc: Doc) -> tuple[Block, ...]:
    """Return the blocks of an article, segmenting its text if no component has done so."""
    if not doc._.onrecord_blocks:
        doc._.onrecord_blocks = segment(text_of(doc))
    blocks: tuple[Block, ...] = doc._.onrecord_blocks
    return blocks


def mark_blocks(doc: Doc) -> Doc:
    """Find the blocks of an article."""
    show(doc, "blocks", ((block.start, block.end, block.kind) for block in blocks_of(doc)))
    return doc


make_blocks = register("blocks", mark_blocks)
"""The component's factory."""
