"""Drafts of claims, and the view of an article that the rules work on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotate.claim_type import claim_type
from annotate.extract.checkworthy import worth
from annotate.extract.confidence import Evidence, probability
from annotate.extract.cue_lexicon import CueLexicon, cue_lexicon
from annotate.extract.tree import Piece, Tree
from annotate.model import VIA, Block, Claim, Quote
from annotate.spans import Span
from annotate.tagger.inference import TaggerOutput


def overlaps(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a span overlaps any of several sorted, disjoint spans."""
    at = bisect_left(stretches, (end,)) - 1
    return at >= 0 and stretches[at][1] > start


@dataclass(frozen=True)
class Draft:
    """A claim before it gets an id."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    via: tuple[Span, ...] = ()
    """Whose report it is, if the source is not the article's own: *according to Radio Luma*."""
    confidence: float = 0.5
    evidence: Evidence | None = None
    """The tagger's evidence for a claim it found; confidence is computed from that."""
    negated: bool = False
    hedged: bool = False
    at: int | None = None
    """The cue's head token, if it has a cue."""


@dataclass(frozen=True)
class ParsedArticle:
    """A parsed article as the rules see it."""

    tree: Tree
    blocks: Sequence[Block]
    quotes: Sequence[Quote]
    lexicon: CueLexicon = field(default_factory=cue_lexicon)
    tags: TaggerOutput | None = None
    """The tagger's output, if it has read the article."""

    @cached_property
    def outer(self) -> list[Quote]:
        """The quotes that are not inside another."""
        outer: list[Quote] = []
        for quote in self.quotes:
            if not outer or quote.start >= outer[-1].end:
                outer.append(quote)
        return outer

    @cached_property
    def _starts(self) -> list[int]:
        """Offsets of the outer quotes."""
        return [quote.start for quote in self.outer]

    def quotes_in(self, start: int, end: int) -> list[Quote]:
        """Return the outer quotes that overlap a span."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for quote in self.outer[first:]:
            if quote.start >= end:
                break
            if quote.end > start:
                found.append(quote)
        return found

    def spans(self, pieces: Iterable[Piece]) -> tuple[Span, ...]:
        """Return token ranges as spans, extended by a quotation mark right at an edge."""
        return tuple(self._whole(self.tree.span(first, last)) for first, last in pieces)

    def _whole(self, span: Span) -> Span:
        start, end = span
        for quote in self.quotes_in(max(0, start - 1), end + 1):
            if quote.start < start <= quote.start + 2 and quote.end <= end + 2:
                start = quote.start
            if quote.end - 2 <= end < quote.end and quote.start >= start:
                end = quote.end
        return Span(start, end)

    def claim(self, name: str, draft: Draft) -> Claim:
        """Turn a draft into a claim."""
        near = self.quotes_in(draft.content[0].start, draft.content[-1].end)
        type_ = claim_type(self.tree.text, near, draft.content)
        claim = Claim(
            id=name, type=type_,
            content=draft.content, cue=draft.cue, source=draft.source, addressee=draft.addressee,
            negated=draft.negated, hedged=draft.hedged, checkworthy=round(worth(self.tree, draft.content), 2),
            extra={VIA: [list(span) for span in draft.via]} if draft.via else {},
        )  # fmt: skip
        return replace(claim, confidence=round(probability(draft.evidence or draft.confidence, claim), 3))
