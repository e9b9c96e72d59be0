"""Quotations that a denial comes with: they are what was said, not what was denied."""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.extract.cue import is_denial
from annotate.extract.draft import Draft, Reading
from annotate.model import Span

_THIS = re.compile(r"\s*(?:this|it|that)?\s*:\s*", re.IGNORECASE)
"""What may stand between a denial and the words it comes with: *denied this: “…”*."""


def answered(reading: Reading, draft: Draft) -> Draft:
    """Return a claim with only the quotation that follows *disputed this:* or goes before *denied Li*: it was said."""
    if not draft.negated or not draft.cue or draft.at is None or not is_denial(reading, draft.at):
        return draft
    content = Span(draft.content[0].start, draft.content[-1].end)
    quotes = [quote for quote in reading.quotes_in(*content) if quote.end <= content.end]
    if not quotes:
        return draft
    said = Span(quotes[0].start, content.end)
    between = reading.tree.end(draft.at), said.start  # the tagger may take *it* into the cue
    follows = between[0] <= between[1] and _THIS.fullmatch(reading.tree.text, *between)
    goes_before = content.end <= draft.cue[0].start and said == content and quotes[-1].end == content.end
    if follows:
        return replace(draft, content=(said,), negated=False)
    return replace(draft, negated=False) if goes_before else draft
