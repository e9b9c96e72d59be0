from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import directory, edit
from annotate.changes import Change, Edit
from annotate.directory import Directory
from annotate.edit import Actor
from annotate.errors import StoreError
from annotate.model import Block, Claim, Record, Status
from annotate.spans import Span
from annotate.stats import Judged, stats
from annotate.store import Conflict, Merged, Store, check, merge

Copies = Callable[..., Merged]
BO = "human:Bo"


@pytest.fixture
def copies(tmp_path: Path, article: Record) -> tuple[Path, Path]:
    """Return the save files of Ada and Bo, copies of one that the engine filled."""
    a, b = tmp_path / "ada" / "a.json", tmp_path / "bo" / "b.json"
    for path in (a, b):
        path.parent.mkdir()
    with Store.open(a) as store:
        store.put(article)
        store.put(replace(article, id="snow", path="snow.txt", text=article.text + " Snow."))
    shutil.copy(a, b)
    return a, b


def update(path: Path, by: str, claim: str, article: str = "rain", **fields: Any) -> None:
    with Store.open(path, by=by) as store:
        store.update_claim(article, claim, **fields)


def actor(name: str) -> Actor:
    return Actor(f"human:{name}", "2031-01-01T00:00:00Z")


def do(store: Store, change: Change | None) -> None:
    assert change
    store.apply(change, "human:" + store.path.stem)


def merged(copies: tuple[Path, Path], *, swap: bool = False) -> tuple[Record, Merged]:
    a, b = reversed(copies) if swap else copies
    out = a.parent.parent / f"c{swap}.json"
    result = merge(a, b, out, "human:Di")
    assert check(out) == []
    with Store.open(out, read_only=True) as store:
        return store.get("rain"), result


@pytest.mark.parametrize("swap", [False, True])
def test_what_one_of_them_did_is_taken(copies: tuple[Path, Path], swap: bool) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted")
    update(b, BO, "c2", status="rejected", note="no")
    update(b, BO, "c3", deleted=True)
    record, result = merged(copies, swap=swap)
    assert [(c.id, c.status, c.note, c.deleted) for c in record.claims] == [
        ("c1", "accepted", "", False),
        ("c2", "rejected", "no", False),
        ("c3", "suggested", "", True),
    ]
    assert (result.articles, result.claims, result.conflicts) == (2, 6, ())
    assert record.path == "ada/rain.txt" if not swap else "bo/rain.txt"
    assert record.review.state == "in_progress"


@pytest.mark.parametrize("swap", [False, True])
def test_a_copy_that_went_on_wins(copies: tuple[Path, Path], swap: bool) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted", note="one")
    shutil.copy(a, b)
    update(b, "human:Ada", "c1", note="two")
    record, result = merged(copies, swap=swap)
    assert record.claim("c1").note == "two"
    assert len(record.claims) == 3
    assert result.conflicts == ()


def test_what_they_decided_differently_is_kept_twice_and_told(copies: tuple[Path, Path]) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted")
    update(b, BO, "c1", status="rejected")
    record, result = merged(copies)
    assert result.conflicts == (Conflict("rain", "claim", "c1", "c4"),)
    assert [(c.id, c.status, c.tags) for c in record.claims if c.tags] == [
        ("c1", "accepted", ("conflict",)),
        ("c4", "rejected", ("conflict",)),
    ]


def test_two_who_did_the_same_agree(copies: tuple[Path, Path]) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted", note="x")
    update(b, BO, "c1", status="accepted", note="x")
    record, result = merged(copies)
    assert (len(record.claims), result.conflicts) == (3, ())
    assert record.claim("c1").decided_by == "human:Ada"


def decide(path: Path, by: str, at: str, **statuses: Status) -> None:
    """Decide claims of an article."""
    with Store.open(path) as store:
        for claim, status in statuses.items():
            do(store, edit.decide(store.get("rain"), claim, status, Actor(f"human:{by}", f"2031-01-01T00:00:{at}Z")))


def judged(path: Path) -> Judged:
    """Return the statistics on the engine's suggestions."""
    with Store.open(path, read_only=True) as store:
        return stats([store.get("rain")]).engine


def test_each_claim_is_judged_once_after_a_merge(copies: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = copies
    decide(a, "Ada", "01", c1="accepted")
    shutil.copy(a, b)
    decide(a, "Ada", "02", c2="accepted", c3="accepted")
    decide(b, "Bo", "03", c2="accepted", c3="rejected")
    assert (judged(a), judged(b)) == (Judged(right=3), Judged(right=2, wrong=1))
    record, result = merged(copies)
    assert [c.id for c in record.claims] == ["c1", "c2", "c3", "c4"]
    assert result.conflicts == (Conflict("rain", "claim", "c3", "c4"),)
    c = tmp_path / "cFalse.json"
    assert judged(c) == Judged(right=2, wrong=1), "the last decision counts"
    update(c, "human:Di", "c4", deleted=True)
    assert judged(c) == Judged(right=3), "what is left counts"


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("field", ["content", "note", "negated"])
def test_a_claim_that_one_of_them_corrected_is_judged_once(
    copies: tuple[Path, Path], tmp_path: Path, field: str, swap: bool
) -> None:
    a, b = copies
    decide(a, "Ada", "01", c2="accepted")
    with Store.open(b) as store:
        record, actor_ = store.get("rain"), Actor(BO, "2031-01-01T00:00:02Z")
        fields: dict[str, Any] = {"note": "x"} if field == "note" else {"negated": True}
        is_content = field == "content"
        kept = Span(record.claim("c2").content[0].start + 5, record.claim("c2").content[0].end)
        change = edit.set_part(record, "c2", "content", [kept], actor_) if is_content else None
        do(store, change or edit.set_fields(record, "c2", actor_, **fields))
    decide(b, "Bo", "03", c2="accepted")
    _, result = merged(copies, swap=swap)
    assert len(result.conflicts) == 1
    assert judged(tmp_path / f"c{swap}.json") == Judged(mended=1)


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("kind", ["speaker", "date"])
def test_a_decision_made_before_is_there_once_where_a_speaker_or_date_is_in_conflict(
    copies: tuple[Path, Path], tmp_path: Path, kind: str, swap: bool
) -> None:
    a, b = copies
    decide(a, "Ada", "01", c1="accepted")
    shutil.copy(a, b)
    said: tuple[tuple[Path, str, Status], ...] = ((a, "Robert Ra", "accepted"), (b, "Bob Ra", "rejected"))
    for path, name, status in said:
        with Store.open(path) as store:
            record = store.get("rain")
            date = replace(record.dates[0], status=status)
            rename = edit.rename_speaker(record, "s1", name, actor(path.stem))
            do(store, rename if kind == "speaker" else Change("rain", "date", (Edit("date", record.dates[0], date),)))
    decide(b, "Bo", "02", c1="rejected")
    record, result = merged(copies, swap=swap)
    assert [c.kind for c in result.conflicts] == [kind]
    assert [c.status for c in record.claims] == ["rejected", "suggested", "suggested"], "the later decision is taken"
    c = tmp_path / f"c{swap}.json"
    assert judged(c) == Judged(wrong=1)
    for path in copies:
        twice = tmp_path / f"twice-{path.stem}.json"
        assert merge(c, path, twice, "human:Di").conflicts == ()
        with Store.open(twice, read_only=True) as store:
            assert store.get("rain").claims == record.claims


def test_a_speaker_merged_by_both_does_not_double_the_claims(copies: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = copies
    decide(a, "Ada", "01", c1="accepted", c2="accepted")
    shutil.copy(a, b)
    for path in copies:
        with Store.open(path) as store:
            one, other = (entry for entry in Directory(store.speakers()).entries if entry.name in {"Ana Li", "Bo Ra"})
            for change in directory.merge(one, other, store.get):
                do(store, change)
    record, _ = merged(copies)
    assert [(c.id, c.status) for c in record.claims] == [("c1", "accepted"), ("c2", "accepted"), ("c3", "suggested")]
    assert judged(tmp_path / "cFalse.json") == Judged(right=2)


def test_three_who_decided_differently_are_one_conflict(copies: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = copies
    third = tmp_path / "third.json"
    shutil.copy(a, third)
    decide(a, "Ada", "01", c1="accepted")
    decide(b, "Bo", "02", c1="rejected")
    update(third, "human:Cy", "c1", note="unsure", updated="2031-01-01T00:00:03Z")
    decide(third, "Cy", "04", c1="accepted")
    merged(copies)
    all_three = tmp_path / "all.json"
    merge(tmp_path / "cFalse.json", third, all_three, "human:Di")
    with Store.open(all_three, read_only=True) as store:
        assert sum("conflict" in claim.tags for claim in store.get("rain").claims) == 3
    assert judged(all_three).decided == 1


def test_claims_both_made_have_ids_of_their_own(copies: tuple[Path, Path], article: Record) -> None:
    for path, words in zip(copies, ((0, 5), (31, 40)), strict=True):
        with Store.open(path) as store:
            do(store, edit.new_claim(store.get("rain"), (Span(*words),), actor(path.stem)))
    record, result = merged(copies)
    assert [(c.id, c.content) for c in record.claims[3:]] == [("c4", (Span(0, 5),)), ("c5", (Span(31, 40),))]
    assert result.conflicts == ()
    with Store.open(copies[0].parent.parent / "cFalse.json") as store:
        made = [
            entry.after["id"]
            for entry in store.history("rain")
            if entry.kind == "claim" and entry.by == "human:b" and entry.after
        ]
        assert made == ["c5"], "the history calls it by its id of now"
        assert not store.undo("human:Di"), "what was done to either is not undone in the joined article"


def test_a_renamed_speaker_and_a_decided_date_go_with_their_claims(copies: tuple[Path, Path], article: Record) -> None:
    a, b = copies
    with Store.open(b) as store:
        record = store.get("rain")
        do(store, edit.rename_speaker(record, "s1", "Robert Ra", actor("Bo")))
        date = record.dates[0]
        store.apply(Change("rain", "date", (Edit("date", date, replace(date, status="rejected")),)), BO)
    record, result = merged(copies)
    assert record.speakers[0].name == "Robert Ra"
    assert record.dates[0].status == "rejected"
    assert result.conflicts == ()
    with Store.open(a) as store:
        record = store.get("rain")
        do(store, edit.rename_speaker(record, "s1", "Bob Ra", actor("Ada")))
    (a.parent.parent / "cFalse.json").unlink()
    record, result = merged(copies)
    assert {s.name for s in record.speakers} >= {"Bob Ra", "Robert Ra"}
    assert Conflict("rain", "speaker", "s1", "s4") in result.conflicts


def test_articles_of_one_alone_and_other_texts_under_one_id_are_kept(
    copies: tuple[Path, Path], article: Record
) -> None:
    a, b = copies
    with Store.open(a) as store:
        store.put(replace(article, id="hail", text="Hail. " + article.text, claims=(), path="hail.txt"))
    with Store.open(b) as store:
        store.put(replace(article, id="hail", text="Other hail. " + article.text, claims=(), path=None))
        store.put(replace(article, id="fog", text="Fog. " + article.text, claims=(), path="fog.txt"))
    _, result = merged(copies)
    assert result.renamed == (("hail", "hail~2"),)
    with Store.open(a.parent.parent / "cFalse.json", read_only=True) as store:
        assert store.ids() == ["rain", "snow", "hail", "hail~2", "fog"]
        assert store.get("fog").path == "bo/fog.txt"


def test_the_history_of_both_is_there_once(copies: tuple[Path, Path]) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted")
    update(b, BO, "c2", status="accepted", article="snow")
    merged(copies)
    with Store.open(a.parent.parent / "cFalse.json", read_only=True) as store:
        assert [(e.seq, e.op, e.by) for e in store.history()] == [
            (1, "label", "engine:1"),
            (2, "label", "engine:1"),
            (3, "update", "human:Ada"),
            (4, "update", BO),
            (5, "replace", "human:Di"),
        ]


def test_nothing_is_overwritten(copies: tuple[Path, Path]) -> None:
    a, b = copies
    with pytest.raises(StoreError, match="exists already"):
        merge(a, b, b, "human:Di")


FIELDS = ({"status": "accepted"}, {"status": "rejected"}, {"note": "x"}, {"deleted": True})
STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.sampled_from(FIELDS)), max_size=6)
TEXT = "Bo said it rains. Bo said it snows. Bo said it is dry."


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_no_decision_is_lost_whatever_both_did(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("merge")
    a, b, c = (folder / f"{name}.json" for name in "abc")
    claims = tuple(Claim(f"c{n}", "indirect", (Span(n * 18 + 8, n * 18 + 16),), origin="engine:1") for n in range(3))
    with Store.open(a) as store:
        store.put(Record("rain", TEXT, blocks=(Block(0, len(TEXT), "body"),), claims=claims))
    shutil.copy(a, b)
    for n, (who, claim, fields) in enumerate(steps):
        update(folder / f"{who}.json", f"human:{who}", f"c{claim}", updated=f"2031-01-01T00:00:0{n}Z", **fields)
    result = merge(a, b, c, "human:Di")
    assert check(c) == []

    def decided(path: Path) -> set[Any]:
        with Store.open(path, read_only=True) as store:
            return {(x.content, x.status, x.note, x.deleted) for x in store.get("rain").claims if x.touched}

    both = decided(c)
    assert both == decided(a) | decided(b)
    assert len(result.conflicts) == len(both) - len({content for content, *_ in both})
    assert judged(c).decided <= len({content for content, *_ in both})


def test_merging_again_adds_nothing(copies: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = copies
    update(a, "human:Ada", "c1", status="accepted")
    update(b, BO, "c1", status="rejected")
    once, _ = merged(copies)
    merge(tmp_path / "cFalse.json", b, tmp_path / "twice.json", "human:Di")
    with Store.open(tmp_path / "twice.json", read_only=True) as store:
        assert store.get("rain").claims == once.claims


def test_the_later_of_two_titles_and_days_is_taken(copies: tuple[Path, Path]) -> None:
    a, b = copies
    with Store.open(a) as store:
        do(store, edit.set_article_date(store.get("rain"), "2031-06-01", actor("a")))
    shutil.copy(a, b)
    with Store.open(b) as store:
        do(store, edit.set_article_date(store.get("rain"), None, actor("b")))
    record, result = merged(copies)
    assert record.date is None
    assert result.conflicts == ()


def test_what_one_took_away_does_not_come_back(copies: tuple[Path, Path]) -> None:
    a, b = copies
    with Store.open(a) as store:
        do(store, edit.new_claim(store.get("rain"), (Span(0, 5),), actor("a")))
    shutil.copy(a, b)
    with Store.open(a) as store:
        store.undo("human:a")
    for swap in (False, True):
        record, _ = merged(copies, swap=swap)
        assert [c.id for c in record.claims] == ["c1", "c2", "c3"]


def test_each_article_goes_with_its_own(copies: tuple[Path, Path], article: Record) -> None:
    _, b = copies
    with Store.open(b) as store:
        store.put(replace(article, id="copy", path="copy.txt"))
    update(b, BO, "c1", status="accepted")
    record, result = merged(copies)
    assert record.claim("c1").status == "accepted"
    assert (result.articles, result.renamed) == (3, ())


def test_an_article_that_one_alone_had_read_comes_with_its_blocks(copies: tuple[Path, Path], article: Record) -> None:
    a, b = copies
    with Store.open(a) as store:
        store.put(Record("hail", "Hail. " + article.text))
    with Store.open(b) as store:
        hail = replace(article, id="hail", text="Hail. " + article.text, claims=(), path="hail.txt")
        store.put(hail)
        unknown = store.path
    tables = unknown.read_bytes().replace(
        b'"meta":{\n"1":{', b'"notes":{\n"1":{"x":1}\n},"meta":{\n"1":{"x_desk":2,', 1
    )
    unknown.write_bytes(tables)
    merged(copies)
    with Store.open(a.parent.parent / "cFalse.json", read_only=True) as store:
        assert store.get("hail").blocks == hail.blocks
        assert store.get("hail").path == "bo/hail.txt"
    written = (a.parent.parent / "cFalse.json").read_bytes()
    assert b'"x_desk":2' in written
    assert b'"notes":{\n"1":{"x":1}' in written
