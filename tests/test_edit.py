"""Every edit a person can make, as a change that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import edges, edit
from annotate.changes import LAST_CLAIM, Change, Edit, apply, joined
from annotate.edit import Actor
from annotate.model import Block, Claim, DateMention, Quote, Record, Speaker
from annotate.spans import Span
from annotate.uncertainty import is_guess

ME = Actor("human:ana", "2026-01-31T09:00:00Z")
TEXT = "“We won,” said Ana Li on Monday, “and we will stay.” Bo Ek agreed that it rained."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def record() -> Record:
    return Record(
        id="a", text=TEXT, date="2026-01-28",
        blocks=(Block(0, len(TEXT), "body"),),
        quotes=(Quote(*span("“We won,”"), "speech"), Quote(*span("“and we will stay.”"), "speech")),
        dates=(DateMention("d1", *span("Monday"), "DATE", "2026-01-26"),),
        speakers=(Speaker("s1", "Ana Li", "person", mentions=(span("Ana Li"),)),),
        claims=(
            Claim(
                "c1", "direct", (span("“We won,”"), span("“and we will stay.”")), (span("said"),), (span("Ana Li"),),
                speaker="s1", date="d1",
            ),
            Claim("c2", "indirect", (span("that it rained"),), (span("agreed"),), (span("Bo Ek"),)),
        ),
    )  # fmt: skip


def but_for_used_ids(record: Record) -> Record:
    """Return a record without the ids of removed claims, which undo does not restore."""
    return replace(record, extra={name: value for name, value in record.extra.items() if name != LAST_CLAIM})


def done(record: Record, change: Change | None) -> Record:
    assert change is not None
    after = apply(record, change)
    assert not list(after.problems())
    assert but_for_used_ids(apply(after, change.inverted())) == record
    assert tuple(map(Edit.from_dict, (e.to_dict() for e in change.edits))) == change.edits
    return after


def test_accepting_signs_the_claim_and_starts_the_review(record: Record) -> None:
    after = done(record, edit.decide(record, "c1", "accepted", ME))
    claim = after.claim("c1")
    assert (claim.status, claim.decided_by, claim.updated) == ("accepted", ME.by, ME.at)
    assert (after.review.state, after.review.by) == ("in_progress", ME.by)
    assert edit.decide(after, "c1", "accepted", ME) is None


def test_the_last_decision_makes_the_article_done_and_taking_it_back_reopens_it(record: Record) -> None:
    after = done(record, edit.decide(record, "c1", "accepted", ME))
    after = done(after, edit.decide(after, "c2", "rejected", ME))
    assert after.review.state == "done"
    after = done(after, edit.decide(after, "c2", "suggested", ME))
    assert (after.review.state, after.claim("c2").decided_by) == ("in_progress", None)


def test_fields_that_change_are_named_as_edited(record: Record) -> None:
    after = done(record, edit.set_fields(record, "c2", ME, note="check", tags=("rain",), negated=False))
    assert after.claim("c2").edited == ("note", "tags")
    assert edit.set_fields(after, "c2", ME, note="check") is None


def test_a_speaker_is_found_by_name_or_made(record: Record) -> None:
    after = done(record, edit.assign_speaker(record, "c2", "  ana  LI ", ME))
    assert after.claim("c2").speaker == "s1"
    after = done(record, edit.assign_speaker(record, "c2", "Bo Ek", ME))
    assert after.speaker(after.claim("c2").speaker) == Speaker("s2", "Bo Ek", mentions=(span("Bo Ek"),))
    after = done(record, edit.assign_speaker(record, "c1", None, ME))
    assert after.claim("c1").speaker is None


def test_the_speaker_that_was_guessed_is_confirmed_by_choosing_it(record: Record) -> None:
    guessed = replace(record.claim("c2"), speaker="s1", confidence=0.9, source=(), status="suggested", edited=())
    claims = tuple(guessed if claim.id == "c2" else claim for claim in record.claims)
    here = replace(record, claims=claims)
    assert is_guess(guessed)
    after = done(here, edit.assign_speaker(here, "c2", "Ana Li", ME))
    assert after.claim("c2").edited == ("speaker",)
    assert not is_guess(after.claim("c2"))
    assert edit.assign_speaker(after, "c2", "Ana Li", ME) is None


def test_renaming_a_speaker_changes_every_claim_at_once(record: Record) -> None:
    after = done(record, edit.rename_speaker(record, "s1", "Dr Ana Li", ME))
    assert after.speakers[0].name == "Dr Ana Li"
    assert edit.rename_speaker(after, "s1", "Dr Ana  Li", ME) is None


def test_a_typed_date_joins_the_record_as_the_persons_own(record: Record) -> None:
    typed = DateMention("", None, None, "DATE", "2026-01-20")
    after = done(record, edit.assign_date(record, "c2", typed, ME))
    assert after.date_mention("d2") == replace(typed, id="d2", status="accepted", origin=ME.by)
    assert done(record, edit.assign_date(record, "c2", "d1", ME)).claim("c2").date == "d1"
    assert done(record, edit.assign_date(record, "c1", None, ME)).claim("c1").date is None


def test_a_new_claim_is_the_persons_and_its_type_follows_the_marks(record: Record) -> None:
    after = done(record, edit.new_claim(record, [span("it rained. ".strip())], ME))
    claim = after.claim("c3")
    assert (claim.type, claim.status, claim.origin) == ("indirect", "accepted", ME.by)
    assert edit.new_claim(record, [Span(9, 10)], ME) is None, "white space is no claim"


def test_ids_are_never_used_again(record: Record) -> None:
    after = done(record, edit.delete(record, "c2", ME))
    assert after.claim("c2").deleted
    assert [c.id for c in after.live_claims()] == ["c1"]
    assert edit.next_claim_id(after) == "c3"


def test_merging_appends_content_and_keeps_the_speaker(record: Record) -> None:
    after = done(record, edit.merge(record, "c1", "c2", ME))
    assert after.claim("c1").content == (*record.claim("c1").content, span("that it rained"))
    assert (after.claim("c1").speaker, after.claim("c1").type) == ("s1", "mixed")
    assert after.claim("c2").deleted


def test_splitting_between_fragments_or_at_the_cursor(record: Record) -> None:
    after = done(record, edit.split(record, "c1", None, ME))
    assert after.claim("c1").content == (span("“We won,”"),)
    assert after.claim("c3").content == (span("“and we will stay.”"),)
    assert after.claim("c3").speaker == "s1"
    assert (after.claim("c3").confidence, after.claim("c3").checkworthy) == (None, None)
    after = done(record, edit.split(record, "c2", span("rained").start, ME))
    assert [TEXT[slice(*after.claim(c).content[0])] for c in ("c2", "c3")] == ["that it", "rained"]
    assert edit.split(record, "c2", None, ME) is None
    assert edit.split(record, "c2", 0, ME) is None


@pytest.mark.parametrize(
    ("side", "step", "words"),
    [
        ("end", -1, "that it"),
        ("start", 1, "it rained"),
        ("start", -1, "agreed that it rained"),
    ],
)
def test_edges_move_by_a_word(record: Record, side: edges.Side, step: edges.Step, words: str) -> None:
    after = done(record, edit.move_edge(record, "c2", "content", 0, side, step, ME))
    assert after.words(after.claim("c2").content) == words


@pytest.mark.parametrize(
    ("text", "content", "side", "step", "expected"),
    [
        ("It holds, she said. Nobody left.", "It holds", "end", 1, "It holds, she"),
        ("It holds, she said. Nobody left.", "It holds, she", "end", -1, "It holds"),
        ("It holds, she said. Nobody left.", "she said", "end", 1, "she said. Nobody"),
        ("He said (on air) that it holds.", "on air", "end", 1, "on air) that"),
        ("He said (on air) that it holds.", "said", "end", 1, "said (on"),
        ("He said (on air) that it holds.", "said (on", "end", 1, "said (on air"),
        ("He said (on air) that it holds.", "said (on air", "end", 1, "said (on air)"),
        ("She called it “unsafe,” and left.", "it “unsafe", "end", 1, "it “unsafe,”"),
        ("They left the U.S. in May.", "the U.S", "end", 1, "the U.S."),
        ("She said: it holds.", "it holds", "start", -1, "said: it holds"),
        ("She said: it holds.", "said: it holds", "start", 1, "it holds"),
        ("It holds.", "It holds", "end", 1, None),
        ("“It holds.", "It holds", "start", -1, None),
    ],
)
def test_an_edge_takes_no_punctuation_that_belongs_to_no_words(
    text: str, content: str, side: edges.Side, step: edges.Step, expected: str | None
) -> None:
    at = Span(text.index(content), text.index(content) + len(content))
    record = Record("r", text, claims=(Claim("c1", "indirect", (at,)),))
    change = edit.move_edge(record, "c1", "content", 0, side, step, ME)
    assert (
        None if change is None else apply(record, change).words(apply(record, change).claim("c1").content)
    ) == expected


def test_the_edge_of_a_date_resolves_it_anew(record: Record) -> None:
    after = done(record, edit.move_edge(record, "c1", "date", 0, "start", -1, ME))
    date = after.date_mention("d1")
    assert date is not None
    assert (after.words((date.span,)) if date.span else "", date.origin) == ("on Monday", ME.by)


def test_fragments_that_grow_together_become_one(record: Record) -> None:
    after = record
    for _ in range(5):
        after = done(after, edit.move_edge(after, "c1", "content", 0, "end", 1, ME))
    assert after.words(after.claim("c1").content) == "“We won,” said Ana Li on Monday … “and we will stay.”"
    after = done(after, edit.add_fragment(after, "c1", Span(span("Monday").start, span("“and").end), ME))
    assert len(after.claim("c1").content) == 1


def test_parts_can_be_set_and_removed_but_content_keeps_a_word(record: Record) -> None:
    after = done(record, edit.set_part(record, "c1", "addressee", [span("Bo Ek")], ME))
    assert after.words(after.claim("c1").addressee) == "Bo Ek"
    after = done(after, edit.remove_fragment(after, "c1", "addressee", 0, ME))
    assert after.claim("c1").addressee == ()
    assert edit.set_part(record, "c1", "content", [], ME) is None


def test_a_new_article_date_resolves_the_engines_dates_and_leaves_the_persons(record: Record) -> None:
    mine = DateMention("d2", *span("stay"), "DATE", "2020", origin="human:ana")
    record = replace(record, dates=(*record.dates, mine))
    after = done(record, edit.set_article_date(record, "2026-02-18", ME))
    assert [d.value for d in after.dates] == ["2026-02-16", "2020"]
    assert after.date == "2026-02-18"


def test_marking_done_twice_is_nothing(record: Record) -> None:
    after = done(record, edit.set_state(record, "done", ME))
    assert after.review.state == "done"
    assert edit.set_state(after, "done", ME) is None


Action = Callable[[Record, str, int], Change | None]
ACTIONS: list[Action] = [
    lambda r, c, n: edit.decide(r, c, ("accepted", "rejected", "suggested")[n % 3], ME),
    lambda r, c, n: edit.move_edge(r, c, edit.PARTS[n % 4], n % 2, ("start", "end")[n % 2], (1, -1)[n // 2 % 2], ME),
    lambda r, c, n: edit.add_fragment(r, c, Span(n % len(TEXT), min(len(TEXT), n % len(TEXT) + 5)), ME),
    lambda r, c, n: edit.split(r, c, n % len(TEXT), ME),
    lambda r, c, n: edit.delete(r, c, ME) if n % 5 == 0 else None,
    lambda r, c, n: edit.assign_speaker(r, c, f"Name {n % 3}", ME),
]


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 300)), max_size=25))
@settings(deadline=None, max_examples=60)
def test_any_chain_of_edits_keeps_the_record_sound_and_can_be_undone(chain: list[tuple[Action, int]]) -> None:
    start = Record(id="a", text=TEXT, claims=(Claim("c1", "direct", (span("“We won,”"),), (span("said"),)),))
    record, changes = start, []
    for action, n in chain:
        change = action(record, record.claims[n % len(record.claims)].id, n)
        if change is not None:
            record = apply(record, change)
            changes.append(change)
        assert not list(record.problems())
    for change in reversed(changes):
        record = apply(record, change.inverted())
    assert but_for_used_ids(record) == start


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 300)), min_size=1, max_size=25))
@settings(deadline=None, max_examples=60)
def test_joined_changes_do_the_same_and_are_undone_as_one(chain: list[tuple[Action, int]]) -> None:
    kept = Claim("c2", "indirect", (span("it rained"),), note="wet")
    start = Record(id="a", text=TEXT, claims=(Claim("c1", "direct", (span("“We won,”"),), (span("said"),)), kept))
    record, changes = start, []
    for action, n in chain:
        change = action(record, record.claims[n % len(record.claims)].id, n)
        if change is not None:
            record = apply(record, change)
            changes.append(change)
    if not changes:
        return
    one = joined(changes)
    assert apply(start, one) == record
    assert but_for_used_ids(apply(record, one.inverted())) == start
    items = [(edit.kind, item.id) for edit in one.edits if isinstance(item := edit.after or edit.before, Claim)]
    assert len(items) == len(set(items))
    assert all(edit.before != edit.after for edit in one.edits)


def test_the_same_change_of_several_claims_is_one_action(record: Record) -> None:
    change = edit.of_each(record, ("c1", "c2"), lambda r, c: edit.assign_speaker(r, c, "Zoe Karr", ME))
    after = done(record, change)
    assert [after.speaker(claim.speaker) for claim in after.claims] == [after.speakers[-1]] * 2
    assert [s.name for s in after.speakers] == ["Ana Li", "Zoe Karr"]
    assert change is not None
    assert change.op == "speaker"
    assert apply(after, change.inverted()) == record


def test_deciding_every_claim_at_once_makes_the_article_done(record: Record) -> None:
    ids = [claim.id for claim in record.claims]
    after = done(record, edit.of_each(record, ids, lambda r, c: edit.decide(r, c, "rejected", ME)))
    assert {claim.status for claim in after.claims} == {"rejected"}
    assert after.review.state == "done"
    assert edit.of_each(after, ids, lambda r, c: edit.decide(r, c, "rejected", ME)) is None


def test_joining_what_was_changed_back_leaves_nothing(record: Record) -> None:
    there = edit.set_fields(record, "c2", ME, note="wet")
    assert there is not None
    assert joined((there, there.inverted())).edits == ()


def test_no_part_of_a_split_is_without_a_word(record: Record) -> None:
    quotation = Claim("c3", "direct", (span("“and we will stay.”"),))
    with_it = replace(record, claims=(*record.claims, quotation))
    start, end = quotation.content[0]
    assert edit.split(with_it, "c3", start + 1, ME) is None
    assert edit.split(with_it, "c3", end - 1, ME) is None
    assert edit.split(with_it, "c3", span("will").start, ME) is not None


def test_a_corrected_date_keeps_its_place_and_is_the_persons(record: Record) -> None:
    meant = DateMention("", None, None, "DATE", "2026-01-19")
    after = done(record, edit.correct_date(record, "d1", meant, ME)).date_mention("d1")
    old = record.date_mention("d1")
    assert after is not None
    assert old is not None
    assert (after.span, after.value, after.status, after.origin) == (old.span, "2026-01-19", "accepted", ME.by)
    assert edit.correct_date(done(record, edit.correct_date(record, "d1", meant, ME)), "d1", meant, ME) is None


def test_what_is_no_date_leaves_the_claims_said_on_it(record: Record) -> None:
    after = done(record, edit.correct_date(record, "d1", None, ME))
    date = after.date_mention("d1")
    assert date is not None
    assert date.status == "rejected"
    assert [claim.id for claim in record.claims if claim.date == "d1"]
    assert not [claim.id for claim in after.claims if claim.date == "d1"]


def test_the_id_of_a_new_claim_that_was_undone_is_not_used_again(record: Record) -> None:
    change = edit.new_claim(record, [span("Bo Ek")], ME)
    assert change is not None
    undone = apply(apply(record, change), change.inverted())
    again = edit.new_claim(undone, [span("Ana Li")], ME)
    assert again is not None
    assert again.claim_ids() != change.claim_ids()


def test_merging_keeps_the_notes_and_tags_of_both(record: Record) -> None:
    record = done(record, edit.set_fields(record, "c1", ME, note="ours", tags=("a", "b")))
    record = done(record, edit.set_fields(record, "c2", ME, note="theirs", tags=("b", "c")))
    merged = done(record, edit.merge(record, "c1", "c2", ME)).claim("c1")
    assert (merged.note, merged.tags) == ("ours; theirs", ("a", "b", "c"))


def test_a_type_that_a_person_chose_stays_when_the_words_change(record: Record) -> None:
    chosen = done(record, edit.set_fields(record, "c1", ME, type="indirect"))
    assert done(chosen, edit.merge(chosen, "c1", "c2", ME)).claim("c1").type == "indirect"
