"""Made-up articles of which only the speakers matter, and claims of which only the words do."""

from __future__ import annotations

from typing import Any

from annotate.model import Claim, Record, Span, Speaker, SpeakerKind


def spoken(article: str, *speakers: tuple[str, SpeakerKind]) -> Record:
    """Return an article in which each of some speakers says one word, their own name."""
    text = " ".join(name for name, _ in speakers)
    made, claims, at = [], [], 0
    for i, (name, kind) in enumerate(speakers, 1):
        span = Span(at, at + len(name))
        made.append(Speaker(f"s{i}", name, kind, mentions=(span,)))
        claims.append(Claim(f"c{i}", "indirect", (span,), speaker=f"s{i}", origin="engine:1"))
        at = span.end + 1
    return Record(article, text, speakers=tuple(made), claims=tuple(claims))


def claim_in(marked: str, **fields: Any) -> tuple[str, Claim]:
    """Return a text without its marks and the claim that they make: `[source]`, `{cue}`, `<content>`."""
    places: dict[str, list[Span]] = {"[": [], "{": [], "<": []}
    text = ""
    for char in marked:
        if char in places:
            opened, start = char, len(text)
        elif char in "]}>":
            places[opened].append(Span(start, len(text)))
        else:
            text += char
    content, cue, source = (tuple(places[mark]) for mark in "<{[")
    return text, Claim("c1", "indirect", content, cue=cue, source=source, **fields)
