"""The state of the review, without a running app."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import edit
from annotate.changes import Change, apply
from annotate.edit import Actor
from annotate.model import Claim, DateMention, Record, Speaker
from annotate.spans import Span
from tui.screens.review.state import CONTENT, ReviewState
from tui.wording.filters import ALL, ORDERS, with_words

TEXT = "The gate is shut, Ana Brell said on Monday.\n\nThe lock is new, Ivo Tann told her. Nobody laughed.\n"
ACTOR = Actor("human:eva", "2031-05-06T08:00:00Z")


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


RECORD = Record(
    "gate",
    TEXT,
    speakers=(Speaker("s1", "Ana Brell", "person"), Speaker("s2", "Ivo Tann", "person")),
    dates=(DateMention("d1", *span("Monday"), "DATE", "2031-05-05"),),
    claims=(
        Claim("c1", "indirect", (span("The gate is shut"),), (span("said"),), speaker="s1", date="d1", confidence=0.9),
        Claim("c2", "indirect", (span("The lock is new"),), (span("told"),), speaker="s2", confidence=0.4),
        Claim("c3", "indirect", (span("Nobody laughed"),), status="accepted", confidence=0.7),
    ),
)


@dataclass
class Open:
    """An open article, as a sitting holds it."""

    record: Record | None

    def do(self, change: Change | None) -> Change:
        assert change is not None
        assert self.record is not None
        self.record = apply(self.record, change)
        return change


@pytest.fixture
def sitting() -> Open:
    return Open(RECORD)


@pytest.fixture
def state(sitting: Open) -> ReviewState:
    state = ReviewState(sitting)
    state.list_claims()
    return state


def test_without_an_article_there_is_nothing() -> None:
    state = ReviewState(Open(None))
    assert state.list_claims() == []
    assert (state.claim, state.row, state.next_undecided(0), state.parts()) == (None, 0, None, [])
    assert (state.claim_around(0), state.date_at(0), state.word(0), state.match) == (None, None, None, None)
    state.search("gate", 0)
    assert state.mode == "reviewing"


def test_the_first_listed_claim_is_current_until_another_is(state: ReviewState) -> None:
    assert state.listed == ["c1", "c2", "c3"]
    assert state.claim_id == "c1"
    state.claim_id = "c2"
    state.filter = with_words("new")
    state.list_claims()
    assert (state.claim_id, state.row) == ("c2", 0)
    state.filter = with_words("shut")
    state.list_claims()
    assert state.claim_id == "c1"
    assert not state.lists("c2")


def test_the_order_decides_the_rows(state: ReviewState) -> None:
    state.order = ORDERS[1]
    assert [claim.id for claim in state.list_claims()] == ["c2", "c1", "c3"]
    assert (state.claim_id, state.row) == ("c1", 1)


def test_the_next_undecided_claim_is_looked_for_from_the_top_again(state: ReviewState) -> None:
    assert [state.next_undecided(row) for row in range(4)] == ["c1", "c2", "c1", "c1"]


def test_the_current_claim_follows_every_edit(state: ReviewState, sitting: Open) -> None:
    state.take(sitting.do(edit.decide(RECORD, "c1", "accepted", ACTOR)))
    assert state.claim is not None
    assert state.claim.status == "accepted"
    assert state.next_undecided(0) == "c2"


def test_a_claim_is_found_by_an_offset_in_its_content_while_it_is_listed(state: ReviewState) -> None:
    lock = span("lock").start
    assert state.claim_around(lock) == "c2"
    assert state.claim_around(span("Ivo").start) is None
    state.filter = with_words("gate")
    state.list_claims()
    assert state.claim_around(lock) is None


def test_of_several_claims_around_an_offset_the_current_one_is_taken_else_the_shortest(sitting: Open) -> None:
    longer = Claim("c4", "indirect", (span("The lock is new, Ivo Tann told her"),))
    sitting.record = replace(RECORD, claims=(*RECORD.claims, longer))
    state = ReviewState(sitting)
    state.list_claims()
    assert state.claim_around(span("lock").start) == "c2"
    state.claim_id = "c4"
    assert state.claim_around(span("lock").start) == "c4"


def test_the_parts_are_the_spans_that_there_are(state: ReviewState) -> None:
    assert state.parts() == [CONTENT, ("cue", 0), ("date", 0)]
    state.claim_id = "c3"
    assert state.parts() == [CONTENT]


def test_the_paragraph_of_a_part_is_that_of_its_end(state: ReviewState) -> None:
    state.claim_id = "c2"
    found = state.paragraph_of_part("end")
    assert found is not None
    assert TEXT[found.start : found.end] == "The lock is new, Ivo Tann told her. Nobody laughed."
    state.part = ("source", 0)
    assert state.paragraph_of_part("start") is None


def test_a_search_begins_at_the_cursor_and_ends_with_the_modes(state: ReviewState) -> None:
    state.search("the", span("shut").start)
    assert [TEXT[s:e] for s, e in state.matches] == ["The", "The"]
    assert state.match == state.matches[1]
    modes = [state.mode]
    assert state.select(Span(0, 8))
    modes.append(state.mode)
    state.leave_modes()
    assert [*modes, state.mode] == ["matches", "selecting", "reviewing"]


def test_a_motion_starts_at_the_cursor_or_at_the_end_of_the_selection(state: ReviewState) -> None:
    assert state.word(span("gate").start) == span("gate")
    state.select(span("The gate is"))
    assert state.word(0) == Span(span("is").start, span("is").end)


def test_dates_are_found_at_and_beside_an_offset(state: ReviewState) -> None:
    monday = RECORD.dates[0]
    assert state.date_at(span("Monday").start + 2) == monday
    assert state.date_at(0) is None
    assert state.place_beside("date", 0, 1) == monday.span
    assert state.place_beside("date", 0, -1) is None
    assert state.place_beside("date", len(TEXT), -1) == monday.span


def test_rows_are_listed_again_where_a_change_alters_others_than_its_own(state: ReviewState, sitting: Open) -> None:
    accepted = sitting.do(edit.decide(RECORD, "c1", "accepted", ACTOR))
    assert not state.needs_listing(accepted)
    assert sitting.record is not None
    assert state.needs_listing(sitting.do(edit.delete(sitting.record, "c2", ACTOR)))
    assert state.needs_listing(sitting.do(edit.rename_speaker(sitting.record, "s1", "Ana Brell-Ott", ACTOR)))
    state.filter = with_words("gate")
    assert state.needs_listing(accepted)
    assert state.filter is not ALL


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_a_selection_has_exactly_the_span_selected(start: int, length: int) -> None:
    state = ReviewState(Open(RECORD))
    wanted = Span(start, min(len(TEXT), start + length))
    assert state.select(wanted)
    assert state.selection is not None
    assert state.selection.span == wanted
