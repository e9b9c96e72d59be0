"""The speakers that the picker offers for a claim, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotate.model import Claim, Record
from annotate.spans import Span
from annotate.uncertainty import rivals

_BAND = 500
"""Code points within which mentions are equally near."""


def speaker_choices(record: Record, claim: Claim) -> Sequence[str]:
    """Return the names to offer: the engine's candidates first, then speakers near the claim, then the most quoted."""
    counts = Counter(c.speaker for c in record.claims if not c.deleted)

    def rank(speaker_id: str, mentions: Sequence[Span]) -> tuple[int, int]:
        nearest = min((abs(m.start - claim.start) for m in mentions), default=len(record.text))
        return (nearest // _BAND, -counts[speaker_id])

    others, current = rivals(claim), record.speaker(claim.speaker)
    candidates = (current.name if current is not None else "", *others) if others else ()
    known = [s.name for s in sorted(record.speakers, key=lambda s: rank(s.id, s.mentions))]
    return list(dict.fromkeys((*candidates, *known)))
