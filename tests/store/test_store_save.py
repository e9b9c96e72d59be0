from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from annotate.changes import Change, Edit, apply
from annotate.errors import ModelError, StoreError, StoreReadOnlyError
from annotate.model import Claim, Record, Speaker
from annotate.spans import Span
from annotate.store import Store, Summary
from annotate.uncertainty import uncertainty

Decide = Callable[[Record, str, str], Change]


def test_what_is_put_is_got_again_by_the_next_program(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        store.put(article)
        assert store.get("rain") == article
    with Store.open(path) as store:
        assert store.ids() == ["rain"]
        assert store.get("rain") == article
        assert not store.dirty


def test_plain_tinydb_reads_all_of_it(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        store.put(article)
    db = TinyDB(path, encoding="utf-8", access_mode="r")
    assert db.tables() == {"articles", "claims", "history", "meta"}
    document = article.to_dict()
    claims = document.pop("claims")
    assert db.table("articles").get(where("id") == "rain") == document
    assert db.table("claims").search(where("article") == "rain") == [{"article": "rain", **c} for c in claims]
    (meta,) = db.table("meta").all()
    assert (meta["schema"], meta["engine"]) == (2, "engine:1")
    db.close()


def test_a_file_rewritten_by_plain_tinydb_opens_with_all_that_was_added(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        store.put(article)
    db = TinyDB(path, encoding="utf-8")
    db.table("articles").update({"x_desk": ["ü", 1]})
    db.table("claims").update({"x_seen": None}, where("id") == "c1")
    db.table("meta").update({"x_project": {"name": "Δ"}})
    db.table("history").update({"x_host": "n1"})
    db.table("notes").insert({"id": "rain", "text": "mine"})
    db.close()
    with Store.open(path, by="human:Ada") as store:
        store.update_claim("rain", "c2", status="accepted")
        assert store.get("rain").extra["x_desk"] == ["ü", 1]
        assert store.get("rain").claim("c1").extra["x_seen"] is None
    db = TinyDB(path, encoding="utf-8", access_mode="r")
    assert db.table("meta").all()[0]["x_project"] == {"name": "Δ"}
    assert db.table("history").all()[0]["x_host"] == "n1"
    assert db.table("notes").all() == [{"id": "rain", "text": "mine"}]
    db.close()


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_records_of_all_shapes_come_back_whole(
    tmp_path_factory: pytest.TempPathFactory, records: st.SearchStrategy[Record], data: st.DataObject
) -> None:
    some = data.draw(st.lists(records, min_size=1, max_size=3, unique_by=lambda r: r.id))
    path = tmp_path_factory.mktemp("db") / "a.json"
    with Store.open(path) as store:
        store.put_many(some)
    with Store.open(path, read_only=True) as store:
        assert [store.get(r.id) for r in some] == some


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "accepted"}, {"status": "accepted", "decided_by": "human:Ada", "edited": ()}),
        ({"status": "rejected"}, {"status": "rejected", "decided_by": "human:Ada", "edited": ()}),
        ({"note": "p. 3", "speaker": "s2"}, {"note": "p. 3", "speaker": "s2", "edited": ("note", "speaker")}),
        ({"content": [[1, 7]]}, {"content": (Span(1, 7),), "edited": ("content",)}),
        ({"note": ""}, {"edited": ()}),
        ({"deleted": True}, {"deleted": True, "edited": ()}),
        ({"status": "accepted", "decided_by": "human:Bo"}, {"decided_by": "human:Bo"}),
    ],
)
def test_updating_a_claim_signs_and_names_what_a_person_did(
    store: Store, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    store.update_claim("rain", "c1", **fields)
    with Store.open(store.path, read_only=True) as reader:
        claim = reader.get("rain").claim("c1")
    assert {name: getattr(claim, name) for name in expected} == expected
    assert claim.updated is not None


def test_undecided_again_is_nobodys_decision(store: Store) -> None:
    store.update_claim("rain", "c1", status="accepted")
    store.update_claim("rain", "c1", status="suggested")
    assert store.get("rain").claim("c1").decided_by is None


def test_the_engine_signs_but_edits_nothing(path: Path, article: Record) -> None:
    with Store.open(path, by="engine:1") as store:
        store.put(article)
        store.update_claim("rain", "c1", status="accepted", hedged=True)
        claim = store.get("rain").claim("c1")
    assert (claim.decided_by, claim.edited, claim.touched) == ("engine:1", (), False)


@pytest.mark.parametrize(
    ("article_id", "claim_id", "fields", "message"),
    [
        ("snow", "c1", {"status": "accepted"}, "no article 'snow'"),
        ("rain", "c9", {"status": "accepted"}, "no claim 'c9'"),
        ("rain", "c1", {"mood": "good"}, "no field mood"),
        ("rain", "c1", {"id": "c7"}, "no field id"),
        ("rain", "c1", {"status": "maybe"}, "one of suggested, accepted, rejected"),
        ("rain", "c1", {"speaker": "s9"}, "speaker s9"),
        ("rain", "c1", {"content": [[0, 10_000]]}, "outside the text"),
    ],
)
def test_an_update_that_makes_no_sense_changes_nothing(
    store: Store, article_id: str, claim_id: str, fields: dict[str, Any], message: str
) -> None:
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match=message):
        store.update_claim(article_id, claim_id, **fields)
    assert not store.dirty
    assert store.path.read_bytes() == before


def test_a_record_that_contradicts_itself_is_not_taken(store: Store, article: Record) -> None:
    wrong = replace(article, id="other", claims=(replace(article.claims[0], speaker="s9"),))
    with pytest.raises(ModelError, match="other: claim c1 names the speaker s9"):
        store.put_many((replace(article, id="sound"), wrong))
    assert store.ids() == ["rain"]


def test_what_is_no_json_is_refused_and_changes_nothing(store: Store, article: Record) -> None:
    claim = article.claims[0]
    edits = (Edit("speaker", None, Speaker("s8", "Zoë")), Edit("claim", claim, replace(claim, note="\ud800")))
    with pytest.raises(StoreError, match="cannot be saved as JSON"):
        store.apply(Change("rain", "note", edits), "human:Ada")
    assert not store.dirty
    assert store.get("rain") == article


def test_each_record_that_is_put_is_verified_once(path: Path, article: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    problems = Record.problems

    def counted(record: Record) -> Iterator[str]:
        verified.append(record.id)
        return problems(record)

    monkeypatch.setattr(Record, "problems", counted)
    with Store.open(path) as store:
        store.put_many(replace(article, id=id_) for id_ in "abc")
    assert verified == ["a", "b", "c"]


def test_applied_changes_are_in_memory_at_once_and_durable_after_sync(
    store: Store, article: Record, decide: Decide
) -> None:
    store.apply(decide(article, "c1", "accepted"), "human:Ada")
    dirty = [store.dirty]
    assert store.get("rain").claim("c1").status == "accepted"
    with Store.open(store.path, read_only=True) as reader:
        assert reader.get("rain").claim("c1").status == "suggested"
    store.sync()
    assert [*dirty, store.dirty] == [True, False]
    with Store.open(store.path, read_only=True) as reader:
        assert reader.get("rain").claim("c1").status == "accepted"


def test_the_store_and_the_screen_apply_a_change_alike(store: Store, article: Record) -> None:
    claim, date = article.claims[1], article.dates[0]
    change = Change(
        "rain", "mixed",
        (
            Edit("speaker", None, Speaker("s4", "Zoë")),
            Edit("date", date, replace(date, status="rejected")),
            Edit("speaker", article.speakers[2], None),
            Edit("claim", claim, replace(claim, speaker="s4")),
            Edit("claim", article.claims[2], None),
            Edit("claim", None, Claim("c4", "indirect", (Span(0, 4),))),
            Edit("article", {"review": article.review, "date": article.date},
                 {"review": replace(article.review, state="done"), "date": None}),
        ),
    )  # fmt: skip
    store.apply(change, "human:Ada")
    assert store.get("rain") == apply(article, change)


@pytest.mark.parametrize("field", ["text", "id", "claims", "extra"])
def test_an_edit_cannot_change_what_everything_else_stands_on(store: Store, article: Record, field: str) -> None:
    with pytest.raises(StoreError, match=field):
        store.apply(Change("rain", "odd", (Edit("article", {}, {field: "x"}),)), "human:Ada")
    assert store.get("rain") == article


def test_summaries_count_what_is_live_and_decided(store: Store, article: Record, decide: Decide) -> None:
    unsure = sum(uncertainty(claim) for claim in article.claims)
    assert store.summaries() == [Summary("rain", "Rain", "rain.txt", "2031-05-02", "suggested", 3, 0, unsure)]
    store.apply(decide(article, "c1", "accepted"), "human:Ada")
    store.apply(decide(article, "c2", "rejected"), "human:Ada")
    store.update_claim("rain", "c3", deleted=True)
    wanted = Summary("rain", "Rain", "rain.txt", "2031-05-02", "suggested", 2, 2, 0.0)
    assert store.summaries() == [wanted]
    with Store.open(store.path, read_only=True) as reader:
        assert reader.summaries() == [wanted]
    store.undo("human:Ada")
    assert store.summaries()[0].claims == 3


def test_summaries_have_no_doubt_of_words_that_a_person_changed(store: Store, article: Record) -> None:
    (before,) = store.summaries()
    store.update_claim("rain", "c3", content=article.claims[0].content)
    assert store.summaries()[0].uncertainty == pytest.approx(before.uncertainty - uncertainty(article.claims[2]))


def test_articles_are_found_by_path_then_by_text(
    store: Store, article: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(replace(article, id="moved", text="Other words.", path=str(tmp_path / "sub" / "o.txt"), blocks=(),
                      quotes=(), dates=(), speakers=(), claims=()))  # fmt: skip
    monkeypatch.chdir(tmp_path.parent)
    assert store.find(tmp_path / "rain.txt", "new text") == "rain"
    assert store.find(f"{tmp_path.name}/rain.txt", "new text") == "rain"
    assert store.find("elsewhere.txt", article.text) == "rain"
    assert store.find(None, "Other words.") == "moved"
    assert store.find(tmp_path / "sub" / "o.txt", "new text") == "moved"
    assert store.find("elsewhere.txt", "new text") is None
    assert [s.path for s in store.summaries()] == ["rain.txt", "sub/o.txt"]
    assert store.relative(tmp_path.parent / "x.txt") == "../x.txt"


def test_an_article_whose_path_changed_is_not_found_by_the_old_one(store: Store, article: Record) -> None:
    store.put(replace(article, path="new.txt"))
    assert store.find(store.path.parent / "rain.txt", "new text") is None
    assert store.find(store.path.parent / "new.txt", "new text") == "rain"


def test_free_ids_count_up(store: Store, article: Record) -> None:
    assert store.free_id("snow") == "snow"
    assert store.free_id("rain") == "rain~2"
    store.put(replace(article, id="rain~2"))
    assert store.free_id("rain") == "rain~3"


def test_putting_the_same_again_writes_nothing(store: Store, article: Record) -> None:
    before = store.path.stat().st_mtime_ns
    store.put(article)
    store.put(replace(article, review=replace(article.review, state="new"), claims=()))
    assert store.path.stat().st_mtime_ns == before
    assert store.get("rain") == article


def test_the_permissions_of_the_file_stay(store: Store) -> None:
    store.path.chmod(0o640)
    store.update_claim("rain", "c1", status="accepted")
    assert store.path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays_a_link(store: Store, tmp_path: Path) -> None:
    store.close()
    link = tmp_path / "sub" / "link.json"
    link.parent.mkdir()
    link.symlink_to(store.path)
    with Store.open(link, by="human:Ada") as linked:
        linked.update_claim("rain", "c1", status="accepted")
    assert link.is_symlink()
    with Store.open(store.path, read_only=True) as reader:
        assert reader.get("rain").claim("c1").status == "accepted"


def test_nothing_changes_a_store_open_for_reading(store: Store, article: Record, decide: Decide) -> None:
    with Store.open(store.path, read_only=True) as reader:
        changes: list[Callable[[], object]] = [
            lambda: reader.put(replace(article, id="new")),
            lambda: reader.apply(decide(article, "c1", "accepted"), "human:Ada"),
            lambda: reader.update_claim("rain", "c1", note="n"),
            lambda: reader.undo("human:Ada"),
        ]
        for change in changes:
            with pytest.raises(StoreReadOnlyError):
                change()
        assert reader.get("rain") == article


def test_a_closed_store_takes_nothing(store: Store, article: Record) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="has been closed"):
        store.put(replace(article, id="new"))


def test_threads_edit_and_save_at_the_same_time(path: Path, article: Record) -> None:
    claims = tuple(replace(article.claims[0], id=f"c{i}") for i in range(40))
    store = Store.open(path)
    store.put(replace(article, claims=claims))
    errors: list[BaseException] = []

    def work(part: int) -> None:
        try:
            for claim in claims[part::4]:
                after = replace(claim, status="accepted", decided_by="human:Ada")
                store.apply(Change("rain", "accept", (Edit("claim", claim, after),)), "human:Ada")
                store.sync()
                with Store.open(path, read_only=True) as reader:
                    assert reader.get("rain").claim(claim.id).status == "accepted"
        except BaseException as error:  # noqa: BLE001 # told to the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert errors == []
    with Store.open(path) as again:
        assert {c.status for c in again.get("rain").claims} == {"accepted"}
        groups = [e.group for e in again.history() if e.op == "accept"]
        assert len(set(groups)) == 40
        assert [e.seq for e in again.history()] == list(range(1, 42))


def test_no_thread_waits_for_the_disk_to_apply_a_change(
    store: Store, article: Record, decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    real = os.fsync

    def slow(descriptor: int) -> None:
        writing.set()
        assert go_on.wait(30)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    store.apply(decide(article, "c1", "accepted"), "human:Ada")
    saver = threading.Thread(target=store.sync)
    saver.start()
    assert writing.wait(30)
    store.apply(decide(article, "c2", "rejected"), "human:Ada")  # would hang here
    assert store.get("rain").claim("c2").status == "rejected"
    go_on.set()
    saver.join()
    assert store.dirty, "the second change came after the first was written"
    store.sync()
    with Store.open(store.path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "rejected", "suggested"]
