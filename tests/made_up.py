"""Made-up articles of which only the speakers matter."""

from __future__ import annotations

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
