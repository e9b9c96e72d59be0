"""Authors of an article, or of a letter in it, from its byline, a signature or a note at the end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.model import Block, Claim
from annotate.speakers import headlines
from annotate.speakers.cast import Cast, Entity

_WRITTEN_BY = frozenset({"by", "interview", "text", "words", "story", "report"})
_PRESENTS = frozenset({"is", "teaches", "writes", "lives", "works", ","})
_LONGEST_SIGNATURE = 40
"""Maximum length of a signature, in code points."""


class Authors:
    """The authors of an article.

    Args:
        doc: The article, tagged and parsed.
        blocks: Its blocks.
        claims: Its claims.
        cast: All entities named in it.
    """

    def __init__(self, doc: Doc, blocks: Sequence[Block], claims: Sequence[Claim], cast: Cast) -> None:
        self._cast = cast
        self.byline = self._of_byline(doc, blocks) or self._of_note(doc, blocks, claims)
        """The author given in a byline, in a line such as *Interview: Paula Trent*, or in a note at the end."""
        signed = ((block.start, self._signature(doc, block)) for block in blocks)
        self._signatures = [(start, entity) for start, entity in signed if entity is not None]

    def writes(self, offset: int) -> Entity | None:
        """Return the author of an *I* at an offset: the article's, else the signatory of the letter around it."""
        at = bisect_left(self._signatures, offset, key=_start)
        return self.byline or (self._signatures[at][1] if at < len(self._signatures) else None)

    def _of_byline(self, doc: Doc, blocks: Sequence[Block]) -> Entity | None:
        bylines = headlines.token_ranges(doc, (b for b in blocks if b.kind == "byline"))
        lines = headlines.token_ranges(doc, (b for b in blocks if b.kind in headlines.KINDS))
        for start, end in [*bylines, *(line for line in lines if doc[line[0]].lower_ in _WRITTEN_BY)]:
            for _, entity in self._cast.within(start, end):
                if entity.kind in {"person", "unknown"}:
                    return entity
        return None

    def _of_note(self, doc: Doc, blocks: Sequence[Block], claims: Sequence[Claim]) -> Entity | None:
        """Return a person introduced, not quoted, at the start of the last paragraph: *Ana Li teaches law in Orlo*."""
        sources = {source.start for claim in claims for source in claim.source}
        last = [block for block in blocks[1:] if block.kind == "body"][-1:]
        for start, end in headlines.token_ranges(doc, (block for block in last if block.start not in sources)):
            for name, entity in self._cast.within(start, end)[:1]:
                begins = name.first == start and name.start == entity.first and entity.kind == "person"
                return entity if begins and doc[min(name.end, end - 1)].lower_ in _PRESENTS else None
        return None

    def _signature(self, doc: Doc, block: Block) -> Entity | None:
        """Return the signatory of a block that contains only a person's full name."""
        if block.end - block.start > _LONGEST_SIGNATURE or block.kind in headlines.KINDS:
            return None
        for start, end in headlines.token_ranges(doc, [block]):
            for name, entity in self._cast.within(start, end):
                rest = (token for token in doc[start:end] if not name.first <= token.i < name.end)
                is_full = len(name.words) > 1 and entity.kind == "person"
                if is_full and all(token.is_punct or token.is_space for token in rest):
                    return entity
        return None


def _start(signature: tuple[int, Entity]) -> int:
    return signature[0]
