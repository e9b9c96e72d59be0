"""An article, its claims and their paragraphs as plain lines, each with its label."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.language import ENGLISH
from annotate.model import Claim, Record
from annotate.plural import count
from annotate.safe import safe_line
from annotate.spans import meet
from annotate.uncertainty import is_guess
from tui.session.session import Session
from tui.text.date_offsets import DateOffsets
from tui.wording.claim_rows import ClaimRow, fields_of
from tui.wording.status_line import title


def article_lines(session: Session, record: Record) -> Iterator[str]:
    """Yield the title, date and counts of the open article."""
    place = f"Article {session.index + 1} of {len(session.entries)}: " if len(session.entries) > 1 else "Article: "
    yield safe_line(place + title(record))
    yield safe_line(f"Published: {record.date or 'no date'}")
    if record.language != ENGLISH:
        yield safe_line(f"Language: {record.language}; the engine reads English only")
    claims = record.live_claims()
    decided = sum(claim.status != "suggested" for claim in claims)
    yield f"{count(len(claims), 'claim')}, {decided} decided{'; the article is done' if is_done(record) else ''}"


def is_done(record: Record) -> bool:
    """Return True if an article is marked done."""
    return record.review.state == "done"


def claim_lines(record: Record, claim: Claim) -> Iterator[str]:
    """Yield a claim: number and status, speaker, cue, words and date, then its other fields."""
    claims = record.live_claims()
    number = next(i for i, one in enumerate(claims, 1) if one.id == claim.id)
    dates = DateOffsets()
    dates.take(record.dates)
    inside = tuple(date for span in claim.content for date in dates.within(span))
    speaker, date = record.speaker(claim.speaker), record.date_mention(claim.date)
    row = ClaimRow(number, claim, speaker, date, record.text, inside)
    fields = dict(fields_of(row))
    described = ", ".join(filter(None, (row.who, fields.pop("speaker", ""), "a guess" if is_guess(claim) else "")))
    yield f"Claim {number} of {len(claims)}: {claim.status}, {claim.type}"
    yield f"Speaker: {described}"
    yield f"Cue: {fields.pop('cue', 'none')}"
    yield f"Words: {row.content}"
    yield f"Date: {fields.pop('date', 'none')}"
    for label, words in fields.items():
        yield f"{label.capitalize()}: {words}"


def context_lines(record: Record, claim: Claim) -> Iterator[str]:
    """Yield the paragraphs that contain the words of a claim."""
    spans = (*claim.content, *claim.cue, *claim.source)
    for block in record.blocks:
        if any(meet(span, (block.start, block.end)) for span in spans):
            yield safe_line(record.text[block.start : block.end])
