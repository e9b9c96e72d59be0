"""A person's edits of a record, as pure functions from a record to a `Change`.

None means that nothing would change. `by` is "human:NAME", `at` the time in ISO format, UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any, Literal, NamedTuple, get_args

from annotate.changes import Change, Edit, apply, joined, last_claim
from annotate.claim_type import claim_type
from annotate.edges import Side, Step, moved
from annotate.model import Claim, DateMention, Record, Review, ReviewState, Speaker, Status
from annotate.origin import is_human
from annotate.spans import (
    Span,
    trimmed,
    union,
)
from annotate.uncertainty import is_guess
from annotate.units import Reading

Part = Literal["content", "cue", "source", "addressee"]
PARTS: tuple[Part, ...] = get_args(Part)


class Actor(NamedTuple):
    """The author and time of a change."""

    by: str
    """human:NAME."""
    at: str
    """ISO time, UTC."""


def of_each(record: Record, claim_ids: Iterable[str], make: Callable[[Record, str], Change | None]) -> Change | None:
    """Make the same change of several claims, one after the other, as one action.

    Args:
        record: The article.
        claim_ids: The claims.
        make: Makes the change of one of them; it is given the article as the changes before have left it.
    """
    changes = []
    for claim_id in claim_ids:
        change = make(record, claim_id)
        if change is not None:
            changes.append(change)
            record = apply(record, change)
    return joined(changes) if changes else None


def decide(record: Record, claim_id: str, status: Status, actor: Actor) -> Change | None:
    """Accept or reject a claim, or make it undecided again; the article is done when nothing is undecided."""
    claim = record.claim(claim_id)
    if claim.status == status:
        return None
    decided_by = None if status == "suggested" else actor.by
    new = replace(claim, status=status, decided_by=decided_by, updated=actor.at)
    return _change(record, _OPS[status], actor, (claim, new))


_OPS: dict[Status, str] = {"accepted": "accept", "rejected": "reject", "suggested": "undecide"}


def set_fields(record: Record, claim_id: str, actor: Actor, **fields: Any) -> Change | None:
    """Set fields of a claim that hold plain values: type, note, tags, negated, hedged."""
    claim = record.claim(claim_id)
    return _change(record, "+".join(fields), actor, (claim, _edited(claim, actor, **fields)))


def restore(record: Record, before: Claim, field: str, actor: Actor) -> Change | None:
    """Restore an earlier value of a claim's field, as the engine's again if no person had changed it then."""
    claim = record.claim(before.id)
    edited = tuple(name for name in claim.edited if name != field or name in before.edited)
    after = replace(claim, **{field: getattr(before, field)}, edited=edited)
    return _change(record, field, actor, (claim, replace(after, updated=actor.at))) if after != claim else None


def assign_speaker(record: Record, claim_id: str, name: str | None, actor: Actor) -> Change | None:
    """Assign a claim to the speaker of a name, created if the article has none; None removes the speaker.

    Assigning the engine's guess again confirms it.
    """
    claim = record.claim(claim_id)
    after, extra = _with_speaker(record, claim, name, actor)
    if after is claim and is_guess(claim):
        after = replace(claim, edited=(*claim.edited, "speaker"), updated=actor.at)
    return _change(record, "speaker", actor, (claim, after), extra=extra)


def attribute(record: Record, claim_id: str, source: Iterable[Span], name: str | None, actor: Actor) -> Change | None:
    """Set the source of a claim together with its speaker, as `set_part` and `assign_speaker` do."""
    claim = record.claim(claim_id)
    sourced = _with_part(record, claim, "source", source, actor)
    after, extra = _with_speaker(record, sourced, name, actor)
    return _change(record, "source", actor, (claim, after), extra=extra)


def rename_speaker(record: Record, speaker_id: str, name: str, actor: Actor) -> Change | None:
    """Rename a speaker; every claim follows, and labelling again leaves the name alone."""
    speaker = record.speaker(speaker_id)
    name = " ".join(name.split())
    if speaker is None or not name or speaker.name == name:
        return None
    after = replace(speaker, name=name, extra={**speaker.extra, "edited": ["name"]})
    return _change(record, "rename speaker", actor, extra=(Edit("speaker", speaker, after),))


def assign_date(record: Record, claim_id: str, date: DateMention | str | None, actor: Actor) -> Change | None:
    """Set the date on which a claim was said: a date of the article by id, a typed one, or none.

    A `DateMention` without an id of the record is added to it as the person's own.
    """
    claim = record.claim(claim_id)
    if not isinstance(date, DateMention):
        return _change(record, "date", actor, (claim, _edited(claim, actor, date=date)))
    new = replace(date, id=free_id("d", record.dates), status="accepted", origin=actor.by)
    after = _edited(claim, actor, date=new.id)
    return _change(record, "date", actor, (claim, after), extra=(Edit("date", None, new),))


def date_of_words(record: Record, span: Span) -> DateMention:
    """Return the date that words of the article express; its value is None if they cannot be resolved."""
    from annotate.dates import resolve  # its word lists are read when a person comes to dates, not before

    found = resolve(record.text[span.start : span.end], record.date)
    return replace(found or DateMention("", None, None, "DATE", None), start=span.start, end=span.end)


def new_claim(
    record: Record, spans: Iterable[Span], actor: Actor, reading: Reading | None = None, speaker: str | None = None
) -> Change | None:
    """Create a claim, accepted, from words that a person selected.

    Args:
        record: The article.
        spans: The content.
        actor: The person and the time.
        reading: Cue, source and flags, if the person took them.
        speaker: Name of the speaker.
    """
    content = _clean(record, spans)
    if not content:
        return None
    kind = claim_type(record.text, record.quotes, content)
    claim = Claim(
        next_claim_id(record), kind, content,
        status="accepted", decided_by=actor.by, origin=actor.by, updated=actor.at,
    )  # fmt: skip
    if reading is not None:
        source = _clean(record, [reading.source] if reading.source is not None else ())
        claim = replace(claim, cue=(reading.cue,), source=source, negated=reading.negated, hedged=reading.hedged)
    said, extra = _with_speaker(record, claim, speaker, actor)
    return _change(record, "new claim", actor, (None, replace(said, edited=())), extra=extra)


def delete(record: Record, claim_id: str, actor: Actor) -> Change | None:
    """Delete a claim from lists and exports; a tombstone stops the engine from suggesting it again."""
    claim = record.claim(claim_id)
    return _change(record, "delete", actor, (claim, replace(claim, deleted=True, updated=actor.at)))


def merge(record: Record, claim_id: str, next_id: str, actor: Actor) -> Change | None:
    """Append another claim's content, notes and tags to a claim, which keeps its own speaker, cue and source."""
    claim, other = record.claim(claim_id), record.claim(next_id)
    merged = _with_part(record, claim, "content", (*claim.content, *other.content), actor)
    note = "; ".join(filter(None, dict.fromkeys((claim.note, other.note))))
    merged = _edited(merged, actor, note=note, tags=tuple(dict.fromkeys((*claim.tags, *other.tags))))
    return _change(record, "merge", actor, (claim, merged), (other, replace(other, deleted=True, updated=actor.at)))


def split(record: Record, claim_id: str, offset: int | None, actor: Actor) -> Change | None:
    """Split a claim between its fragments, or, where it has one, at an offset inside it.

    The second part becomes a claim of its own with the same speaker, cue, source and date. None too when a part would
    have no word.
    """
    claim = record.claim(claim_id)
    if len(claim.content) > 1:
        first, second = claim.content[:1], claim.content[1:]
    elif offset is not None and claim.content and claim.content[0].start < offset < claim.content[0].end:
        start, end = claim.content[0]
        first, second = _clean(record, [Span(start, offset)]), _clean(record, [Span(offset, end)])
    else:
        return None
    if not _has_word(record.text, first) or not _has_word(record.text, second):
        return None
    kept = _with_part(record, claim, "content", first, actor)
    made = replace(
        _with_part(record, claim, "content", second, actor),
        id=next_claim_id(record), origin=actor.by, edited=(), confidence=None, checkworthy=None,
    )  # fmt: skip
    return _change(record, "split", actor, (claim, kept), (None, made))


def set_part(record: Record, claim_id: str, part: Part, spans: Iterable[Span], actor: Actor) -> Change | None:
    """Set the words of one part of a claim; no words remove the part (content must keep some)."""
    claim = record.claim(claim_id)
    after = _with_part(record, claim, part, spans, actor)
    return None if part == "content" and not after.content else _change(record, part, actor, (claim, after))


def add_fragment(record: Record, claim_id: str, span: Span, actor: Actor) -> Change | None:
    """Add one more fragment to a claim's content."""
    return set_part(record, claim_id, "content", (*record.claim(claim_id).content, span), actor)


def remove_fragment(record: Record, claim_id: str, part: Part, index: int, actor: Actor) -> Change | None:
    """Remove one fragment from a part of a claim."""
    spans = getattr(record.claim(claim_id), part)
    return set_part(record, claim_id, part, spans[:index] + spans[index + 1 :], actor)


def move_edge(
    record: Record,
    claim_id: str,
    part: Part | Literal["date"],
    index: int,
    side: Side,
    step: Step,
    actor: Actor,
    times: int = 1,
) -> Change | None:
    """Move one end of a span by a number of words, as far as it can; punctuation of no word is passed over."""
    claim = record.claim(claim_id)
    if part == "date":
        return _move_date(record, record.date_mention(claim.date), side, step, actor, times)
    spans: tuple[Span, ...] = getattr(claim, part)
    if index >= len(spans) or (span := moved(record.text, spans[index], side, step, times)) is None:
        return None
    return set_part(record, claim_id, part, (*spans[:index], span, *spans[index + 1 :]), actor)


def set_article_date(record: Record, date: str | None, actor: Actor) -> Change | None:
    """Set the article's publication date and resolve its dates again; those a person decided stay."""
    if date == record.date:
        return None
    from annotate.dates import find_dates

    found = {d.span: d for d in find_dates(record.text, record.blocks, date)}
    edits: list[Edit] = [Edit("article", {"date": record.date}, {"date": date})]
    for old in record.dates:
        new = found.get(old.span)
        if new is None or is_human(old.origin):
            continue
        after = replace(new, id=old.id, status=old.status, origin=old.origin, extra=old.extra)
        if after != old:
            edits.append(Edit("date", old, after))
    return Change(record.id, "article date", (*edits, *_review(record, "in_progress", actor)))


def correct_date(record: Record, date_id: str, meant: DateMention | None, actor: Actor) -> Change | None:
    """Correct the meaning of a date expression, or mark it as no date, which removes it from its claims.

    Args:
        record: The article.
        date_id: The date.
        meant: Type and value as a person typed them; None where it is no date.
        actor: The author of the correction.
    """
    old = record.date_mention(date_id)
    assert old is not None
    said_then: list[Claim] = []
    if meant is None:
        after = replace(old, status="rejected", origin=actor.by)
        said_then = [claim for claim in record.claims if claim.date == date_id and not claim.deleted]
    else:
        after = replace(meant, id=old.id, start=old.start, end=old.end, extra=old.extra)
        after = replace(after, status="accepted", origin=actor.by)
    if replace(after, origin=old.origin) == old:
        return None
    claims = ((claim, _edited(claim, actor, date=None)) for claim in said_then)
    return _change(record, "correct date", actor, *claims, extra=(Edit("date", old, after),))


def set_state(record: Record, state: ReviewState, actor: Actor) -> Change | None:
    """Set the review state of the article."""
    edits = _review(record, state, actor)
    return Change(record.id, "done" if state == "done" else "reopen", edits) if edits else None


def next_claim_id(record: Record) -> str:
    """Return a new claim id, never used in the article before."""
    return f"c{last_claim(record) + 1}"


def _change(
    record: Record, op: str, actor: Actor, *claims: tuple[Claim | None, Claim], extra: tuple[Edit, ...] = ()
) -> Change | None:
    edits = tuple(Edit("claim", before, after) for before, after in claims if before != after)
    if not edits and not extra:
        return None
    after = {claim.id: claim for _, claim in claims}
    # Before the engine has read it, nobody knows what there is to decide.
    # From the end, as people decide from the top: the first one looked at is mostly open.
    others = (claim for claim in reversed(record.claims) if claim.id not in after)
    left = not record.blocks or any(map(_open, chain(after.values(), others)))
    return Change(record.id, op, (*extra, *edits, *_review(record, "in_progress" if left else "done", actor)))


def _open(claim: Claim) -> bool:
    return claim.status == "suggested" and not claim.deleted


def _review(record: Record, state: ReviewState, actor: Actor) -> tuple[Edit, ...]:
    if record.review.state == state:
        return ()
    after = Review(state, actor.by, actor.at, record.review.extra)
    return (Edit("article", {"review": record.review}, {"review": after}),)


def _edited(claim: Claim, actor: Actor, **fields: Any) -> Claim:
    changed = [name for name, value in fields.items() if getattr(claim, name) != value]
    if not changed:
        return claim
    edited = (*claim.edited, *(name for name in changed if name not in claim.edited))
    return replace(claim, **fields, edited=edited, updated=actor.at)


def _with_part(record: Record, claim: Claim, part: Part, spans: Iterable[Span], actor: Actor) -> Claim:
    cleaned = _clean(record, spans)
    fields: dict[str, Any] = {part: cleaned}
    by_marks = claim.type == claim_type(record.text, record.quotes, claim.content)
    if part == "content" and cleaned and by_marks:  # else a person said what it is
        fields["type"] = claim_type(record.text, record.quotes, cleaned)
    return _edited(claim, actor, **fields)


def _with_speaker(record: Record, claim: Claim, name: str | None, actor: Actor) -> tuple[Claim, tuple[Edit, ...]]:
    """Return a claim with the speaker of a name, none without one, and the edit that adds a new speaker."""
    name = " ".join((name or "").split())
    if not name:
        return _edited(claim, actor, speaker=None), ()
    known = next((s for s in record.speakers if s.name.casefold() == name.casefold()), None)
    speaker = known or Speaker(free_id("s", record.speakers), name, mentions=claim.source)
    return _edited(claim, actor, speaker=speaker.id), () if known else (Edit("speaker", None, speaker),)


def _clean(record: Record, spans: Iterable[Span]) -> tuple[Span, ...]:
    return union(span for raw in spans if (span := trimmed(record.text, raw)))


def _has_word(text: str, spans: Iterable[Span]) -> bool:
    return any(char.isalnum() for start, end in spans for char in text[start:end])


def _move_date(
    record: Record, date: DateMention | None, side: Side, step: Step, actor: Actor, times: int
) -> Change | None:
    if date is None or date.span is None or (span := moved(record.text, date.span, side, step, times)) is None:
        return None
    after = replace(date_of_words(record, span), id=date.id, status="accepted", origin=actor.by, extra=date.extra)
    return Change(record.id, "date", (Edit("date", date, after), *_review(record, "in_progress", actor)))


def free_id(letter: str, items: Iterable[Any]) -> str:
    """Return an id not used by the given speakers or dates."""
    return f"{letter}{_highest(letter, items) + 1}"


def _highest(letter: str, items: Iterable[Any]) -> int:
    numbers = (item.id.removeprefix(letter) for item in items)
    return max((int(n) for n in numbers if n.isascii() and n.isdigit()), default=0)
