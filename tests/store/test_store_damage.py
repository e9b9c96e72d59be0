"""Save files in which anything stands where something else belongs."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate import formats, stats
from annotate.changes import Change, Edit
from annotate.directory import Directory
from annotate.errors import ModelError, OnrecordError, StoreDamagedError, StoreError
from annotate.formats.base import SELECTABLE
from annotate.model import Record, Review
from annotate.spans import Span
from annotate.store import Store, check, merge, repair
from tests.store.damage import ADA, Files, damaged, lived_in

ALL = formats.Options(frozenset(SELECTABLE))
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))
SHORT = "“We go,” said Bo Ra. It rains."
WRONG: tuple[tuple[str, str, object, str], ...] = (
    ("articles", "path", ["a"], "article 'a1'.path: expected a string, not ['a']"),
    ("articles", "title", {"a": 1}, "article 'a1'.title: expected a string"),
    ("articles", "review", {"state": ["done"]}, "article 'a1'.review.state: expected one of new, "),
    ("articles", "speakers", [["s1"]], "article 'a1'.speakers[0]: expected an object"),
    ("articles", "speakers", [{"id": ["s1"], "name": "Bo"}], "article 'a1'.speakers[0].id: expected a string"),
    ("articles", "text", ["a"], "article 'a1': text: expected a string, not ['a']"),
    ("articles", "id", ["a1"], "document 2 of articles: id: expected a string, not ['a1']"),
    ("claims", "speaker", ["s1"], "claim 'c1' of article 'a1'.speaker: expected a string, not ['s1']"),
    ("claims", "content", [[0, "x"]], "claim 'c1' of article 'a1'.content[0]: expected an offset"),
    ("claims", "confidence", "high", "claim 'c1' of article 'a1'.confidence: expected a number"),
    ("claims", "id", ["c1"], "document 4 of claims: id: expected a string, not ['c1']"),
    ("claims", "article", ["a1"], "document 4 of claims: article: expected a string, not ['a1']"),
    ("history", "of", [1], "history entry 2: of: expected a number of 1 or more, not [1]"),
    ("history", "seq", 1 << 60, "history entry 1152921504606846976: seq: expected a number of 1 or more"),
    ("history", "before", 7, "history entry 2: before: expected an object or null, not 7"),
    ("history", "kind", ["claim"], "history entry 2: kind: ['claim'] is not a kind of edit"),
    ("meta", "engine", ["engine:1"], "meta: engine: expected a string or null, not ['engine:1']"),
    ("meta", "log", {}, "meta: log: expected a string or null, not {}"),
)
NUMBERS = {"meta": "1", "articles": "2", "claims": "4", "history": "2"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a file with a log beside it."""
    text = "“We go,” said Bo Ra. It rains."
    return lived_in(tmp_path_factory.mktemp("lived") / "annotations.json", lived(text))


def changed(files: Files, table: str, name: str, value: object) -> Files:
    tables = json.loads(files.main)
    tables[table][NUMBERS[table]][name] = value
    return Files(json.dumps(tables).encode(), b"")


def ignoring(work: Callable[[], object]) -> None:
    """Do something that may fail with an error for a person, and no other."""
    with suppress(OnrecordError):
        work()


def read_all(path: Path) -> dict[str, Record]:
    """Ask a file for everything that commands and the app ask for; return the records that can be read."""
    records: dict[str, Record] = {}
    with Store.open(path, read_only=True) as store:
        for id_ in store.ids():
            ignoring(lambda id_=id_: records.setdefault(id_, store.get(id_)))  # type: ignore[misc]
        assert [summary.id for summary in store.summaries()] == store.ids()
        assert all(isinstance(summary.path, str | None) for summary in store.summaries())
        store.history(), store.claims(status="accepted", speaker="Bo Ra"), store.search("said", ignore_case=True)
        assert all(entry.name is not None for entry in Directory(store.speakers()).entries)
        stats.stats(records.values()).to_dict()
        for format_ in formats.FORMATS.values():
            format_.export(records.values(), ALL)
    return records


def write_all(path: Path, article: Record) -> None:
    """Write to a file as commands and the app do."""
    with Store.open(path, by="human:Bo") as store:
        for id_ in store.ids()[:2]:
            ignoring(lambda id_=id_: store.update_claim(id_, "c1", note="n"))  # type: ignore[misc]
            ignoring(lambda id_=id_: store.put(replace(article, id=id_, text=f"So. {article.text}")))  # type: ignore[misc]
        for step in (store.undo, store.redo):
            for _ in range(12):
                ignoring(lambda step=step: step("human:Bo"))  # type: ignore[misc]
        store.replace(article, "human:Bo")


def lived(text: str) -> Record:
    from annotate.model import Claim, DateMention, Speaker

    claims = (
        Claim(
            "c1", "direct", (Span(0, 8),), (Span(9, 13),), (Span(14, 19),), speaker="s1", date="d1", origin="engine:1"
        ),
        Claim("c2", "indirect", (Span(21, 29),), speaker="s2", origin="engine:1", confidence=0.5),
        Claim("c3", "indirect", (Span(24, 29),), origin="engine:1"),
    )
    return Record(
        "rain", text, path="rain.txt", title="Rain", claims=claims, review=Review("suggested"),
        dates=(DateMention("d1", 1, 3, "DATE", "2031-05-05", origin="engine:1"),),
        speakers=(Speaker("s1", "Bo Ra", "person", "the mayor", (Span(14, 19),)), Speaker("s2", "the council")),
    )  # fmt: skip


@pytest.mark.parametrize(("table", "name", "value", "told"), WRONG)
def test_a_wrong_type_is_told_with_its_place(
    path: Path, files: Files, table: str, name: str, value: object, told: str
) -> None:
    changed(files, table, name, value).write(path)
    assert any(problem.startswith(told) for problem in check(path)), check(path)
    read_all(path)
    write_all(path, lived(SHORT))


@pytest.mark.parametrize(("table", "name", "value", "told"), WRONG)
def test_a_wrong_type_costs_a_repair_nothing_else(
    path: Path, files: Files, table: str, name: str, value: object, told: str
) -> None:
    sound = read_all(Files(files.main, b"").write(path))
    changed(files, table, name, value).write(path)
    out = path.with_name("out.json")
    report = repair(path, out)
    assert check(out) == []
    assert any(name in problem or "history entry" in problem for problem in report.problems), report.problems
    after = read_all(out)
    assert {id_: after.get(id_) for id_ in sound if id_ != "a1"} == {id_: r for id_, r in sound.items() if id_ != "a1"}
    if table in ("meta", "history") or name in ("path", "title", "review"):
        assert after["a1"].claims == sound["a1"].claims
    elif table == "claims" and name not in ("id", "article", "content"):
        field = {name: getattr(after["a1"].claims[0], name)}
        assert after["a1"] == replace(
            sound["a1"], claims=(replace(sound["a1"].claims[0], **field), *sound["a1"].claims[1:])
        )


@given(data=st.data())
@settings(PATIENT, max_examples=40)
def test_no_damage_gives_another_error_than_ours(
    data: st.DataObject, files: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    article = lived(SHORT)
    with Store.open(folder / "sound.json") as store:
        store.put(article)
    path = data.draw(damaged(files)).write(folder / "annotations.json")
    ignoring(lambda: check(path))
    ignoring(lambda: read_all(path))
    ignoring(lambda: merge(path, folder / "sound.json", folder / "both.json", ADA))
    assert not (folder / "both.json").exists() or check(folder / "both.json") == []
    ignoring(lambda: write_all(path, article))


@given(data=st.data())
@settings(PATIENT, max_examples=60)
def test_what_a_repair_writes_is_sound_and_has_all_that_was_untouched(
    data: st.DataObject, files: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    files = data.draw(st.sampled_from((files, Files(files.main, b""))))
    before = files.write(folder / "before.json")
    sound = read_all(before)
    hurt = data.draw(damaged(files))
    path, out = hurt.write(folder / "annotations.json"), folder / "out.json"
    try:
        repair(path, out)
    except StoreError:
        assert not out.exists()
        assert not any(untouched(files.main, hurt.main, id_) for id_ in sound)
        return
    assert check(out) == []
    after = read_all(out)
    write_all(out, lived(SHORT))
    if not files.log:
        for id_, record in sound.items():
            assert not untouched(files.main, hurt.main, id_) or after[id_] == record


def untouched(before: bytes, after: bytes, id_: str) -> bool:
    """Tell whether all lines about an article are as they were, and none has come."""
    name = json.dumps(id_).encode()
    lines = [line.removesuffix(b",") for line in before.splitlines() if name in line]
    found = [line.removesuffix(b",") for line in after.splitlines() if name in line]
    return lines == found and before.count(name) == after.count(name)


def test_a_history_that_contradicts_the_text_is_passed_over_by_undo(path: Path, article: Record) -> None:
    with Store.open(path, by=ADA) as store:
        store.put(article)
        before = article.claims[0]
        store.apply(Change("rain", "content", (Edit("claim", before, replace(before, note="a")),)), ADA)
    data = path.read_bytes()
    place = data.rindex(b'"before":{')
    path.write_bytes(data[:place] + data[place:].replace(b'"content":[[0,18]]', b'"content":[[0,1800]]', 1))
    with Store.open(path, by=ADA) as store:
        assert store.undo(ADA) == ()
        assert store.get("rain").claims[0].note == "a"


def test_what_was_done_to_a_lost_article_is_passed_over_by_undo(path: Path, article: Record) -> None:
    with Store.open(path, by=ADA) as store:
        store.put_many([article, replace(article, id="lost")])
        store.update_claim("rain", "c1", note="a")
        store.update_claim("lost", "c1", note="b")
    path.write_bytes(path.read_bytes().replace(b'"id":"lost"', b'"id":5', 1))
    assert repair(path, path.with_name("out.json")).history == 4
    with Store.open(path.with_name("out.json"), by=ADA) as store:
        assert [change.article for change in store.undo(ADA)] == ["rain"]
        assert store.undo(ADA) == ()


def test_documents_of_one_number_are_told_and_both_are_kept(path: Path, article: Record) -> None:
    with Store.open(path, by=ADA) as store:
        store.put(article)
    path.write_bytes(path.read_bytes().replace(b'"2":{"article"', b'"1":{"article"'))
    assert check(path) == ["claims: two documents have the number 1"]
    with Store.open(path, by=ADA) as store:
        store.update_claim("rain", "c1", note="one")
        store.update_claim("rain", "c2", note="two")
        with Store.open(path, read_only=True) as reader:  # of the file and the log
            assert {claim.note for claim in reader.get("rain").claims} == {"one", "two", ""}
    assert check(path) == []
    with Store.open(path, read_only=True) as reader:
        assert {claim.id: claim.note for claim in reader.get("rain").claims} == {"c1": "one", "c2": "two", "c3": ""}


def test_a_schema_that_is_no_number_costs_a_repair_nothing(path: Path, files: Files) -> None:
    changed(files, "meta", "schema", "2").write(path)
    told = "meta: schema: expected a number of 1 or more, not '2'"
    assert check(path) == [f"{path} is damaged: {told}"]
    assert repair(path, path.with_name("out.json")).problems == (f"{told}; left out",)
    assert read_all(path.with_name("out.json")) == read_all(Files(files.main, b"").write(path))


def test_two_files_are_merged_only_when_both_are_sound(path: Path, files: Files) -> None:
    files.write(path)
    other = path.with_name("other.json")
    changed(files, "history", "of", 77).write(other)
    with pytest.raises(StoreDamagedError, match="history entry 2: it undoes or redoes action 77, which is missing"):
        merge(path, other, path.with_name("both.json"), ADA)
    assert not path.with_name("both.json").exists()


def test_a_log_of_wrong_types_is_damaged_in_its_line(path: Path, files: Files) -> None:
    import zlib

    lines = files.log.splitlines()
    body = b'{"put":{"claims":{"2":{"article":["a0"],"id":"c2"}}}}'
    Files(files.main, b"\n".join([lines[0], b"%08x %s" % (zlib.crc32(body), body), b""])).write(path)
    with pytest.raises(
        StoreDamagedError, match=r"log is damaged in line 2: document 2 of claims: article: expected a string"
    ):
        Store.open(path)


def test_what_is_nested_too_deeply_to_be_written_is_damage(path: Path, article: Record) -> None:
    with Store.open(path, by=ADA) as store:
        store.put(article)
    deep: Any = "[" * 400 + "]" * 400
    path.write_bytes(path.read_bytes().replace(b'"x_rule":"inverted"', b'"x_rule":' + deep.encode()))
    with pytest.raises(StoreDamagedError, match="document '1' of 'claims' has too many nested lists"):
        Store.open(path)
    report = repair(path, path.with_name("out.json"))
    assert report.claims == 3
    assert report.problems == (
        "claim 'c1' of article 'rain': values that a save file cannot hold were replaced or left out",
    )
    assert check(path.with_name("out.json")) == []
    with pytest.raises(ModelError, match="nested"):
        Record.from_json(f'{{"schema":"onrecord/1","id":"a","text":"b","x":{deep}}}')
