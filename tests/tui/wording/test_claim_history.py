"""A claim's history in words."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotate.model import Claim, DateMention, Record, Speaker
from annotate.spans import Span
from annotate.store.memory.history import HistoryEntry
from tui.wording.claim_history import Event, told, when

TEXT = "The mill is shut, Ada Orr said on Friday."
CLAIM = Claim(
    "c1", "indirect", (Span(0, 16),), (Span(26, 30),), (Span(18, 25),), confidence=0.9, origin="engine:learned-2"
)
RECORD = Record(
    "mill", TEXT,
    speakers=(Speaker("s1", "Ada Orr"), Speaker("s2", "Bo Lind")),
    dates=(DateMention("d1", 34, 40, "DATE", "2031-05-09"),), claims=(CLAIM,),
)  # fmt: skip
TODAY = dt.date(2031, 5, 12)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def entry(op: str, before: Claim | None, after: Claim | None, by: str = "human:ada", **more: Any) -> HistoryEntry:
    old, new = (None if claim is None else claim.to_dict() for claim in (before, after))
    return HistoryEntry(2, "2031-05-11T09:05:00Z", by, "mill", 2, op, "claim", old, new)._replace(**more)


LABEL = HistoryEntry(1, "2031-03-02T14:00:00Z", "engine:learned-2", "mill", 1, "label", None, None, {"claims": 1})


def done(*entries: HistoryEntry) -> list[tuple[str, ...]]:
    """Return what was done, without the suggestion."""
    return [event.done for event in told((LABEL, *entries), RECORD, CLAIM, TODAY)[1:]]


def test_it_begins_with_the_suggestion_and_goes_on_in_order() -> None:
    spoken = replace(CLAIM, speaker="s1", edited=("speaker",))
    accepted = replace(spoken, status="accepted", decided_by="human:bo")
    accept = entry("accept", spoken, accepted, "human:bo", at="2031-05-12T08:00:00Z")
    events = told((LABEL, entry("speaker", CLAIM, spoken), accept), RECORD, accepted, TODAY)
    assert events == [
        Event("2 March 2031, 14:00", "the engine (learned-2)", ("suggested it, 90% sure of the words",)),
        Event("yesterday, 09:05", "ada", ("set speaker to Ada Orr",)),
        Event("today, 08:00", "bo", ("accepted it",)),
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ({"speaker": "s1"}, {"speaker": "s2"}, "changed speaker from Ada Orr to Bo Lind"),
        ({"speaker": "s1"}, {"speaker": None}, "removed speaker: Ada Orr"),
        ({"speaker": "s9"}, {"speaker": "s1"}, "changed speaker from a speaker no longer there to Ada Orr"),
        ({}, {"edited": ("speaker",)}, "confirmed the speaker"),
        ({}, {"status": "rejected"}, "rejected it"),
        ({"status": "accepted"}, {"status": "suggested"}, "made it undecided"),
        ({}, {"deleted": True}, "removed it"),
        ({"deleted": True}, {}, "brought it back"),
        ({}, {"type": "mixed"}, "changed type from indirect to mixed"),
        ({}, {"tags": ("a", "b")}, "set tags to a, b"),
        ({"note": "old"}, {"note": "new"}, "changed note from old to new"),
        ({}, {"hedged": True}, "changed hedged from no to yes"),
        ({}, {"date": "d1"}, "set date to Friday"),
        ({}, {"content": (Span(4, 16),)}, "changed words from “The mill is shut” to “mill is shut”"),
        ({}, {"source": ()}, "removed source: “Ada Orr”"),
        ({}, {"note": "\x1b[31mred\u202e\nline"}, "set note to ␛[31mred\N{REPLACEMENT CHARACTER} line"),
        ({}, {"note": "long " * 50}, "set note to " + "long " * 11 + "long…"),
    ],
)
def test_a_change_is_told_in_words(before: dict[str, Any], after: dict[str, Any], says: str) -> None:
    old = replace(CLAIM, **before)
    assert done(entry("x", old, replace(CLAIM, **after))) == [(says,)]


def test_undo_and_redo_are_told_as_such() -> None:
    accepted = replace(CLAIM, status="accepted")
    undo, redo = entry("undo", accepted, CLAIM, of=2), entry("redo", CLAIM, accepted, of=2)
    assert done(undo, redo) == [("undid: accepted it",), ("redid: accepted it",)]


def test_a_claim_of_a_person_begins_with_who_made_it() -> None:
    mine = replace(CLAIM, origin="human:ada\x1b[2J")
    events = told((LABEL, entry("new claim", None, mine, "human:ada\x1b[2J")), RECORD, mine, TODAY)
    assert [(event.who, event.done) for event in events] == [
        ("the engine (learned-2)", ("the article was read again",)),
        ("ada␛[2J", ("made it",)),
    ]


def test_a_claim_that_was_merged_away_says_so() -> None:
    assert done(entry("merge", CLAIM, replace(CLAIM, deleted=True))) == [("merged it into the claim before",)]


def test_a_claim_without_any_history_was_still_suggested() -> None:
    assert told((), RECORD, CLAIM, TODAY) == [
        Event("", "the engine (learned-2)", ("suggested it, 90% sure of the words",))
    ]


@pytest.mark.parametrize("at", ["soon", "9999-12-31T23:59:59Z", "\x1b"])
def test_a_strange_time_is_shown_harmless(at: str) -> None:
    assert "\x1b" not in when(at, TODAY)
