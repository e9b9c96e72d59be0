"""The fields of a claim: display, checks while typing, and changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, TypeVar

from annotate import edit
from annotate.changes import Change
from annotate.edit import Actor
from annotate.model import CLAIM_TYPES, Claim, ClaimType, DateMention, Record, Speaker, SpeakerKind
from annotate.spans import Span
from tui.wording.speaker_choices import speaker_choices
from tui.wording.timex_words import in_words

Word = TypeVar("Word", bound=str)


class Verdict(NamedTuple):
    """The verdict beside a field while the user types."""

    says: str = ""
    ok: bool = True


class Field(NamedTuple):
    """One field of a claim."""

    name: str
    hint: str
    """Hint in an empty field, which cannot be mistaken for a value."""
    value: Callable[[Record, Claim], str]
    check: Callable[[Record, Claim, str], Verdict]
    change: Callable[[Record, Claim, str, Actor], Change | None]
    """Makes the change for a checked value; None if it changes nothing."""
    candidates: Callable[[Record, Claim], Sequence[str]] = lambda _record, _claim: ()
    """Values to choose from, the most likely first."""
    several_lines: bool = False
    """True if the value may have several lines."""
    is_choice: bool = False
    """True if no other values are allowed: then typed text replaces the present value."""

    def restore(self, record: Record, claim: Claim, before: Claim, value: str, actor: Actor) -> Change | None:
        """Make the change that restores a field from an earlier claim, or its value if its date or speaker is gone.

        A value alone may be ambiguous: two speakers of one name, a nearer Tuesday.
        """
        then = replace(claim, **{self.name: getattr(before, self.name)})
        if self.value(record, then) == value:
            return edit.restore(record, before, self.name, actor)
        return self.change(record, claim, value, actor)


# ---------------------------------------------------------------------- speaker


def speaker_name(record: Record, claim: Claim) -> str:
    """Return the name of a claim's speaker; empty without one."""
    speaker = record.speaker(claim.speaker)
    return speaker.name if speaker else ""


_KINDS: dict[SpeakerKind, str] = {
    "person": "a person", "organisation": "an organisation", "place": "a place", "group": "a group",
    "document": "a document", "unnamed": "no name given", "unknown": "of unknown kind",
}  # fmt: skip


def who(speaker: Speaker) -> str:
    """Return kind and description of a speaker."""
    return ", ".join(filter(None, (_KINDS[speaker.kind], speaker.description)))


def _check_speaker(record: Record, _claim: Claim, value: str) -> Verdict:
    name = " ".join(value.split())
    known = next((s for s in record.speakers if s.name.casefold() == name.casefold()), None)
    if not name:
        return Verdict()
    return Verdict((known.description or who(known)) if known else "new speaker")


# ---------------------------------------------------------------------- type


def _check_type(_record: Record, _claim: Claim, value: str) -> Verdict:
    kind = claim_type(value)
    return Verdict("" if kind == value else kind) if kind else Verdict("direct, indirect or mixed", ok=False)


def claim_type(value: str) -> ClaimType | None:
    """Return the type that begins with the typed text."""
    return _beginning_with(value, CLAIM_TYPES)


def _beginning_with(value: str, words: Sequence[Word]) -> Word | None:
    typed = value.strip().casefold()
    return next((word for word in words if typed and word.startswith(typed)), None)


# ---------------------------------------------------------------------- date

DATE_HINT = "e.g. 2025-03-19 or last Monday"


def date_words(record: Record, date: DateMention | None) -> str:
    """Return a date as the user would type it: its words in the text, else its value."""
    if date is None:
        return ""
    return record.words((date.span,)) if date.span else date.value or ""


def _known_date(record: Record, claim: Claim, value: str) -> DateMention | None:
    """Return the article's date for a typed value: the claim's own, else the nearest with these words or this value."""
    typed = value.strip().casefold()
    current = record.date_mention(claim.date)
    if current is not None and date_words(record, current).casefold() == typed:
        return current
    named = [d for d in record.dates if typed in (date_words(record, d).casefold(), (d.value or "").casefold())]
    return min(named, key=lambda d: abs((d.start if d.start is not None else 0) - claim.start), default=None)


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TWO_ORDERS = re.compile(r"(0?[1-9]|1[0-2])([/.])(0?[1-9]|1[0-2])\2\d+")


def date_meaning(date: DateMention, typed: str) -> str:
    """Return the value of a date as a verdict, with the weekday of a day.

    Args:
        date: The date.
        typed: Its words; if day and month could be swapped, the verdict says which order was used.
    """
    if date.value is None:
        return "a date without a value"
    try:
        day = dt.date.fromisoformat(date.value[:10] if _DAY.match(date.value) else "")
    except ValueError:  # not a day, or not in the calendar: 2025-02-30, a day before year 1
        words = in_words(date.value)
        return f"= {words} ({date.value})" if words else f"= {date.value}"
    numbers = _TWO_ORDERS.fullmatch(typed.strip())
    if numbers is None or day.day == day.month:
        return f"= {date.value} {day:%a}"
    order = "month first" if int(numbers[1]) == day.month else "day first"
    return f"= {day.day} {day:%B %Y} ({order})"


def _resolved(record: Record, value: str) -> DateMention | None:
    from annotate.dates import resolve  # deferred: it reads word lists, needed only for editing dates

    return resolve(value.strip(), record.date)


def _check_date(record: Record, claim: Claim, value: str) -> Verdict:
    if not value.strip():
        return Verdict()
    found = _known_date(record, claim, value) or _resolved(record, value)
    return Verdict(date_meaning(found, value)) if found else Verdict("not a date", ok=False)


def _change_date(record: Record, claim: Claim, value: str, actor: Actor) -> Change | None:
    if not value.strip():
        return edit.assign_date(record, claim.id, None, actor)
    known = _known_date(record, claim, value)
    return edit.assign_date(record, claim.id, known.id if known else _resolved(record, value), actor)


def dates(record: Record, claim: Claim) -> Sequence[str]:
    """Return the words of the article's dates, the nearest to the claim first."""
    placed = sorted((d for d in record.dates if d.start is not None), key=lambda d: abs((d.start or 0) - claim.start))
    return list(dict.fromkeys(date_words(record, d) for d in placed if d.type in {"DATE", "TIME"}))


# ---------------------------------------------------------------------- addressee


def _find_words(record: Record, claim: Claim, value: str) -> tuple[Span, ...]:
    """Return the span of typed words nearest to the claim; empty if they are not in the text."""
    words = value.split()
    if not words:
        return ()
    if value == record.words(claim.addressee):
        return claim.addressee
    places = re.finditer(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", record.text, re.IGNORECASE)
    spans = [Span(*found.span()) for found in places]
    return tuple(sorted(spans, key=lambda s: abs(s.start - claim.start))[:1])


def _check_addressee(record: Record, claim: Claim, value: str) -> Verdict:
    if not value.strip():
        return Verdict()
    return Verdict("in the text") if _find_words(record, claim, value) else Verdict("not in the text", ok=False)


def _change_addressee(record: Record, claim: Claim, value: str, actor: Actor) -> Change | None:
    return edit.set_part(record, claim.id, "addressee", _find_words(record, claim, value), actor)


# ---------------------------------------------------------------------- negated and hedged

_YES_NO = ("no", "yes")


def _flag(name: Literal["negated", "hedged"], says: str) -> Field:
    """Return a yes-or-no field.

    Args:
        name: The claim's field.
        says: An article's words that call for “yes”.
    """

    def check(_record: Record, _claim: Claim, value: str) -> Verdict:
        kind = _beginning_with(value, _YES_NO)
        if kind is None:
            return Verdict("type yes or no", ok=False)
        return Verdict(f"yes if {says}" if kind == value else kind)

    def change(record: Record, claim: Claim, value: str, actor: Actor) -> Change | None:
        return edit.set_fields(record, claim.id, actor, **{name: _beginning_with(value, _YES_NO) == "yes"})

    return Field(
        name, "yes or no", lambda _record, claim: _YES_NO[getattr(claim, name)], check, change,
        lambda _record, _claim: _YES_NO, is_choice=True,
    )  # fmt: skip


# ---------------------------------------------------------------------- note and tags


def _check_note(_record: Record, _claim: Claim, value: str) -> Verdict:
    lines = len(value.strip().splitlines())
    return Verdict(f"{lines} lines" if lines > 1 else "")


def tags(value: str) -> tuple[str, ...]:
    """Return the tags in typed text, which commas part."""
    return tuple(dict.fromkeys(tag for part in value.split(",") if (tag := " ".join(part.split()))))


FIELDS: tuple[Field, ...] = (
    Field(
        "speaker", "type a name", speaker_name, _check_speaker,
        lambda record, claim, value, actor: edit.assign_speaker(record, claim.id, value, actor), speaker_choices,
    ),
    Field(
        "type", "choose one", lambda _record, claim: claim.type, _check_type,
        lambda record, claim, value, actor: edit.set_fields(record, claim.id, actor, type=claim_type(value)),
        lambda _record, _claim: CLAIM_TYPES, is_choice=True,
    ),
    Field(
        "date", "e.g. last Monday", lambda record, claim: date_words(
            record, record.date_mention(claim.date)), _check_date, _change_date, dates,
    ),
    Field(
        "addressee", "who was told", lambda record, claim: record.words(claim.addressee),
        _check_addressee, _change_addressee,
    ),
    Field(
        "note", "for yourself", lambda _record, claim: claim.note, _check_note,
        lambda record, claim, value, actor: edit.set_fields(record, claim.id, actor, note=value.strip()),
        several_lines=True,
    ),
    Field(
        "tags", "e.g. budget", lambda _record, claim: ", ".join(claim.tags),
        lambda _record, _claim, value: Verdict(f"{len(tags(value))} tags" if "," in value else ""),
        lambda record, claim, value, actor: edit.set_fields(record, claim.id, actor, tags=tags(value)),
    ),
    _flag("negated", "“denied”"),
    _flag("hedged", "“reportedly”"),
)  # fmt: skip
"""All fields, in the order of the form."""


def field(name: str) -> Field:
    """Return a field by its name."""
    return next(f for f in FIELDS if f.name == name)
