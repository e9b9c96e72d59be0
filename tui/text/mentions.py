"""Words of the article that name speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotate.model import Claim, Record, Speaker
from annotate.spans import Span, meet


def speaker_named_in(record: Record, words: Iterable[Span]) -> Speaker | None:
    """Return the speaker with a mention in some words: the one with most of the words, a named one first."""
    spans = [Span(*span) for span in words]

    def shared(speaker: Speaker) -> int:
        pairs = ((mention, span) for mention in speaker.mentions for span in spans)
        return max((min(m[1], s.end) - max(m[0], s.start) for m, s in pairs), default=0)

    found = [(speaker.kind != "unnamed", shared(speaker), speaker) for speaker in record.speakers]
    named = [(is_named, size, speaker) for is_named, size, speaker in found if size > 0]
    return max(named, key=lambda one: one[:2])[2] if named else None


def source_problem(record: Record, claim: Claim) -> str:
    """Return the reason why a claim's source cannot be right, and the remedy; empty for a possible one."""
    if any(meet(source, content) for source in claim.source for content in claim.content):
        return "overlaps the claim's words: choose another source"
    named = speaker_named_in(record, claim.source) if claim.speaker is not None else None
    if named is not None and named.id != claim.speaker:
        return f"names {named.name}: choose another source or speaker"
    return ""


_PRONOUNS = frozenset({
    "i", "you", "he", "she", "it", "we", "they", "who", "whom", "which", "that", "this", "these", "those",
    "me", "him", "her", "us", "them", "one", "some", "others", "both",
})  # fmt: skip
_ARTICLE = re.compile(r"^(?:the|a|an|his|her|its|their|our|my)\s+", re.IGNORECASE)


def name_in(words: str) -> str | None:
    """Return the name to propose for the words of a source: up to a comma, without an article; None for a pronoun."""
    name = " ".join(re.split(r"[,;(–—]", words, maxsplit=1)[0].split())
    if name.casefold() in _PRONOUNS or not name:
        return None
    return name if name[0].isupper() and not _ARTICLE.match(name) else _ARTICLE.sub("", name)
