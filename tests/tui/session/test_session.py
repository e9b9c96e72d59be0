"""A session without a screen: opening, deciding, undoing, saving, read-only viewing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate import edit
from annotate.directory import Directory, rename
from annotate.errors import ReadError, StoreReadOnlyError
from annotate.model import Block, Claim, Record, Review, Speaker
from annotate.read import Article, expand
from annotate.spans import Span
from annotate.store import Store
from annotate.units import NO_UNITS, Units
from tests.tui.sitting import answer
from tui.session.engine_process import Answer, Label, Part, Progress, UnitsFound
from tui.session.session import Session

TEXT = "“We won,” said Ana Li. Bo Ek agreed that it rained."


class Engine:
    """Records its requests."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.parts: list[Part] = []

    def start(self, listener: object) -> None:
        self.asked.append("started")

    def ask(self, article: Article, *, first: bool = False) -> None:
        self.asked.insert(0 if first else len(self.asked), article.id)

    def ask_units(self, part: Part) -> None:
        self.parts.append(part)

    def retry(self) -> None:
        self.asked.append("again")

    def close(self) -> None:
        self.asked.append("closed")


def labelled(record: Record) -> Record:
    claims = (
        Claim("c1", "direct", (Span(0, 9),), (Span(10, 14),), origin="engine:test"),
        Claim("c2", "indirect", (Span(36, 50),), (Span(29, 35),), origin="engine:test"),
    )
    blocks = (Block(0, len(record.text), "body"),)
    return replace(record, blocks=blocks, claims=claims, review=Review("suggested"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(TEXT + f" {name}", "utf-8")
    return tmp_path


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def session(folder: Path, engine: Engine) -> Iterator[Session]:
    with Store.open(folder / "annotations.json") as store:
        session = Session(store, "ana", engine, "2026-01-31")
        session.add(expand([str(folder / "one.txt"), str(folder / "two.txt")]))
        yield session
        session.close()


def open_labelled(session: Session, index: int = 0) -> Record:
    record = session.load(index)
    session.show(index, record)
    session.handle(answer(labelled(record)))
    assert session.record is not None
    return session.record


def reopened(session: Session) -> Store:
    assert session.close() == ""
    return Store.open(session.store.path, read_only=True)


def test_an_article_shows_its_text_before_the_engine_has_read_it(session: Session, engine: Engine) -> None:
    record = session.load(0)
    session.show(0, record)
    assert (record.id, record.date, record.claims) == ("one", "2026-01-31", ())
    assert engine.asked == ["one"]


def test_the_date_given_is_for_texts_that_carry_none(session: Session, folder: Path) -> None:
    (folder / "dated.txt").write_text("Published: 3 May 2025\n\n" + TEXT, "utf-8")
    session.add(expand([str(folder / "dated.txt")]))
    assert [session.load(i).date for i in (0, 2)] == ["2026-01-31", "2025-05-03"]


def test_looking_writes_nothing(session: Session, folder: Path) -> None:
    open_labelled(session)
    assert session.close() == ""
    assert not (folder / "annotations.json").exists()


def test_a_decision_is_saved_with_the_article_and_all_its_suggestions(session: Session) -> None:
    record = open_labelled(session)
    assert session.do(edit.decide(record, "c1", "accepted", session.actor))
    assert (session.entries[0].claims, session.entries[0].decided) == (2, 1)
    with reopened(session) as store:
        saved = store.get("one")
    assert saved == session.record
    assert saved.claim("c1").decided_by == "human:ana"


def test_suggestions_that_arrive_late_leave_a_persons_claim_alone(session: Session) -> None:
    record = session.load(0)
    session.show(0, record)
    session.do(edit.new_claim(record, [Span(0, 9)], session.actor))
    session.handle(answer(labelled(record)))
    assert session.record is not None
    mine, other = sorted(session.record.claims, key=lambda c: c.start)
    assert (mine.origin, mine.status) == ("human:ana", "accepted")
    assert other.content == (Span(36, 50),)


def test_undo_goes_back_over_articles_and_restarts(session: Session, folder: Path, engine: Engine) -> None:
    session.do(edit.decide(open_labelled(session, 0), "c1", "accepted", session.actor))
    session.do(edit.decide(open_labelled(session, 1), "c2", "rejected", session.actor))
    assert session.close() == ""
    with Store.open(folder / "annotations.json") as store:
        later = Session(store, "ana", engine)
        later.add_stored()
        later.show(0, later.load(0))
        [change] = later.undo()
        assert (change.article, change.claim_ids()) == ("two", ("c2",))
        index = later.index_of("two")
        later.show(index, later.load(index))
        assert later.record is not None
        assert later.record.claim("c2").status == "suggested"
        assert later.undo()
        assert not later.undo(), "that was all"
        [redone] = later.redo()
        assert redone.article == "one"
        later.close()


def test_undo_of_the_open_article_changes_what_is_shown(session: Session) -> None:
    record = open_labelled(session)
    session.do(edit.decide(record, "c1", "accepted", session.actor))
    session.undo()
    assert session.record is not None
    assert session.record.claim("c1") == record.claim("c1")
    assert session.entries[0].decided == 0


def test_progress_is_there_on_the_next_day_before_any_file_is_read(session: Session, folder: Path) -> None:
    session.do(edit.decide(open_labelled(session), "c1", "accepted", session.actor))
    assert session.close() == ""
    with Store.open(folder / "annotations.json") as store:
        later = Session(store, "ana", Engine())
        later.add(expand([str(folder / "one.txt"), str(folder / "two.txt")]))
        assert [(e.id, e.claims, e.decided, e.state) for e in later.entries] == [
            ("one", 2, 1, "in_progress"),
            (None, 0, 0, "new"),
        ]
        later.close()


def test_a_file_that_cannot_be_read_is_told_and_the_others_open(folder: Path, engine: Engine) -> None:
    (folder / "empty.txt").touch()
    with Store.open(folder / "annotations.json") as store:
        session = Session(store, "ana", engine)
        session.add(expand([str(folder / "empty.txt"), str(folder / "gone.txt"), str(folder / "one.txt")]))
        with pytest.raises(ReadError, match=r"empty\.txt is empty"):
            session.load(0)
        with pytest.raises(ReadError, match=r"gone\.txt does not exist"):
            session.load(1)
        assert session.load(2).id == "one"
        session.close()


def test_two_articles_of_one_name_get_two_ids(folder: Path, session: Session) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "one.txt").write_text("Something else.", "utf-8")
    session.add(expand([str(folder / "more")]))
    assert [session.load(i).id for i in range(3)] == ["one", "two", "one~2"]


def test_changed_text_keeps_decided_claims(session: Session, folder: Path, engine: Engine) -> None:
    session.do(edit.decide(open_labelled(session), "c1", "accepted", session.actor))
    assert session.close() == ""
    (folder / "one.txt").write_text("News at ten. " + TEXT, "utf-8")
    with Store.open(folder / "annotations.json") as store:
        later = Session(store, "ana", engine)
        later.add(expand([str(folder / "one.txt")]))
        record = later.load(0)
        assert record.words(record.claim("c1").content) == "“We won,”"
        later.close()


def test_read_only_looks_but_refuses_to_decide(session: Session, folder: Path, engine: Engine) -> None:
    session.do(edit.decide(open_labelled(session), "c1", "accepted", session.actor))
    assert session.close() == ""
    with Store.open(folder / "annotations.json", read_only=True) as store:
        later = Session(store, "bo", engine)
        later.add_stored()
        later.show(0, later.load(0))
        assert later.record is not None
        with pytest.raises(StoreReadOnlyError):
            later.do(edit.decide(later.record, "c2", "accepted", later.actor))
        later.close()


def test_news_before_the_screen_is_there_is_kept_for_it(session: Session) -> None:
    session.hear(Progress("ready"))
    heard: list[object] = []
    session.listen(heard.append)
    session.hear(Progress("reading", "one"))
    assert heard == [Progress("ready"), Progress("reading", "one")]


def test_an_article_the_engine_failed_at_is_named(session: Session) -> None:
    session.show(0, session.load(0))
    session.handle(Answer("one", None, "too odd"))
    assert session.engine.detail.endswith("one.txt: too odd")


def test_an_article_read_ahead_shows_its_progress_and_opens_labelled(session: Session) -> None:
    session.show(0, session.load(0))
    ahead = answer(labelled(session.load(1)))
    assert not session.handle(ahead)
    assert (session.entries[1].claims, session.entries[1].state) == (2, "suggested")
    assert len(session.load(1).claims) == 2


def test_an_answer_that_is_no_record_is_a_failure_of_that_article(session: Session) -> None:
    session.show(0, session.load(0))
    session.handle(Answer("one", Label(b'{"schema": "onrecord/1", "id": 7}')))
    assert "expected a string" in session.engine.detail


def test_a_claim_made_before_the_engine_answered_does_not_end_the_review(
    session: Session, engine: Engine, folder: Path
) -> None:
    record = session.load(0)
    session.show(0, record)
    session.do(edit.new_claim(record, [Span(0, 9)], session.actor))
    assert session.record is not None
    assert session.record.review.state == "in_progress"
    assert session.close() == ""
    with Store.open(folder / "annotations.json") as store:
        later = Session(store, "ana", engine)
        later.add_stored()
        later.show(0, later.load(0))
        assert engine.asked[0] == "one", "it is asked for again on the next day"
        later.close()


@pytest.mark.parametrize("labelled_before_the_change", [False, True])
def test_a_decision_on_a_file_that_changed_since_is_kept_on_its_new_text(
    folder: Path, *, labelled_before_the_change: bool
) -> None:
    path = folder / "one.txt"
    with Store.open(folder / "annotations.json", by="human:ana") as store:
        known = labelled(Record("one", path.read_text("utf-8"), path="one.txt"))
        store.put(known)
        store.update_claim("one", "c1", note="checked")
    path.write_text("A new beginning. " + known.text, "utf-8")
    with Store.open(folder / "annotations.json") as store:
        session = Session(store, "ana", Engine())
        session.add(expand([str(path)]))
        session.open_first()
        shown = session.record
        assert shown is not None
        if labelled_before_the_change:
            new = labelled(replace(shown, claims=()))
            session.handle(answer(replace(new, claims=tuple(_moved(c, len("A new beginning. ")) for c in new.claims))))
            shown = session.record
            assert shown is not None
        session.do(edit.decide(shown, "c1", "accepted", session.actor))
        assert not session.close()
        changed = session.record
        assert changed is not None
    with Store.open(folder / "annotations.json", read_only=True) as store:
        saved = store.get("one")
    assert saved == changed
    assert saved.text.startswith("A new beginning.")
    assert not list(saved.problems())
    claim = saved.claim("c1")
    assert (saved.words(claim.content), claim.note, claim.status) == ("“We won,”", "checked", "accepted")


def test_all_are_read_one_after_the_other_and_saved(folder: Path, session: Session, engine: Engine) -> None:
    session.open_first()
    (folder / "three.txt").write_text("Three. " + TEXT, "utf-8")
    session.add(expand([str(folder / "three.txt"), str(folder / "missing.txt")]))
    found = answer(labelled(session.load(0)))
    session.hear(found)
    session.handle(found)
    assert not session.store.has("one"), "what is only opened is not saved"
    assert session.unread == 2
    session.read_all()
    for index, name in enumerate(("two", "three"), 1):
        assert engine.asked[-1] == name, "the next one only when this one is read"
        found = answer(labelled(session.load(index)))
        session.hear(found)
        session.handle(found)
    assert session.unread == 0
    assert not session.close()
    with Store.open(folder / "annotations.json", read_only=True) as store:
        assert {len(store.get(name).claims) for name in ("one", "two", "three")} == {2}


def test_an_article_that_is_opened_while_all_are_read_is_saved_too(session: Session, engine: Engine) -> None:
    session.read_all()
    assert engine.asked == ["one"]
    session.show(1, session.load(1))
    for index in (1, 0):
        found = answer(labelled(session.load(index)))
        session.hear(found)
        session.handle(found)
    assert session.unread == 0
    assert all(map(session.store.has, ("one", "two")))


def test_renaming_a_speaker_of_a_text_that_got_shorter_leaves_the_article_sound(folder: Path) -> None:
    path = folder / "one.txt"
    with Store.open(folder / "annotations.json", by="human:ana") as store:
        known = labelled(Record("one", path.read_text("utf-8"), path="one.txt"))
        ana = Speaker("s1", "Ana Li", "person", mentions=(Span(15, 21), Span(37, 50)))
        store.put(replace(known, speakers=(ana,), claims=tuple(replace(c, speaker="s1") for c in known.claims)))
        store.update_claim("one", "c1", note="checked")
    path.write_text("“We won,” said Ana Li.", "utf-8")
    with Store.open(folder / "annotations.json") as store:
        session = Session(store, "ana", Engine())
        session.add(expand([str(path)]))
        session.open_first()
        [entry] = Directory(session.speakers()).entries
        session.do_all(rename(entry, "Ana Quist"))
        assert not session.close()
    with Store.open(folder / "annotations.json", read_only=True) as store:
        saved = store.get("one")
        assert not list(saved.problems())
        assert [speaker.name for speaker in saved.speakers] == ["Ana Quist"]


def test_an_answer_that_comes_while_an_article_is_loaded_is_shown(session: Session, engine: Engine) -> None:
    loaded = session.load(0)
    session.handle(answer(labelled(loaded)))
    session.show(0, loaded)
    assert session.record is not None
    assert [claim.id for claim in session.record.claims] == ["c1", "c2"]
    assert engine.asked.count(loaded.id) == 0, "it has read it"


def _moved(claim: Claim, by: int) -> Claim:
    def on(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(start + by, end + by) for start, end in spans)

    return replace(claim, content=on(claim.content), cue=on(claim.cue))


def test_undo_on_a_file_that_changed_since_takes_back_nothing_done_on_the_old_text(folder: Path) -> None:
    path = folder / "one.txt"
    with Store.open(folder / "annotations.json", by="human:ana") as store:
        store.put(labelled(Record("one", path.read_text("utf-8"), path="one.txt")))
        store.update_claim("one", "c1", status="accepted")
    path.write_text("A new beginning. " + path.read_text("utf-8"), "utf-8")
    with Store.open(folder / "annotations.json") as store:
        session = Session(store, "ana", Engine())
        session.add(expand([str(path)]))
        session.open_first()
        assert not session.undo()
        assert session.record == store.get("one")
        assert not session.close()


def test_a_reader_follows_what_the_writer_does(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "a.json"
    with Store.open(path, by="human:Bo") as writer:
        writer.put(labelled(Record("one", TEXT, title="One")))
        with Store.open(path, read_only=True) as reader:
            session = Session(reader, "Ada", engine)
            session.add_stored()
            session.open_first()
            heard: list[object] = []
            session.listen(heard.append)
            session.follow()
            assert heard == []
            writer.update_claim("one", "c1", status="accepted")
            writer.put(labelled(Record("two", TEXT + " more", title="Two")))
            session.follow()
            assert [session.handle(news) for news in heard] == [True]  # type: ignore[arg-type] # all are news
            assert session.record == writer.get("one")
            assert [(e.id, e.decided) for e in session.entries] == [("one", 1), ("two", 0)]
            session.follow()
            assert len(heard) == 1
            path.write_bytes(b"{")
            session.follow()
            assert session.record == writer.get("one"), "what cannot be read just now changes nothing"
            path.unlink()
            session.close()


def test_articles_read_before_are_called_by_their_headlines_before_they_are_opened(
    folder: Path, engine: Engine
) -> None:
    with Store.open(folder / "titled.json") as store:
        store.put(labelled(Record("one", TEXT, path="one.txt", title="Ana Li wins")))
        store.put(labelled(Record("two", TEXT, path="two.txt")))
        session = Session(store, "ana", engine)
        session.add(expand([str(folder)]))
        assert [entry.name for entry in session.entries] == ["Ana Li wins", str(folder / "two.txt")]
        session.close()


def test_units_are_those_of_the_open_article(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.json") as store:
        store.put_many((Record("one", TEXT), Record("two", "Nobody came.")))
        engine = Engine()
        session = Session(store, "ana", engine)
        session.add_stored()
        session.show(0, session.load(0))
        session.ask_units(Span(0, 8))
        assert engine.parts == [Part("one", "“We won,", 0)]
        found = Units(Span(0, 8), phrases=(Span(1, 3),))
        session.handle(UnitsFound("two", Units(Span(0, 3))))
        assert session.units == NO_UNITS
        session.handle(UnitsFound("one", found))
        assert session.units == found
        session.show(1, session.load(1))
        assert session.units == NO_UNITS
