from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from tinydb import TinyDB

from annotate.errors import SaveError, StoreError, StoreForeignError
from annotate.model import Record
from annotate.store import Store, check, repair


@pytest.fixture
def whole(path: Path, article: Record) -> bytes:
    """Return a save file with five articles, a decision in each, and a table of somebody else."""
    with Store.open(path, by="human:Ada") as store:
        store.put_many(replace(article, id=f"a{i}", path=f"a{i}.txt") for i in range(5))
        for i in range(5):
            store.update_claim(f"a{i}", "c1", status="accepted")
    db = TinyDB(path, encoding="utf-8")
    db.table("notes").insert({"id": 1, "text": "mine"})
    db.close()
    with Store.open(path, by="human:Ada") as store:
        store.update_claim("a0", "c1", note="again")
    return path.read_bytes()


def test_a_sound_file_has_no_problems_and_is_repaired_into_its_equal(path: Path, whole: bytes) -> None:
    out = path.with_name("out.json")
    assert check(path) == []
    report = repair(path, out)
    assert (report.articles, report.claims, report.history, report.problems) == (5, 15, 11, ())
    assert path.read_bytes() == whole
    with Store.open(path, read_only=True) as old, Store.open(out, by="human:Ada") as new:
        assert [new.get(i) for i in new.ids()] == [old.get(i) for i in old.ids()]
        assert new.history() == old.history()
        assert new.undo("human:Ada") is not None
    db = TinyDB(out, encoding="utf-8", access_mode="r")
    assert db.table("notes").all() == [{"id": 1, "text": "mine"}]
    db.close()


@pytest.mark.parametrize("part", [0.15, 0.3, 0.5, 0.7, 0.95])
def test_all_whole_documents_of_a_cut_file_are_saved(path: Path, whole: bytes, part: float) -> None:
    path.write_bytes(whole[: int(len(whole) * part)])
    cut = path.read_bytes()
    (problem,) = check(path)
    assert "is damaged" in problem
    report = repair(path, path.with_name("out.json"))
    lines = cut.split(b"\n")[:-1]
    assert report.articles == sum(
        line.startswith(b'"') and b'"text":' in line and b'"schema"' in line for line in lines
    )
    assert report.history == sum(b'"seq":' in line for line in lines)
    assert report.claims == sum(b'{"article":' in line for line in lines)
    assert path.read_bytes() == cut
    assert check(path.with_name("out.json")) == []


def test_a_changed_byte_costs_one_document_at_most(path: Path, whole: bytes) -> None:
    dice = random.Random(3)
    for n in range(60):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        out = path.with_name(f"out{n}.json")
        report = repair(path, out)
        assert report.articles >= 4
        assert report.claims >= 12
        assert report.history >= 10
        assert (report.articles, report.claims, report.history) == (5, 15, 11) or report.articles + report.claims >= 16
        with Store.open(out) as store:
            for article_id in store.ids():
                store.get(article_id)
        assert path.read_bytes() == bytes(data)


def test_a_text_that_changed_is_saved_and_told(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b"Bo Ra, the mayor", b"Bo Xa, the mayor", 1))
    (problem,) = check(path)
    assert "the text of 'a0' does not match its text_sha256" in problem
    report = repair(path, path.with_name("out.json"))
    assert report.problems == ("article 'a0'.text_sha256: it does not match the text; left out",)
    with Store.open(path.with_name("out.json")) as store:
        assert "Bo Xa" in store.get("a0").text
        assert store.get("a0").claim("c1").status == "accepted"


def test_claims_that_lost_their_article_or_sense_are_kept_apart(path: Path, whole: bytes) -> None:
    data = whole.replace(b'{"article":"a1","id":"c2"', b'{"article":"ax","id":"c2"')
    data = data.replace(b'{"article":"a2","id":"c2","type":"indirect"', b'{"article":"a2","id":"c2","type":"odd"')
    path.write_bytes(data.replace(b'{"article":"a3","id":"c2"', b'{"article":"a3","id":"c1"'))
    assert len(check(path)) == 3
    report = repair(path, path.with_name("out.json"))
    assert (report.articles, report.claims) == (5, 12)
    assert len(report.problems) == 3
    db = TinyDB(path.with_name("out.json"), encoding="utf-8", access_mode="r")
    assert {(d["article"], d["id"]) for d in db.table("unreadable").all()} == {("ax", "c2"), ("a2", "c2"), ("a3", "c1")}
    db.close()
    assert check(path.with_name("out.json")) == []


def test_a_lost_speaker_does_not_cost_the_claim(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b'"speakers":[{"id":"s1"', b'"speakers":[{"id":"s9"', 1))
    report = repair(path, path.with_name("out.json"))
    assert (report.articles, report.claims) == (5, 15)
    assert report.problems == ("claim 'c1' of article 'a0'.speaker: 's1' is not in the article; left out",)
    with Store.open(path.with_name("out.json")) as store:
        claim = store.get("a0").claim("c1")
    assert (claim.speaker, claim.date, claim.status) == (None, "d1", "accepted")


@pytest.mark.parametrize("field", ["edited", "tags"])
def test_a_word_that_makes_no_sense_costs_no_other_word(path: Path, whole: bytes, field: str) -> None:
    db = TinyDB(path, encoding="utf-8")
    db.table("claims").update({field: ["content", 7, "\x1b]0;x\x07" if field == "edited" else None]}, doc_ids=[1])
    db.close()
    report = repair(path, path.with_name("out.json"))
    assert report.claims == 15
    assert len(report.problems) == 1
    with Store.open(path.with_name("out.json"), read_only=True) as store:
        assert [getattr(claim, field) for claim in store.get("a0").claims[:1]] == [("content",)]


def test_the_history_is_checked(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b'"seq":3,', b'"seq":1,').replace(b'"seq":4,', b'"seq":"x",'))
    assert "document 4 of history: seq is missing or not a number" in check(path)
    assert [p for p in check(path) if p.startswith("history")] == [
        "history entry 1: it is out of order, after entry 2",
    ]


def test_two_articles_of_one_id_are_told(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b'"onrecord/1","id":"a1"', b'"onrecord/1","id":"a0"'))
    assert "article 'a0': the file has it twice" in check(path)


def test_a_repair_never_overwrites(path: Path, whole: bytes, tmp_path: Path) -> None:
    for out in (path, tmp_path):
        with pytest.raises(StoreError, match="exists already"):
            repair(path, out)
    with pytest.raises(SaveError, match="could not be written"):
        repair(path, tmp_path / "no" / "out.json")
    assert path.read_bytes() == whole


def test_a_file_cut_off_within_its_first_article_is_ours_all_the_same(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[: whole.index(b'"text"')])
    with pytest.raises(StoreError, match="has no complete article, claim or change"):
        repair(path, path.with_name("out.json"))


def test_there_is_nothing_to_repair_in_a_foreign_file(path: Path) -> None:
    path.write_bytes(b'{"_default": {"1": {"name": "x"}}}')
    with pytest.raises(StoreError, match="nothing in it was written by onrecord"):
        repair(path, path.with_name("out.json"))
    with pytest.raises(StoreForeignError):
        check(path)
    with pytest.raises(StoreError, match="does not exist"):
        check(path.with_name("none.json"))
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("value", [b'"half \\ud800 a pair"', b"36893488147419103232"])
def test_what_no_file_can_hold_does_not_stop_a_repair(path: Path, whole: bytes, value: bytes) -> None:
    path.write_bytes(whole.replace(b'"note":"again"', b'"note":"again","odd":' + value))
    report = repair(path, path.with_name("out.json"))
    assert (report.articles, report.claims) == (5, 15)
    assert check(path.with_name("out.json")) == []
