"""Component `onrecord_dates`: temporal expressions, and the date on which each claim was said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from annotate.dates import find_dates
from annotate.dates.calendar import as_day, value
from annotate.extract.blocks import blocks_of
from annotate.extract.component import register
from annotate.extract.extensions import show, text_of
from annotate.model import Block, Claim, DateMention
from annotate.segment import publication_date
from annotate.spans import Span

_JOINT = re.compile(r"[\s,]*(?:(?:on|late|early|earlier|in)\s+)?(?:the\s+)?", re.IGNORECASE)
"""Words allowed between a cue and its date: "said on Wednesday", "said late Wednesday"."""
_WHEN = frozenset({"at", "during", "in", "on", "over"})
"""Prepositions for the time of an utterance, unlike "since" and "until"."""
_PHRASES = 2
"""Maximum number of prepositions between a cue and its date."""
_CARRIED = frozenset({"advcl", "conj", "xcomp", "acl"})
"""Dependencies by which a cue shares the date of its head cue: "said Monday …, adding that …"."""
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
    said = _said_on(doc, text, doc._.onrecord_claims, mentions)
    gone = {found.span.start for found in _ahead_of(doc, said, anchor).values() if found.span}
    if gone:
        mentions = find_dates(text, blocks, anchor, gone=gone)
        said = _said_on(doc, text, doc._.onrecord_claims, mentions)
        ahead = _ahead_of(doc, said, anchor)
        said = {claim: found for claim, found in said.items() if claim not in ahead}
    claims = tuple(
        replace(claim, date=said[claim.id].id) if claim.id in said else claim for claim in doc._.onrecord_claims
    )
    doc._.onrecord_claims = claims
    doc._.onrecord_dates = _as_spoken(doc, text, claims, mentions, said, anchor)
    show(doc, "dates", ((m.span.start, m.span.end, m.type) for m in doc._.onrecord_dates if m.span))
    return doc


def _said_on(doc: Doc, text: str, claims: Sequence[Claim], mentions: Sequence[DateMention]) -> dict[str, DateMention]:
    """Return the date on which each claim was said, by claim id, for claims that have one."""
    sentences = _sentences(doc)
    days: dict[int, list[tuple[DateMention, Words]]] = defaultdict(list)
    for mention in mentions:
        if _is_point(mention) and (words := _words(doc, mention.span)):
            days[_sentence(sentences, words)].append((mention, words))
    cues = {claim.id: words for claim in claims if claim.cue and (words := _words(doc, claim.cue[0]))}
    said: dict[str, DateMention] = {}
    at_cue: dict[int, DateMention] = {}
    for claim in claims:
        cue = cues.get(claim.id)
        if cue is None:
            continue
        first = _sentence(sentences, cue)
        outside = [(m, words) for m, words in days[first] if not _inside(m, claim)]
        found = next((m for m, words in outside if _attached(words, cue)), None)
        found = found or _adjacent(text, claim, outside, doc[first].idx)
        if found:
            said[claim.id] = at_cue[cue.root.i] = found
    for claim_id, cue in cues.items():
        carried = next((at_cue[head.i] for head in _heads(cue.root, _CARRIED) if head.i in at_cue), None)
        if carried and claim_id not in said:
            said[claim_id] = carried
    return said


def _ahead_of(doc: Doc, said: Mapping[str, DateMention], anchor: str | None) -> dict[str, DateMention]:
    """Return the dates of past-tense claims after the day of publication, by claim id: nothing was *said* then."""
    cues = {claim.id: _words(doc, claim.cue[0]) for claim in doc._.onrecord_claims if claim.id in said}
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


def _sentences(doc: Doc) -> list[int]:
    """Return the first token of every sentence; spaCy walks the whole article for each sentence it is asked for."""
    return [0, *(i for i, mark in enumerate(doc.to_array("SENT_START").tolist()) if mark == 1)]


def _sentence(sentences: Sequence[int], words: Words) -> int:
    """Return the first token of the sentence in which some words begin."""
    return sentences[bisect_right(sentences, words.start) - 1]


def _is_point(mention: DateMention) -> bool:
    return mention.type in ("DATE", "TIME") and bool(mention.value) and not (mention.value or "").endswith("_REF")


def _words(doc: Doc, span: Span | None) -> Words | None:
    return None if span is None else doc.char_span(span.start, span.end, alignment_mode="expand")


def _inside(mention: DateMention, claim: Claim) -> bool:
    span = mention.span
    return span is not None and any(part.start < span.end and span.start < part.end for part in claim.content)


def _attached(day: Words, cue: Words) -> bool:
    """Return whether a date depends on a cue: "said Monday", "said on Monday", "said at a meeting on Monday"."""
    head = day.root.head
    for _ in range(_PHRASES):
        if head.dep_ != "prep":
            break
        if head.lower_ not in _WHEN:
            return False
        if cue.start <= head.head.i < cue.end:
            return True
        head = head.head.head
    return bool(cue.start <= head.i < cue.end)


def _adjacent(text: str, claim: Claim, days: Sequence[tuple[DateMention, Words]], opening: int) -> DateMention | None:
    """Return the date beside the cue, between cue and source, or at the start of the sentence before both.

    Args:
        text: The article's text.
        claim: A claim with a cue.
        days: Dates in the cue's sentence, outside the claim's content.
        opening: Offset at which that sentence begins.
    """
    cue = claim.cue[0]
    parts = (cue, claim.source[0]) if claim.source else (cue,)
    for mention, words in days:
        start, end = words.start_char, words.end_char
        opened = max((part.end for part in parts if part.end <= start), default=opening)
        after = min((part.start for part in parts if part.start >= end), default=None)
        if not _JOINT.fullmatch(text, opened, start):
            continue
        if opened == cue.end or (after is not None and not text[end:after].strip(" ,)\n")):
            return mention
    return None


def _heads(token: Token, deps: frozenset[str]) -> Iterator[Token]:
    while token.dep_ in deps:
        token = token.head
        yield token


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
