"""Date on which each claim was said, among the dates of its cue's sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from annotate.model import Claim, DateMention
from annotate.spans import Span, meet
from annotate.speakers.phrases import singular
from annotate.speakers.word_lists import words as listed
from annotate.tables import word_lists

_JOINT = re.compile(r"[\s,]*(?:(?:on|late|early|earlier|in|as \w+ as)\s+)?(?:the\s+)?", re.IGNORECASE)
"""Words allowed between a cue and its date: "said on Wednesday", "said late Wednesday"."""
_WHEN = frozenset({"at", "during", "in", "on", "over"})
"""Prepositions for the time of an utterance, unlike "since" and "until"."""
_WITHIN = frozenset({"at", "during", "in"})
"""Prepositions for an occasion: "in a speech last week", unlike "commented on Monday's vote"."""
_STEPS = 7
"""Maximum number of words between a date and its cue in the dependency tree."""
_BESIDE = frozenset({"npadvmod", "nmod", "compound", "poss", "nummod", "amod", "appos"})
"""Dependencies of a day on its occasion or document: "a hearing Friday", "Monday's meeting", "a 2019 report"."""
_CLAUSES = frozenset({"acl", "relcl"})
"""Dependencies of a clause on its noun: "a report released Monday", "an interview that aired on Monday"."""
_CARRIED = frozenset({"advcl", "conj", "xcomp", "acl"})
"""Dependencies by which a cue shares the date of its head cue: "said Monday …, adding that …"."""

_ATTACHED = frozenset({"before", "by", "from", "to", "with"})
"""Other prepositions between an occasion and its day: "in an interview with the Courier on Friday"."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})

Day = tuple[DateMention, Words]


def said_on(doc: Doc, text: str, claims: Sequence[Claim], mentions: Sequence[DateMention]) -> dict[str, DateMention]:
    """Return the date on which each claim was said, by claim id, for claims that have one."""
    sentences = _sentences(doc)
    days: dict[int, list[Day]] = defaultdict(list)
    for mention in mentions:
        if _is_point(mention) and (words := words_of(doc, mention.span)):
            days[_sentence(sentences, words)].append((mention, words))
    cues = {claim.id: words for claim in claims if claim.cue and (words := words_of(doc, claim.cue[0]))}
    said: dict[str, DateMention] = {}
    at_cue: dict[int, DateMention] = {}
    for claim in claims:
        cue = cues.get(claim.id)
        if cue is None:
            continue
        first = _sentence(sentences, cue)
        outside = [day for day in days[first] if not _inside(day[0], claim) and not _is_apart(text, day[1], cue)]
        found = _of_claim(text, claim, cue, outside, doc[first].idx)
        if found:
            said[claim.id] = at_cue[cue.root.i] = found
    beside: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in cues:
            beside[_sentence(sentences, cues[claim.id])].append(claim)
    for first, some in beside.items():
        free = [day for day in days[first] if not any(_inside(day[0], claim) for claim in some)]
        for claim in some:
            carried = next((at_cue[head.i] for head in _heads(cues[claim.id].root) if head.i in at_cue), None)
            if claim.id not in said and (carried := carried or _of_governing(claim, cues[claim.id], free)):
                said[claim.id] = carried
    return said


def _of_claim(text: str, claim: Claim, cue: Words, days: Sequence[Day], opening: int) -> DateMention | None:
    """Return the date of a claim among days outside its content: tied to its cue, beside it, or to its source."""
    acts = {*range(cue.start, cue.end), *_speaking(claim, cue)}
    found = next((day for day in days if _leads(day[1].root, acts)), None)
    found = found or next((day for day in days if _is_adjacent(text, claim, day[1], opening)), None)
    found = found or next((day for day in days if _opens_with(claim, day[1], cue)), None)
    if found and _is_of_present(text, claim, cue.root, found[1]):
        return None
    if found is None and (document := _document(cue.doc, claim)) is not None:
        found = next((day for day in days if _ends(day[1], claim) or _leads(day[1].root, document)), None)
    return found[0] if found else None


def _of_governing(claim: Claim, cue: Words, days: Sequence[Day]) -> DateMention | None:
    """Return the day of the source's act that a participle accompanies: "the court freed him Monday, saying …"."""
    if cue.root.tag_ != "VBG":
        return None
    acts = [verb.i for verb in _heads(cue.root, _CARRIED | {"ccomp"}) if _is_subject_of(verb, claim)]
    return next((mention for mention, words in days if _leads(words.root, acts)), None)


def _speaking(claim: Claim, cue: Words) -> Iterator[int]:
    """Yield other words for the act: "said Ana Li, speaking at a rally on Monday"."""
    source = words_of(cue.doc, claim.source[0]) if claim.source else None
    for token in (cue.root, *(source or ())):
        yield from (kid.i for kid in token.children if _is_in("speaking", kid))


def _leads(token: Token, acts: Container[int]) -> bool:
    """Return whether a day belongs to one of some words: "said Monday", "said in a speech last week".

    Args:
        token: Root of the day's words.
        acts: Cues, or a document: "a report released Monday".
    """
    is_within = False
    for _ in range(_STEPS):
        head = token.head
        if _is_label(token, head) or (token.dep_ == "prep" and not _is_when(token, is_within=is_within)):
            return False
        if head.i in acts:
            return token.dep_ not in _CLAUSES or _is_in("released", token)
        if not _passes(token, head):
            return False
        is_within = is_within or token.dep_ not in ("pobj", "prep")
        token = head
    return False


def _is_when(preposition: Token, *, is_within: bool) -> bool:
    """Return whether a preposition says when something was said: "in a speech", not "on Monday's speech"."""
    if preposition.lower_ in _ATTACHED:
        return _is_occasion(preposition.head) or _is_in("speaking", preposition.head)
    if preposition.lower_ not in _WHEN:
        return False
    if preposition.lower_ in _WITHIN or not is_within:
        return True
    return any(_is_in("broadcasts", kid) for kid in preposition.children if kid.dep_ == "pobj")


def _passes(token: Token, head: Token) -> bool:
    """Return whether a day that belongs to a word belongs to the word's head as well."""
    if token.dep_ in ("pobj", "prep"):
        return True
    if token.dep_ in _CLAUSES:
        return _is_in("released", token) and _is_occasion(head)
    if token.dep_ in _BESIDE:
        return _is_occasion(head) or _is_in("released", head)
    return token.dep_ == "dobj" and _is_in("released", head)  # "issued New Year's Day"


def _is_label(token: Token, head: Token) -> bool:
    """Return whether a word names a document by its year or month: "a 2019 study", unlike "a Thursday report"."""
    before = token.i < head.i and token.dep_ in _BESIDE and token.dep_ != "poss"
    return before and _is_document(head) and not token.lower_.endswith("day")


def _is_subject_of(verb: Token, claim: Claim) -> bool:
    """Return whether the subject of a verb is in a claim's source."""
    kids = (kid.idx for kid in verb.children if kid.dep_ in _SUBJECTS)
    return any(part.start <= at < part.end for at in kids for part in claim.source)


def _is_in(name: str, token: Token) -> bool:
    """Return whether a word is in a list of `day_words.tsv`."""
    return token.lower_ in word_lists("extract/day_words.tsv")[name]


def _is_occasion(token: Token) -> bool:
    """Return whether a noun is an event or a document in which something is said."""
    return _is_event(token) or _is_document(token)


def _is_event(token: Token) -> bool:
    return _is_in("occasions", token) or _is_in("broadcasts", token)


def _is_document(token: Token) -> bool:
    return token.lower_ in listed("documents") or singular(token.lower_) in listed("documents")


def _document(doc: Doc, claim: Claim) -> tuple[int, ...] | None:
    """Return the head noun of a source that is a document; None for any other source."""
    source = words_of(doc, claim.source[0]) if claim.source else None
    return (source.root.i,) if source is not None and _is_document(source.root) else None


def _ends(day: Words, claim: Claim) -> bool:
    """Return whether a day ends the source: "studies, including one from the institute this week"."""
    head = day.root.head
    return day.end_char == claim.source[0].end and (head.tag_[:1] == "N" or _is_in("released", head))


def _is_adjacent(text: str, claim: Claim, day: Words, opening: int) -> bool:
    """Return whether a day is beside the cue, between cue and source, or opens the sentence before both.

    Args:
        text: The article's text.
        claim: A claim with a cue.
        day: A date in the cue's sentence, outside the claim's content.
        opening: Offset at which that sentence begins.
    """
    cue = claim.cue[0]
    parts = (cue, claim.source[0]) if claim.source else (cue,)
    start, end = day.start_char, day.end_char
    opened = max((part.end for part in parts if part.end <= start), default=opening)
    after = min((part.start for part in parts if part.start >= end), default=None)
    if not _JOINT.fullmatch(text, opened, start) or text.startswith(("'s", "’s"), end):
        return False
    return opened == cue.end or (after is not None and not text[end:after].strip(" ,)\n"))


def _opens_with(claim: Claim, day: Words, cue: Words) -> bool:
    """Return whether the cue's sentence opens with an occasion and its day: "In a letter on Friday, the club said"."""
    doc, first = day.doc, min(part.start for part in (*claim.cue, *claim.source))
    if day.end_char > first:
        return False
    opening = [token for token in doc[cue.sent.start : cue.start] if token.idx < first and not token.is_space]
    if not opening:
        return False
    *phrase, mark = opening
    verbs = [token for token in phrase if token.tag_ in _FINITE and not _is_in("released", token)]
    return (
        bool(phrase)
        and phrase[0].lower_ in _WITHIN
        and mark.text == ","
        and not verbs
        and any(map(_is_occasion, phrase))
    )


def _is_of_present(text: str, claim: Claim, cue: Token, day: Words) -> bool:
    """Return whether a day before a cue in the present is of the content: "Today, officials say the eels are rare"."""
    before = all(part.start >= day.end_char for part in (*claim.cue, *claim.source))
    return before and claim.type == "indirect" and cue.tag_ in ("VBP", "VBZ") and text[day.end_char :].startswith(",")


def _sentences(doc: Doc) -> list[int]:
    """Return the first token of every sentence; spaCy walks the whole article for each sentence it is asked for."""
    return [0, *(i for i, mark in enumerate(doc.to_array("SENT_START").tolist()) if mark == 1)]


def _sentence(sentences: Sequence[int], words: Words) -> int:
    """Return the first token of the sentence in which some words begin."""
    return sentences[bisect_right(sentences, words.start) - 1]


def _is_point(mention: DateMention) -> bool:
    return mention.type in ("DATE", "TIME") and bool(mention.value) and not (mention.value or "").endswith("_REF")


def words_of(doc: Doc, span: Span | None) -> Words | None:
    """Return the words of a span of the text; None without a span."""
    return None if span is None else doc.char_span(span.start, span.end, alignment_mode="expand")


def _inside(mention: DateMention, claim: Claim) -> bool:
    span = mention.span
    return span is not None and any(meet(part, span) for part in claim.content)


def _is_apart(text: str, day: Words, cue: Words) -> bool:
    """Return whether a semicolon separates a day from the cue."""
    return ";" in text[day.end_char : cue.start_char] or ";" in text[cue.end_char : day.start_char]


def _heads(token: Token, deps: frozenset[str] = _CARRIED) -> Iterator[Token]:
    """Yield the verbs a cue shares its date with, from the nearest."""
    while token.dep_ in deps:
        token = token.head
        yield token
