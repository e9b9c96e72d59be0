from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from annotate.changes import LAST_CLAIM, Change, Edit, apply
from annotate.edit import next_claim_id
from annotate.errors import StoreError
from annotate.model import Claim, Record, Review, Speaker
from annotate.spans import Span
from annotate.store import Store

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking would sync to disk thousands of times."""
ADA, BO = "human:Ada", "human:Bo"
Decide = Callable[[Record, str, str], Change]


def statuses(store: Store) -> list[str]:
    return [c.status for c in store.get("rain").claims]


def test_undo_and_redo_go_through_all_actions_across_restarts(path: Path, article: Record, decide: Decide) -> None:
    with Store.open(path) as store:
        store.put(article)
    for claim_id in ("c1", "c2", "c3"):
        with Store.open(path) as store:
            store.apply(decide(store.get("rain"), claim_id, "accepted"), ADA)
    for left in (2, 1, 0):
        with Store.open(path) as store:
            assert store.undo(BO)
            assert statuses(store).count("accepted") == left
    with Store.open(path) as store:
        assert not store.undo(ADA)
        assert store.get("rain") == article
    for done in (1, 2, 3):
        with Store.open(path) as store:
            assert store.redo(ADA)
            assert statuses(store).count("accepted") == done
    with Store.open(path) as store:
        assert not store.redo(ADA)


def test_undo_returns_what_the_screen_must_apply(store: Store, article: Record, decide: Decide) -> None:
    screen = apply(article, decide(article, "c1", "rejected"))
    store.apply(decide(article, "c1", "rejected"), ADA)
    [undone] = store.undo(ADA)
    assert undone.op == "rejected"
    assert apply(screen, undone) == article == store.get("rain")
    [redone] = store.redo(ADA)
    assert apply(article, redone) == screen == store.get("rain")


def test_an_article_that_is_known_is_not_parsed(
    store: Store, article: Record, decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = apply(article, decide(article, "c1", "rejected"))
    store.apply(decide(article, "c1", "rejected"), ADA)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "get", None)
        [undone] = store.undo(ADA, screen)
        [redone] = store.redo(ADA, apply(screen, undone))
    assert apply(article, redone) == screen == store.get("rain")


def test_an_article_known_as_it_was_earlier_is_not_taken_for_the_present_one(
    store: Store, article: Record, decide: Decide
) -> None:
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.undo(ADA, article)
    assert store.get("rain") == article


def test_the_history_says_who_did_what_and_loses_nothing(store: Store, article: Record, decide: Decide) -> None:
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.undo(BO)
    store.redo(ADA)
    store.sync()
    with Store.open(store.path, read_only=True) as reader:
        entries = reader.history("rain")
    assert [(e.seq, e.group, e.by, e.op, e.of) for e in entries] == [
        (1, 1, "engine:1", "label", None),
        (2, 2, ADA, "accepted", None),
        (3, 3, BO, "undo", 2),
        (4, 4, ADA, "redo", 2),
    ]
    assert entries[1].before == article.claim("c1").to_dict()
    assert entries[1].after is not None
    assert entries[1].after["status"] == "accepted"
    assert entries == store.history()
    assert store.history("snow") == []


def test_the_history_of_one_claim_is_its_own_and_the_article_s(store: Store, article: Record, decide: Decide) -> None:
    other = replace(article, id="snow", path="snow.txt")
    store.put(other)
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.apply(decide(store.get("rain"), "c2", "rejected"), BO)
    store.apply(decide(other, "c1", "rejected"), BO)
    store.undo(ADA)
    store.undo(ADA)
    entries = store.claim_history("rain", "c1")
    assert [(entry.op, entry.by) for entry in entries if entry.kind == "claim"] == [("accepted", ADA)]
    assert [entry.op for entry in entries if entry.kind is None] == ["label"]
    assert [entry.op for entry in store.claim_history("rain", "c2") if entry.kind == "claim"] == ["rejected", "undo"]
    assert store.claim_history("rain", "c99") == [entry for entry in entries if entry.kind is None]
    assert store.claim_history("fog", "c1") == []


def test_who_corrected_a_field_last_is_known_across_restarts(path: Path, article: Record) -> None:
    def corrected(store: Store, field: str, value: str) -> Change:
        claim = store.get("rain").claim("c1")
        after = replace(claim, **{field: value}, edited=tuple(dict.fromkeys((*claim.edited, field))))  # type: ignore[arg-type] # strings
        return Change("rain", field, (Edit("claim", claim, after),))

    with Store.open(path) as store:
        store.put(article)
        assert store.correctors("rain", "c1") == {}
        store.apply(corrected(store, "type", "mixed"), ADA)
        store.apply(corrected(store, "note", "hm"), BO)
        store.apply(corrected(store, "note", "so"), ADA)
        store.apply(corrected(store, "type", "direct"), BO)
    with Store.open(path) as store:
        assert store.correctors("rain", "c1") == {"type": BO, "note": ADA}
        assert store.correctors("rain", "c2") == {}


def test_a_new_action_ends_redoing(store: Store, article: Record, decide: Decide) -> None:
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.undo(ADA)
    store.apply(decide(article, "c2", "accepted"), ADA)
    assert not store.redo(ADA)


def test_an_action_on_several_items_is_undone_as_one(store: Store, article: Record) -> None:
    claim, review = article.claims[0], Review("in_progress", ADA)
    edits = (
        Edit("speaker", None, Speaker("s4", "Zoë")),
        Edit("claim", claim, replace(claim, speaker="s4", edited=("speaker",))),
        Edit("article", {"review": article.review}, {"review": review}),
    )
    store.apply(Change("rain", "speaker", edits), ADA)
    assert len({e.group for e in store.history() if e.op == "speaker"}) == 1
    store.undo(ADA)
    assert store.get("rain") == article
    store.redo(ADA)
    assert store.get("rain").speakers[-1].name == "Zoë"
    assert store.get("rain").review == review


def test_undo_passes_over_the_engine(store: Store, article: Record, decide: Decide) -> None:
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.put(replace(article, id="snow"))
    store.update_claim("snow", "c1", status="accepted")
    store.put(replace(article, id="hail"))
    [change] = store.undo(ADA)
    assert change.article == "snow"
    [change] = store.undo(ADA)
    assert change.article == "rain"
    assert not store.undo(ADA)


def test_what_was_labelled_again_since_is_restored_as_a_whole(store: Store, article: Record, decide: Decide) -> None:
    store.apply(decide(article, "c3", "accepted"), ADA)
    store.undo(ADA)
    other = Claim("c1", "indirect", (Span(0, 5),), origin="engine:2")
    store.put(replace(article, claims=(other,), speakers=()))
    assert [c.id for c in store.get("rain").claims] == ["c4"]
    screen = store.get("rain")
    [change] = store.redo(ADA)
    assert apply(screen, change) == store.get("rain")
    again = store.get("rain").claim("c3")
    assert (again.status, again.content) == ("accepted", article.claim("c3").content)
    assert again.speaker is None, "the speaker is no longer in the article"


def test_a_speaker_the_engine_needs_meanwhile_is_not_taken_away_by_undo(store: Store, article: Record) -> None:
    claim = article.claims[0]
    zoe = Speaker("s4", "Zoë", mentions=(Span(0, 3),))
    edits = (Edit("speaker", None, zoe), Edit("claim", claim, replace(claim, speaker="s4", edited=("speaker",))))
    store.apply(Change("rain", "speaker", edits), ADA)
    hers = Claim("c9", "indirect", (Span(60, 65),), speaker="s4", origin="engine:2")
    store.put(replace(article, claims=(*article.claims, hers), speakers=(*article.speakers, zoe)))
    store.undo(ADA)
    assert store.get("rain").claim("c1") == claim
    assert store.get("rain").claim("c9").speaker == "s4"


def renamed(store: Store, name: str) -> list[Change]:
    speakers = {id_: store.get(id_).speakers[0] for id_ in store.ids()}
    return [Change(id_, "rename", (Edit("speaker", s, replace(s, name=name)),)) for id_, s in speakers.items()]


def names(store: Store) -> list[str]:
    return [store.get(id_).speakers[0].name for id_ in store.ids()]


def test_an_action_on_several_articles_is_undone_as_one_across_restarts(store: Store, article: Record) -> None:
    store.put(replace(article, id="snow"))
    before = names(store)
    store.apply_all(renamed(store, "Zoë"), ADA)
    assert len({e.group for e in store.history() if e.op == "rename"}) == 1
    store.close()
    with Store.open(store.path) as again:
        assert names(again) == ["Zoë", "Zoë"]
        assert [change.article for change in again.undo(ADA)] == ["rain", "snow"]
        assert names(again) == before
        assert len(again.redo(ADA)) == 2
        assert names(again) == ["Zoë", "Zoë"]


def test_an_action_on_several_articles_is_done_to_all_or_none(store: Store, article: Record) -> None:
    store.put(replace(article, id="snow"))
    before = store.history()
    with pytest.raises(StoreError):
        store.apply_all([*renamed(store, "Zoë"), Change("hail", "rename", ())], ADA)
    assert store.history() == before
    assert "Zoë" not in names(store)


def test_of_an_action_on_several_articles_what_was_done_on_another_text_stays(store: Store, article: Record) -> None:
    store.put(replace(article, id="snow"))
    before = names(store)
    store.apply_all(renamed(store, "Zoë"), ADA)
    store.put(Record("rain", article.text + " More.", speakers=store.get("rain").speakers, review=Review("suggested")))
    named = store.get("rain").speakers
    assert [change.article for change in store.undo(ADA)] == ["snow"]
    assert store.get("rain").speakers == named
    assert store.get("snow").speakers[0].name == before[1]
    assert not store.undo(ADA)


def test_what_was_done_on_another_text_is_not_undone(store: Store, article: Record, decide: Decide) -> None:
    store.apply(decide(article, "c1", "accepted"), ADA)
    store.put(replace(article, id="snow"))
    store.update_claim("snow", "c2", note="n")
    store.put(Record("rain", article.text + " More.", review=Review("suggested")))
    [change] = store.undo(ADA)
    assert change.article == "snow"
    assert not store.undo(ADA)
    store.close()
    with Store.open(store.path) as again:
        assert not again.undo(ADA)
        assert again.get("rain").claim("c1").status == "accepted"


def but_for_used_ids(record: Record) -> Record:
    """Return a record without the ids of removed claims, which undo does not restore."""
    return replace(record, extra={name: value for name, value in record.extra.items() if name != LAST_CLAIM})


class Sitting(RuleBasedStateMachine):
    """Plays a person: every record that undo and redo can reach is remembered and compared."""

    folders: pytest.TempPathFactory

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folders.mktemp("db") / "a.json"
        self.past: list[Record] = []
        self.future: list[Record] = []
        self.actions = 0
        self.used: set[str] = set()
        claims = tuple(Claim(f"c{i}", "direct", (Span(i, i + 3),), origin="engine:1") for i in range(1, 4))
        self.screen = Record("a", "We go. They stay, said Bo.", claims=claims)
        self.store = Store.open(self.path)
        self.store.put(self.screen)

    @rule(place=st.integers(0, 5), named=st.booleans())
    def decide(self, place: int, named: bool) -> None:
        before = self.screen.claims[place % len(self.screen.claims)]
        after = replace(before, status="accepted", decided_by=ADA, note=f"{self.actions}")
        edits: tuple[Edit, ...] = ()
        if named:
            speaker = Speaker(f"s{len(self.screen.speakers) + 1}", "Zoë")
            edits, after = (Edit("speaker", None, speaker),), replace(after, speaker=speaker.id)
        self.act("accept", *edits, Edit("claim", before, after))

    @rule(start=st.integers(0, 20))
    def make(self, start: int) -> None:
        claim = Claim(next_claim_id(self.screen), "direct", (Span(start, start + 2),), origin=ADA)
        assert claim.id not in self.used
        self.used.add(claim.id)
        self.act("new claim", Edit("claim", None, claim))

    def act(self, op: str, *edits: Edit) -> None:
        self.actions += 1
        self.past.append(self.screen)
        self.future.clear()
        change = Change("a", op, edits)
        self.store.apply(change, ADA)
        self.screen = apply(self.screen, change)

    @rule(given=st.booleans())
    def undo(self, *, given: bool) -> None:
        self.step(self.store.undo(ADA, self.screen if given else None), self.past, self.future)

    @rule(given=st.booleans())
    def redo(self, *, given: bool) -> None:
        self.step(self.store.redo(ADA, self.screen if given else None), self.future, self.past)

    def step(self, changes: tuple[Change, ...], source: list[Record], target: list[Record]) -> None:
        assert bool(changes) == bool(source)
        for change in changes:
            target.append(self.screen)
            self.screen = apply(self.screen, change)
            assert but_for_used_ids(self.screen) == but_for_used_ids(source.pop())

    @rule()
    def label_again(self) -> None:
        assert self.store.stage(self.screen) == self.screen

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def screen_and_store_are_alike(self) -> None:
        assert self.store.get("a") == self.screen

    def teardown(self) -> None:
        self.store.close()


def test_any_sequence_of_actions_keeps_screen_and_file_alike(tmp_path_factory: pytest.TempPathFactory) -> None:
    Sitting.folders = tmp_path_factory
    run_state_machine_as_test(
        Sitting,
        settings=settings(deadline=None, max_examples=20, stateful_step_count=15, phases=NO_SHRINKING),
    )
