"""Edges of contents at a day: the day of saying is no part of one, the day of the event is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from annotate.extract.said import words_of
from annotate.model import Claim, DateMention
from annotate.spans import Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_OPENS = frozenset({"DT", "CD", "JJ", "JJR", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "EX", "WDT", "WP"})
"""Tags of words that may open a clause after a day: "said Monday drivers strike", unlike "said Monday was dry"."""
_AROUND = frozenset({"and", "at", "between", "by", "early", "from", "in", "late", "of", "on", "or", "since", "the"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_DASHES = 2
"""Dashes in the value of a day: 2025-03-19, XXXX-WXX-3."""


def at_days(doc: Doc, text: str, claims: Sequence[Claim], mentions: Sequence[DateMention]) -> tuple[Claim, ...]:
    """Return claims whose contents begin after the day of saying, or include the opening day of the event."""
    found = [mention for mention in mentions if mention.type in ("DATE", "TIME")]
    points = {mention.span.start: mention.span for mention in found if mention.span}
    days = {mention.span.start: mention.span for mention in found if mention.span and _is_day(mention)}
    reported = (claim for claim in claims if claim.type != "direct" and claim.cue and claim.content)
    moved = {claim.id: _at_days(doc, text, claim, days, points) for claim in reported}
    return tuple(moved.get(claim.id, claim) for claim in claims)


def _at_days(doc: Doc, text: str, claim: Claim, days: dict[int, Span], points: dict[int, Span]) -> Claim:
    claim = _with_subject(doc, text, _without_day(doc, text, claim, days), days)
    return _with_opening(doc, text, claim, points)


def _is_day(mention: DateMention) -> bool:
    return (mention.value or "").count("-") >= _DASHES


def _without_day(doc: Doc, text: str, claim: Claim, days: dict[int, Span]) -> Claim:
    """Cut off the day after a cue: "said Monday drivers would strike"."""
    first, *others = claim.content
    day = days.get(first.start)
    if day is None or day.end >= first.end or text[claim.cue[-1].end : first.start].strip():
        return claim
    rest = words_of(doc, Span(day.end, first.end))
    words = [token for token in rest or () if not token.is_space]
    if not words or words[0].tag_ not in _OPENS or not any(_is_clause(token) for token in words):
        return claim
    return replace(claim, content=(Span(words[0].idx, first.end), *others))


def _is_clause(subject: Token) -> bool:
    """Return whether a word is the subject of a finite verb."""
    return subject.dep_ in _SUBJECTS and (subject.head.tag_ in _FINITE or _has_helper(subject.head))


def _has_helper(verb: Token) -> bool:
    return any(kid.dep_ in ("aux", "auxpass") and kid.tag_ != "TO" for kid in verb.children)


def _with_subject(doc: Doc, text: str, claim: Claim, days: dict[int, Span]) -> Claim:
    """Add the day that is the subject of a content: "said Monday was dry"."""
    first, *others = claim.content
    between = text[claim.cue[-1].end : first.start]
    day = days.get(first.start - len(between.lstrip()))
    opening = words_of(doc, first)
    if day is None or opening is None or opening[0].tag_ not in _FINITE or text[day.end : first.start].strip():
        return claim
    return replace(claim, content=(Span(day.start, first.end), *others))


def _with_opening(doc: Doc, text: str, claim: Claim, days: dict[int, Span]) -> Claim:
    """Add the opening of a content that its attribution interrupts: "On Friday, police said, two men left"."""
    if not claim.source or len(claim.content) > 1:
        return claim
    parts, begin = (*claim.cue, *claim.source), claim.content[0].start
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    cue = words_of(doc, claim.cue[0])
    if cue is None or text[last : max(begin, last)].strip() != ",":
        return claim
    start = cue.sent.start_char
    opening = Span(start, start + len(text[start:first].rstrip(", ")))
    if text[opening.end : first].strip() != "," or not _is_all_days(text, opening, days):
        return claim
    return replace(claim, content=(opening, *claim.content))


def _is_all_days(text: str, phrase: Span, days: dict[int, Span]) -> bool:
    """Return whether a phrase is of days alone: "On Friday night", "On Saturday and Sunday"."""
    rest, at = [], phrase.start
    for start in sorted(start for start in days if phrase.start <= start < phrase.end):
        rest.append(text[at:start])
        at = days[start].end
    rest.append(text[at : phrase.end])
    return len(rest) > 1 and _AROUND.issuperset(" ".join(rest).lower().split())
