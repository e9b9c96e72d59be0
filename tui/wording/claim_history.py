"""The history of a claim in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from annotate.model import Claim, Record
from annotate.origin import is_human
from annotate.safe import safe_line
from annotate.store.memory.history import IMPORT, LABEL, NEW_TEXT, REDO, REPLACE, UNDO, HistoryEntry
from tui.text.shorten import shortened
from tui.wording.fields import date_words
from tui.wording.timex_words import MONTHS

_LONG = 60
"""Cells of a value."""
_OF_ARTICLE: Mapping[str, str] = {
    LABEL: "the article was read again",
    IMPORT: "the article was imported",
    NEW_TEXT: "the article got a new text",
    REPLACE: "the article was replaced",
}
_STATUS = {"accepted": "accepted it", "rejected": "rejected it", "suggested": "made it undecided"}
_NAMES = {"content": "words", "addressee": "addressee", "co_speakers": "other speakers"}
_SPANS = ("content", "cue", "source", "addressee")
_PLAIN = ("type", "note", "tags", "negated", "hedged")


class Event(NamedTuple):
    """A time, a person or engine, and their actions then."""

    when: str
    who: str
    done: tuple[str, ...]


def told(entries: Sequence[HistoryEntry], record: Record, claim: Claim, today: dt.date) -> list[Event]:
    """Return the history of a claim, oldest first, safe for the terminal.

    Args:
        entries: The claim's history, with that of its article as a whole.
        record: The article, for the names of speakers and words of dates.
        claim: The claim now.
        today: The day on which it is read, which is named so.
    """
    events = []
    if not is_human(claim.origin):
        first = next((entry for entry in entries if entry.kind is None), None)
        sure = f", {claim.confidence:.0%} sure of the words" if claim.confidence is not None else ""
        events.append(Event(when(first.at, today) if first else "", _who(claim.origin), (f"suggested it{sure}",)))
        entries = [entry for entry in entries if entry is not first]
    for entry in entries:
        done = tuple(_done(entry, record))
        if done:
            undone = {UNDO: "undid: ", REDO: "redid: "}.get(entry.op, "")
            shown = tuple(safe_line(undone + words) for words in done)
            events.append(Event(when(entry.at, today), _who(entry.by), shown))
    return events


def when(at: str, today: dt.date) -> str:
    """Return a time in words, in the time zone of the computer: `3 March 2026, 14:05`; today and yesterday as such."""
    try:
        time = dt.datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError):
        return safe_line(at)[:_LONG]
    days = (today - time.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"{time.day} {MONTHS[time.month - 1]} {time.year}")
    return f"{day}, {time:%H:%M}"


def _who(origin: str) -> str:
    kind, _, name = origin.partition(":")
    name = shortened(safe_line(name), _LONG)
    return name if kind == "human" else f"the engine ({name})" if name else "the engine"


def _done(entry: HistoryEntry, record: Record) -> Iterator[str]:
    """Yield what an entry did to the claim, or what it undid, in words that follow a name."""
    before, after = (entry.after, entry.before) if entry.op == UNDO else (entry.before, entry.after)
    if entry.kind is None:
        yield _OF_ARTICLE.get(entry.op, entry.op)
    elif before is None or after is None:
        yield "made it" if before is None else "took it out again"
    else:
        changes = list(_changes(before, after, record, entry.op))
        yield from changes or (["confirmed the speaker"] if "speaker" in _new(before, after) else ["changed it"])


def _new(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Any]:
    """Return the fields that count as a person's since."""
    known = before.get("edited") or []
    return [name for name in after.get("edited") or [] if name not in known]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], record: Record, op: str) -> Iterator[str]:
    if bool(before.get("deleted")) != bool(after.get("deleted")):
        removed = "merged it into the claim before" if op == "merge" else "removed it"
        yield removed if after.get("deleted") else "brought it back"
    if before.get("status") != after.get("status"):
        yield _STATUS.get(str(after.get("status")), "decided it")
    shown: dict[str, Callable[[Any], str]] = {"speaker": lambda id_: _speaker(id_, record)}
    shown |= {"date": lambda id_: _date(id_, record)}
    shown |= dict.fromkeys(_SPANS, lambda spans: _words(spans, record))
    shown |= dict.fromkeys(_PLAIN, _plain)
    for name, words in shown.items():
        if before.get(name) != after.get(name):
            old, new = (shortened(safe_line(words(item.get(name))), _LONG) for item in (before, after))
            called = _NAMES.get(name, name)
            if old and new:
                yield f"changed {called} from {old} to {new}"
            else:
                yield f"set {called} to {new}" if new else f"removed {called}: {old}"


def _speaker(speaker_id: Any, record: Record) -> str:
    gone = "a speaker no longer there" if speaker_id else ""
    return next((speaker.name for speaker in record.speakers if speaker.id == speaker_id), gone)


def _date(date_id: Any, record: Record) -> str:
    gone = "a date no longer there" if date_id else ""
    return next((date_words(record, date) for date in record.dates if date.id == date_id), gone)


def _words(spans: Any, record: Record) -> str:
    with suppress(TypeError, ValueError):
        words = " … ".join(record.text[start:end] for start, end in spans or ())
        return f"“{words}”" if words else ""
    return "other words"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
