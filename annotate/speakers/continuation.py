"""Quotations without a source of their own: whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from annotate.model import Block, Claim
from annotate.speakers.cast import Entity
from annotate.speakers.names import Name

_LOOKED_THROUGH = frozenset({"noise", "caption", "credit"})


def continued(
    doc: Doc,
    claims: Sequence[Claim],
    found: Mapping[str, Entity | None],
    blocks: Sequence[Block],
    named: Sequence[tuple[Name, Entity]],
) -> dict[str, Entity | None]:
    """Return the speakers of claims that have no source, by claim id.

    The one who speaks next in the same paragraph when nobody has spoken in it yet; else whoever was brought in last:
    the speaker of the claim before, or the person who is the subject of a sentence since. Claims with a cue but no
    source (*it was alleged that*) belong to nobody, unless they are quotations.
    """
    reader = _Reader(doc, claims, found, blocks, named)
    return {claim.id: reader.speaker(claim) for claim in reader.outer if not claim.source and _speaks(claim)}


def _speaks(claim: Claim) -> bool:
    return not claim.cue or claim.type != "indirect"


class _Reader:
    """Goes back through an article from a quotation to whoever has the word."""

    def __init__(
        self,
        doc: Doc,
        claims: Sequence[Claim],
        found: Mapping[str, Entity | None],
        blocks: Sequence[Block],
        named: Sequence[tuple[Name, Entity]],
    ) -> None:
        ordered = sorted(claims, key=lambda claim: claim.start)
        self.outer = list(_outer(ordered))
        self._found = dict(found)
        self._blocks = [block for block in blocks if block.kind not in _LOOKED_THROUGH]
        self._starts = [block.start for block in self._blocks]
        self._subjects = [
            (doc[name.start].idx, entity)
            for name, entity in named
            if entity.kind in {"person", "unknown"} and _is_main_subject(doc, name)
        ]

    def speaker(self, claim: Claim) -> Entity | None:
        """Return whose words these are, and remember it for the claims that follow."""
        entity = self._next_in_paragraph(claim) or self._last_before(claim)
        self._found[claim.id] = entity
        return entity

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _next_in_paragraph(self, claim: Claim) -> Entity | None:
        here = self._paragraph(claim.start)
        neighbours = [other for other in self.outer if self._paragraph(other.start) == here]
        if any(other.start < claim.start for other in neighbours):
            return None
        if any(claim.start > at >= self._starts[here - 1] for at, _ in self._subjects if here):
            return None
        return next((self._found[other.id] for other in neighbours if other.source and other.id in self._found), None)

    def _last_before(self, claim: Claim) -> Entity | None:
        spoken = [(_end(c), self._found.get(c.id)) for c in self.outer if c.start < claim.start]
        speakers = [(at, entity) for at, entity in spoken if entity is not None]
        subjects = [(at, entity) for at, entity in self._subjects if at < claim.start]
        last_spoken = max(speakers, key=lambda pair: pair[0], default=None)
        last_subject = max(subjects, key=lambda pair: pair[0], default=None)
        if last_spoken is None or (last_subject is not None and last_subject[0] > last_spoken[0]):
            return last_subject[1] if last_subject is not None else None
        return last_spoken[1]


def _outer(ordered: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims, given in order, that do not begin inside what another one says."""
    contents = sorted(span for claim in ordered for span in claim.content)
    reach, i = 0, 0
    for claim in ordered:
        while i < len(contents) and contents[i].start < claim.start:
            reach = max(reach, contents[i].end)
            i += 1
        if reach <= claim.start:
            yield claim


def _end(claim: Claim) -> int:
    return max(span.end for span in claim.spans())


def _is_main_subject(doc: Doc, name: Name) -> bool:
    root = doc[name.start : name.end].root
    return root.dep_ in {"nsubj", "nsubjpass"} and root.head.dep_ == "ROOT"
