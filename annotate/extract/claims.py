"""Component `onrecord_claims`: who said what, by all rules together, as `doc._.onrecord_claims`.

The rules, the surest first: speaker labels and headings; quotes with a cue beside them; clauses, infinitives and
noun phrases under a cue word; quotes that stand free. As in PolNeAR claims do not nest: what lies inside the
content of another is left to it.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from annotate.extract.blocks import blocks_of
from annotate.extract.draft import Draft, Reading
from annotate.extract.extensions import show
from annotate.extract.free import free_quotes
from annotate.extract.governed import governed
from annotate.extract.labels import labelled
from annotate.extract.quoted import quoted
from annotate.extract.quotes import quotes_of
from annotate.extract.tree import Tree
from annotate.model import Claim

_PARTS = ("content", "cue", "source", "addressee")


def find_claims(doc: Doc) -> tuple[Claim, ...]:
    """Return the claims of a parsed article in reading order, without speakers and dates."""
    reading = Reading(Tree(doc), blocks_of(doc), quotes_of(doc))
    drafts: list[Draft] = []
    for rule in (labelled, quoted, governed, free_quotes):
        drafts += rule(reading, drafts)
    drafts = [draft for draft in drafts if draft.source or not _in_heading(reading, draft)]
    drafts.sort(key=lambda draft: draft.content)
    return tuple(reading.claim(f"c{n}", draft) for n, draft in enumerate(drafts, 1))


def _in_heading(reading: Reading, draft: Draft) -> bool:
    """Return whether a claim stands in a heading: there it needs a source of its own."""
    start = draft.content[0].start
    return any(b.start <= start < b.end for b in reading.blocks if b.kind in ("title", "heading"))


def mark_claims(doc: Doc) -> Doc:
    """Find the claims of an article."""
    claims = find_claims(doc)
    doc._.onrecord_claims = claims
    show(doc, "claims", ((*span, part.upper()) for c in claims for part in _PARTS for span in getattr(c, part)))
    return doc


Language.component("onrecord_claims", func=mark_claims)
