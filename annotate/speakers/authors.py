"""Who wrote an article, or the part of it that says *I*: by its byline, a letter's signature, a note at the end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from annotate.model import Block
from annotate.speakers.cast import Cast, Entity

HEADLINES = frozenset({"title", "heading"})
_WRITTEN_BY = frozenset({"by", "interview", "text", "words", "story", "report"})
_PRESENTS = frozenset({"is", "teaches", "writes", "lives", "works", ","})
_LONGEST_SIGNATURE = 40
"""Code points."""


class Authors:
    """The authors of an article.

    Args:
        doc: The article, tagged and parsed.
        blocks: Its blocks.
        cast: All that are named in it.
    """

    def __init__(self, doc: Doc, blocks: Sequence[Block], cast: Cast) -> None:
        self._cast = cast
        self.byline = self._of_byline(doc, blocks) or self._of_note(doc, blocks)
        """Who wrote it, where a byline, or a line such as *Interview: Paula Trent*, says so; or a note at the end."""
        signed = ((block.start, self._signature(doc, block)) for block in blocks)
        self._signatures = [(start, entity) for start, entity in signed if entity is not None]

    def writes(self, offset: int) -> Entity | None:
        """Return who says *I* at an offset: the article's author, else who signs the letter it stands in."""
        at = bisect_left(self._signatures, offset, key=_start)
        return self.byline or (self._signatures[at][1] if at < len(self._signatures) else None)

    def _of_byline(self, doc: Doc, blocks: Sequence[Block]) -> Entity | None:
        bylines = token_ranges(doc, (b for b in blocks if b.kind == "byline"))
        lines = token_ranges(doc, (b for b in blocks if b.kind in HEADLINES))
        for start, end in [*bylines, *(line for line in lines if doc[line[0]].lower_ in _WRITTEN_BY)]:
            for _, entity in self._cast.within(start, end):
                if entity.kind in {"person", "unknown"}:
                    return entity
        return None

    def _of_note(self, doc: Doc, blocks: Sequence[Block]) -> Entity | None:
        """Return who is named for the first time at the head of the last paragraph: *Ana Li teaches law in Orlo.*"""
        last = next((block for block in reversed(blocks) if block.kind == "body"), None)
        for start, end in token_ranges(doc, [last] if last is not None and len(blocks) > 1 else []):
            name, entity = next(iter(self._cast.within(start, end)), (None, None))
            if name is not None and entity is not None and name.first == start and doc[min(name.end, end - 1)].lower_ in _PRESENTS:
                return entity if entity.first == name.start and entity.kind == "person" else None
        return None

    def _signature(self, doc: Doc, block: Block) -> Entity | None:
        """Return whose full name a block is, and nothing else."""
        if block.end - block.start > _LONGEST_SIGNATURE or block.kind in HEADLINES:
            return None
        ((start, end),) = token_ranges(doc, [block]) or [(0, 0)]
        for name, entity in self._cast.within(start, end):
            rest = (token for token in doc[start:end] if not name.first <= token.i < name.end)
            if len(name.words) > 1 and entity.kind == "person" and all(t.is_punct or t.is_space for t in rest):
                return entity
        return None


def token_ranges(doc: Doc, blocks: Iterable[Block]) -> list[tuple[int, int]]:
    """Return where blocks begin and end in tokens."""
    spans = (doc.char_span(b.start, b.end, alignment_mode="expand") for b in blocks)
    return [(span.start, span.end) for span in spans if span is not None]


def _start(signature: tuple[int, Entity]) -> int:
    return signature[0]
