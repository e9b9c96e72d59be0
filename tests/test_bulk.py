from __future__ import annotations

import re
import time
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

import pytest

from annotate import bulk
from annotate.bulk import accepted
from annotate.errors import EngineError, OnrecordError, ReadError, StoreDamagedError
from annotate.model import Claim, Record
from annotate.read import Article
from annotate.spans import Span
from annotate.uncertainty import RIVALS

ENGINE = "engine:fake-1"


class Shelf:
    """A save file in memory that counts how often it is written."""

    def __init__(self) -> None:
        self.saved: dict[str, Record] = {}
        self.batches: list[list[str]] = []

    def find(self, path: str | None, text: str, /) -> str | None:
        by_path = (r.id for r in self.saved.values() if path is not None and r.path == path)
        by_text = (r.id for r in self.saved.values() if r.text == text)
        return next(by_path, None) or next(by_text, None)

    def relative(self, path: str, /) -> str:
        return path

    def free_id(self, wanted: str, taken: Container[str], /) -> str:
        numbered = (f"{wanted}~{n}" for n in range(2, 99))
        return next(i for i in (wanted, *numbered) if i not in self.saved and i not in taken)

    def get(self, id_: str, /) -> Record:
        return self.saved[id_]

    def relabelled(self, record: Record, /) -> Record:
        return record

    def put_many(self, records: list[Record], /) -> None:
        self.batches.append([record.id for record in records])
        self.saved |= {record.id: record for record in records}


def fake_engine(articles: Iterable[Article]) -> Iterator[Record]:
    """One claim of confidence 0.9 and one of 0.2; texts with "bomb" break it, in batches of two as a pipe would."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == 2:
            yield from map(analysed, batch)
            batch = []
    yield from map(analysed, batch)


def analysed(article: Article) -> Record:
    if "bomb" in article.text:
        raise ValueError("E999")
    if "stop" in article.text:
        raise KeyboardInterrupt
    sure = Claim("c1", "indirect", (Span(0, 1),), confidence=0.9, origin=ENGINE)
    unsure = Claim("c2", "indirect", (Span(1, 2),), confidence=0.2, origin=ENGINE)
    return Record(id=article.id, text=article.text, path=article.path, claims=(sure, unsure))


def texts(*words: str) -> list[Article | OnrecordError]:
    return [Article(text=word, id=word, path=f"{word}.txt") for word in words]


def run(
    shelf: Shelf, articles: Iterable[Article | OnrecordError], *, force: bool = False, accept: float | None = None
) -> list[bulk.Outcome]:
    outcomes: list[bulk.Outcome] = []
    bulk.label(articles, shelf, bulk.Labelling(fake_engine, ENGINE, force, accept), outcomes.append)
    return outcomes


def kinds(outcomes: Iterable[bulk.Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


def test_records_come_in_order_with_errors_among_them() -> None:
    articles = [*texts("one", "two"), ReadError("gone.txt does not exist"), *texts("three")]
    items = list(bulk.analyse_each(articles, fake_engine))
    assert [i.id if isinstance(i, Record) else i.message for i in items] == [
        "one", "two", "gone.txt does not exist", "three",
    ]  # fmt: skip


@pytest.mark.parametrize("place", range(5))
def test_a_text_the_engine_fails_on_is_named_and_the_others_are_done(place: int) -> None:
    names = ["one", "two", "three", "four"]
    names.insert(place, "bomb")
    items = list(bulk.analyse_each(texts(*names), fake_engine))
    assert [i.id for i in items if isinstance(i, Record)] == ["one", "two", "three", "four"]
    (error,) = [i for i in items if isinstance(i, OnrecordError)]
    assert isinstance(error, EngineError)
    assert "bomb.txt" in error.message
    assert "E999" in error.message


def test_a_failure_that_is_no_articles_is_raised() -> None:
    def broken_reader() -> Iterator[Article | OnrecordError]:
        yield from texts("one")
        raise RuntimeError("disk gone")

    with pytest.raises(RuntimeError, match="disk gone"):
        list(bulk.analyse_each(broken_reader(), fake_engine))


def test_a_reader_that_breaks_while_the_engine_fails_is_not_forgotten() -> None:
    def broken_reader() -> Iterator[Article | OnrecordError]:
        yield from texts("bomb")
        raise RuntimeError("disk gone")

    with pytest.raises(RuntimeError, match="disk gone"):
        list(bulk.analyse_each(broken_reader(), fake_engine))


def test_an_engine_that_cannot_start_is_raised() -> None:
    def missing(_: Iterable[Article]) -> Iterator[Record]:
        raise EngineError("no model")

    with pytest.raises(EngineError, match="no model"):
        list(bulk.analyse_each(texts("one"), missing))


def test_an_engine_is_not_started_where_nothing_can_be_read() -> None:
    def missing(_: Iterable[Article]) -> Iterator[Record]:
        raise EngineError("no model")

    errors = [ReadError("gone.txt does not exist"), ReadError("empty.txt is empty")]
    assert list(bulk.analyse_each(errors, missing)) == errors


def test_a_record_that_contradicts_itself_is_left_out_and_the_others_are_saved() -> None:
    def careless(articles: Iterable[Article]) -> Iterator[Record]:
        for record in fake_engine(articles):
            far = (Claim("c1", "indirect", (Span(0, 99),)),)
            yield replace(record, claims=far) if record.id == "two" else record

    shelf = Shelf()
    outcomes: list[bulk.Outcome] = []
    bulk.label(texts("one", "two", "three"), shelf, bulk.Labelling(careless, ENGINE), outcomes.append)
    assert sorted(shelf.saved) == ["one", "three"]
    (failed,) = [outcome for outcome in outcomes if outcome.kind == "failed"]
    assert "two.txt: span of claim c1" in str(failed.error)


def test_an_article_damaged_in_the_save_file_does_not_stop_the_others() -> None:
    class Damaged(Shelf):
        def get(self, id_: str, /) -> Record:
            if id_ == "one":
                raise StoreDamagedError("article 'one' is damaged")
            return super().get(id_)

    shelf = Damaged()
    run(shelf, texts("one", "two"))
    outcomes = run(shelf, texts("one", "two", "three"))
    assert sorted(kinds(outcomes)) == ["failed", "kept", "labelled"]


def test_labelling_twice_does_nothing_the_second_time() -> None:
    shelf = Shelf()
    assert kinds(run(shelf, texts("one", "two"))) == ["labelled", "labelled"]
    written = len(shelf.batches)
    assert kinds(run(shelf, texts("one", "two"))) == ["kept", "kept"]
    assert len(shelf.batches) == written


def test_force_labels_again() -> None:
    shelf = Shelf()
    run(shelf, texts("one"))
    assert kinds(run(shelf, texts("one"), force=True)) == ["labelled"]


def test_another_version_of_the_engine_labels_again() -> None:
    shelf = Shelf()
    run(shelf, texts("one"))
    old = tuple(replace(claim, origin="engine:fake-0") for claim in shelf.saved["one"].claims)
    shelf.saved["one"] = replace(shelf.saved["one"], claims=old, extra={"engine": "engine:fake-0"})
    assert kinds(run(shelf, texts("one"))) == ["labelled"]


def test_what_the_app_had_labelled_is_not_labelled_again() -> None:
    shelf = Shelf()
    run(shelf, texts("one"))
    shelf.saved["one"] = replace(shelf.saved["one"], extra={})
    assert kinds(run(shelf, texts("one"))) == ["kept"]


def test_a_text_that_changed_is_labelled_again_under_its_id() -> None:
    shelf = Shelf()
    run(shelf, [Article(text="old", id="a", path="a.txt")])
    run(shelf, [Article(text="new", id="a", path="a.txt")])
    assert {id_: record.text for id_, record in shelf.saved.items()} == {"a": "new"}


def test_two_files_of_one_name_get_two_ids_before_either_is_saved() -> None:
    shelf = Shelf()
    run(shelf, [Article(text=t, id="a", path=f"{t}/a.txt") for t in ("first", "second", "third")])
    assert sorted(shelf.saved) == ["a", "a~2", "a~3"]
    run(shelf, [Article(text=t, id="a", path=f"{t}/a.txt") for t in ("fourth", "fifth")])
    assert sorted(shelf.saved) == ["a", "a~2", "a~3", "a~4", "a~5"]


def test_a_copy_of_a_text_is_the_same_article() -> None:
    shelf = Shelf()
    outcomes = run(shelf, [Article(text="same", id=i, path=f"{i}.txt") for i in "ab"])
    assert sorted(kinds(outcomes)) == ["kept", "labelled"]
    assert list(shelf.saved) == ["a"]


def test_sure_suggestions_are_accepted_in_the_engines_name() -> None:
    shelf = Shelf()
    (outcome,) = run(shelf, texts("one"), accept=0.9)
    sure, unsure = shelf.saved["one"].claims
    assert outcome.accepted == 1
    assert (sure.status, sure.decided_by) == ("accepted", ENGINE)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", sure.updated or "")
    assert (unsure.status, unsure.decided_by) == ("suggested", None)


def test_accepting_works_on_what_was_labelled_before() -> None:
    shelf = Shelf()
    run(shelf, texts("one"))
    (outcome,) = run(shelf, texts("one"), accept=0.5)
    assert (outcome.kind, outcome.accepted) == ("kept", 1)
    assert [claim.status for claim in shelf.saved["one"].claims] == ["accepted", "suggested"]


def test_a_persons_decision_is_not_overruled() -> None:
    claim = Claim("c1", "indirect", (Span(0, 1),), confidence=0.99, status="rejected", decided_by="human:Ana")
    gone = Claim("c2", "indirect", (Span(0, 1),), confidence=0.99, deleted=True)
    record = Record(id="a", text="text", claims=(claim, gone))
    assert bulk.accepted(record, 0.0, ENGINE) == record


@pytest.mark.parametrize(("edited", "accepted"), [("content", False), ("source", False), ("date", True)])
def test_no_claim_is_accepted_for_words_that_a_person_changed(edited: str, accepted: bool) -> None:
    claim = Claim("c1", "indirect", (Span(0, 1),), confidence=0.99, edited=(edited,))
    (after,) = bulk.accepted(Record(id="a", text="text", claims=(claim,)), 0.9, ENGINE).claims
    assert (after.status == "accepted") == accepted


def test_what_was_found_before_ctrl_c_is_saved() -> None:
    shelf = Shelf()
    with pytest.raises(KeyboardInterrupt):
        run(shelf, texts("one", "two", "three", "four", "stop", "six"))
    assert set(shelf.saved) == {"one", "two", "three", "four"}


def test_a_slow_disk_is_written_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 0.0

    class Slow(Shelf):
        def put_many(self, records: list[Record], /) -> None:
            nonlocal clock
            clock += 5.0
            super().put_many(records)

    def tick() -> float:
        nonlocal clock
        clock += 0.01
        return clock

    monkeypatch.setattr(time, "monotonic", tick)
    shelf = Slow()
    run(shelf, texts(*(f"text {n}" for n in range(600))))
    assert len(shelf.saved) == 600
    assert len(shelf.batches) <= 5
    assert max(map(len, shelf.batches)) <= bulk._MOST_UNSAVED


def test_what_others_may_have_said_is_accepted_for_nobody() -> None:
    sure = Claim("c1", "direct", (Span(0, 3),), confidence=0.99)
    wavering = replace(sure, id="c2", speaker="s1", extra={RIVALS: ["Otto"]})
    record = accepted(Record("one", "one", claims=(sure, wavering)), 0.9, ENGINE)
    assert [claim.status for claim in record.claims] == ["accepted", "suggested"]
