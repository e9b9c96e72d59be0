"""Component `onrecord_dates`: temporal expressions, and the date on which each claim was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from annotate.dates import find_dates
from annotate.dates.calendar import as_day, value
from annotate.extract.blocks import blocks_of
from annotate.extract.component import register
from annotate.extract.day_edges import at_days
from annotate.extract.extensions import show, text_of
from annotate.extract.said import said_on, words_of
from annotate.model import Block, Claim, DateMention
from annotate.segment import publication_date
from annotate.spans import Span

_PERIOD = re.compile(r"\d{4}(?:-(?:(?P<W>W\d\d)|(?P<Q>Q\d)|\d\d(?:-\d\d)?))?")
"""A year, month, week, quarter or day at the head of a value."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_ROUGH = re.compile(r"\d{4}(?:-(?:\d\d|Q\d|[A-Z]{2}))?")
"""Values that do not depend on the day of the month: months, quarters, seasons, years."""


def mark_dates(doc: Doc) -> Doc:
    """Find the dates of an article and give each claim the date on which it was said."""
    blocks = blocks_of(doc)
    text = text_of(doc)
    anchor = doc._.onrecord_anchor or publication_date(text, blocks)
    mentions = find_dates(text, blocks, anchor)
    doc._.onrecord_claims = at_days(doc, text, doc._.onrecord_claims, mentions)
    said = said_on(doc, text, doc._.onrecord_claims, mentions)
    gone = {found.span.start for found in _ahead_of(doc, said, anchor).values() if found.span}
    if gone:
        mentions = find_dates(text, blocks, anchor, gone=gone)
        said = said_on(doc, text, doc._.onrecord_claims, mentions)
        ahead = _ahead_of(doc, said, anchor)
        said = {claim: found for claim, found in said.items() if claim not in ahead}
    claims = tuple(
        replace(claim, date=said[claim.id].id) if claim.id in said else claim for claim in doc._.onrecord_claims
    )
    doc._.onrecord_claims = claims
    doc._.onrecord_dates = _as_spoken(doc, text, claims, mentions, said, anchor)
    show(doc, "dates", ((m.span.start, m.span.end, m.type) for m in doc._.onrecord_dates if m.span))
    return doc


def _ahead_of(doc: Doc, said: Mapping[str, DateMention], anchor: str | None) -> dict[str, DateMention]:
    """Return the dates after publication that past-tense claims have, by claim id: nobody *said* something then."""
    cues = {claim.id: words_of(doc, claim.cue[0]) for claim in doc._.onrecord_claims if claim.id in said}
    return {
        name: found
        for name, found in said.items()
        if _side(found.value, anchor) > 0 and (cue := cues[name]) is not None and _is_past(cue.root)
    }


def _side(when: str | None, anchor: str | None) -> int:
    """Return -1 for a period before a day, 1 for one after it, 0 if it contains the day or either is unknown."""
    found, day = _PERIOD.match(when or ""), as_day(anchor)
    if found is None or day is None:
        return 0
    now = value(day, found.lastgroup) if found.lastgroup else day.isoformat()[: found.end()]
    return (found[0] > now) - (found[0] < now)


def _is_past(verb: Token) -> bool:
    """Return whether a cue is in the past tense: "said", "was asked", not "will be asked".

    A participle takes the tense of its verb.
    """
    if verb.tag_ == "VBG" and verb.head.i != verb.i:
        return _is_past(verb.head)
    helped = any(kid.tag_ in ("MD", "TO") for kid in verb.children if kid.dep_ in ("aux", "auxpass"))
    return verb.tag_ in ("VBD", "VBN") and not helped


def _as_spoken(
    doc: Doc,
    text: str,
    claims: Sequence[Claim],
    mentions: tuple[DateMention, ...],
    said: Mapping[str, DateMention],
    anchor: str | None,
) -> tuple[DateMention, ...]:
    """Return the dates, with those inside quotations resolved from the day they were said ("I resign today")."""
    again: dict[Span | None, DateMention] = {}
    for claim in claims:
        when = said[claim.id].value if claim.id in said else None
        if claim.type != "indirect" and when and (_DAY.match(when) or _side(when, anchor)):
            quoted = [Block(q.start, q.end, "body") for q in doc._.onrecord_quotes if _within(q.start, q.end, claim)]
            again |= {m.span: m for m in _read_on(text, quoted, when)}
    return tuple(
        replace(m, type=new.type, value=new.value, mod=new.mod) if (new := again.get(m.span)) else m for m in mentions
    )


def _read_on(text: str, quoted: Sequence[Block], when: str) -> tuple[DateMention, ...]:
    """Return the dates in quotations, resolved from the date on which they were said.

    If only the month of the statement is known, days stay unresolved.
    """
    if _MONTH.fullmatch(when):
        rough = {m.span: m for m in find_dates(text, quoted, f"{when}-28") if _ROUGH.fullmatch(m.value or "")}
        return tuple(rough.get(m.span, m) for m in find_dates(text, quoted, None))
    return find_dates(text, quoted, when[:10])


def _within(start: int, end: int, claim: Claim) -> bool:
    return any(part.start <= start and end <= part.end for part in claim.content)


make_dates = register("dates", mark_dates)
"""The component's factory."""
