"""Component `onrecord_speakers`: the speaker of each claim, as `doc._.onrecord_speakers` and in the claims."""

from __future__ import annotations

from spacy.tokens import Doc

from annotate.extract.blocks import blocks_of
from annotate.extract.component import register
from annotate.extract.extensions import show
from annotate.speakers import resolve


def mark_speakers(doc: Doc) -> Doc:
    """Resolve the speakers of an article's claims."""
    speakers, claims = resolve(doc, doc._.onrecord_claims, doc._.onrecord_quotes, blocks_of(doc))
    doc._.onrecord_speakers = speakers
    doc._.onrecord_claims = claims
    show(doc, "speakers", ((span.start, span.end, speaker.name) for speaker in speakers for span in speaker.mentions))
    return doc


make_speakers = register("speakers", mark_speakers)
"""The component's factory."""
