"""Speakers of quotations without a source of their own."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
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
    """Return the speakers of claims without a source, by claim id.

    If nobody has spoken yet in the paragraph, it is the next speaker in that paragraph; otherwise the person introduced
    last: the speaker of the preceding claim, or the subject of a sentence since. Claims with a cue but no source (*it
    was alleged that*) have no speaker, unless they are quotations.
    """
    return _Reader(doc, claims, found, blocks, named).resolved()


def _speaks(claim: Claim) -> bool:
    return not claim.cue or claim.type != "indirect"


class _Reader:
    """Backward search through an article for a quotation's speaker."""

    def __init__(
        self,
        doc: Doc,
        claims: Sequence[Claim],
        found: Mapping[str, Entity | None],
        blocks: Sequence[Block],
        named: Sequence[tuple[Name, Entity]],
    ) -> None:
        self.outer = list(_outer(sorted(claims, key=lambda claim: claim.start)))
        self._found = dict(found)
        starts = [block.start for block in blocks if block.kind not in _LOOKED_THROUGH]
        self._paragraphs = [bisect_right(starts, claim.start) for claim in self.outer]
        self._starts = [0, *starts]
        self._subjects = [
            (doc[name.start].idx, entity)
            for name, entity in named
            if entity.kind in {"person", "unknown"} and _is_main_subject(doc, name)
        ]

    def resolved(self) -> dict[str, Entity | None]:
        """Return the speakers of the claims without a source; each is used for the claims that follow."""
        out: dict[str, Entity | None] = {}
        for place, claim in enumerate(self.outer):
            if not claim.source and _speaks(claim) and claim.id not in self._found:
                out[claim.id] = self._found[claim.id] = self._next_in_paragraph(place) or self._last_before(place)
        return out

    def _next_in_paragraph(self, place: int) -> Entity | None:
        here = self._paragraphs[place]
        if place and self._paragraphs[place - 1] == here:
            return None
        subject = self._subject_before(self.outer[place].start)
        if subject is not None and subject[0] >= self._starts[here]:
            return None
        following = itertools.takewhile(lambda at: self._paragraphs[at] == here, range(place + 1, len(self.outer)))
        return next((self._found.get(claim.id) for at in following if (claim := self.outer[at]).source), None)

    def _last_before(self, place: int) -> Entity | None:
        subject = self._subject_before(self.outer[place].start)
        for at in range(place - 1, -1, -1):
            claim = self.outer[at]
            speaker = self._found.get(claim.id)
            if speaker is not None:
                return subject[1] if subject is not None and subject[0] > _end(claim) else speaker
        return subject[1] if subject is not None else None

    def _subject_before(self, offset: int) -> tuple[int, Entity] | None:
        at = bisect_left(self._subjects, offset, key=_offset)
        return self._subjects[at - 1] if at else None


def _offset(subject: tuple[int, Entity]) -> int:
    return subject[0]


def _outer(ordered: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims, given in order, that do not begin inside the content of another."""
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
    while root.dep_ == "appos":  # *the baker, Ana Li,*
        root = root.head
    return root.dep_ in {"nsubj", "nsubjpass"} and root.head.dep_ == "ROOT"
