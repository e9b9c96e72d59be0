from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from annotate.errors import StoreDamagedError, StoreLockedError, StoreMismatchError
from annotate.store import LoggedJSONStorage
from annotate.store.disk import journal

from .power import Disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.json"


def test_anybodys_tinydb_can_be_kept_in_it(path: Path) -> None:
    with TinyDB(path, storage=LoggedJSONStorage) as db:
        assert db.all() == []
        assert not path.exists()
        db.insert({"a": "“ü”"})
        db.table("t").insert_multiple({"n": n} for n in range(3))
        db.update({"b": [1]}, where("a") == "“ü”")
        db.table("t").remove(where("n") == 1)
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    with TinyDB(path, encoding="utf-8", access_mode="r") as plain:
        assert plain.all() == [{"a": "“ü”", "b": [1]}]
        assert [d["n"] for d in plain.table("t")] == [0, 2]
    with TinyDB(path, storage=LoggedJSONStorage) as db:
        assert db.tables() == {"_default", "t"}
        db.drop_tables()
    with TinyDB(path, storage=LoggedJSONStorage) as db:
        assert db.tables() == set()


def test_what_is_no_json_leaves_everything_as_it_was(path: Path) -> None:
    with TinyDB(path, storage=LoggedJSONStorage) as db:
        db.insert({"a": 1})
        with pytest.raises(TypeError):
            db.insert({"a": object()})
        assert db.all() == [{"a": 1}]
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(orjson.JSONDecodeError):
        LoggedJSONStorage(path)


def test_one_at_a_time_may_have_it_open(path: Path) -> None:
    with TinyDB(path, storage=LoggedJSONStorage), pytest.raises(StoreLockedError):
        LoggedJSONStorage(path)
    LoggedJSONStorage(path).close()


def test_a_power_cut_loses_no_write_that_has_returned(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(journal, "_ROOM", 400)
    chance = random.Random(5)
    states: list[list[Any]] = [[]]
    cuts: list[tuple[int, dict[str, bytes]]] = []
    with monkeypatch.context() as patch:
        disk = Disk(path.parent, patch)
        disk.on_moment = lambda: cuts.extend((len(states) - 1, disk.left(chance)) for _ in range(3))
        with TinyDB(path, storage=LoggedJSONStorage) as db:
            for n in range(12):
                db.insert({"n": n}) if n % 4 else db.update({"m": n}, where("n") == n - 1)
                states.append(db.all())
    for n, (done, files) in enumerate(cuts):
        folder = tmp_path_factory.mktemp("cut")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with TinyDB(folder / path.name, storage=LoggedJSONStorage) as db:
            assert db.all() in states[done : done + 2], f"cut {n}"


def test_a_log_of_another_state_of_the_file_is_never_passed_over(path: Path) -> None:
    db = TinyDB(path, storage=LoggedJSONStorage)
    db.insert({"a": 1})
    db.insert({"a": 2})
    log = path.with_name("notes.json.log").read_bytes()
    db.close()
    path.with_name("notes.json.log").write_bytes(log)
    Path(path).write_bytes(b'{"_default":{"1":{"a":3}}}')
    with pytest.raises(StoreMismatchError):
        LoggedJSONStorage(path)


DOCUMENTS = st.dictionaries(st.text(max_size=3), st.integers(-9, 9) | st.text(max_size=5), max_size=3)
TABLES = st.sampled_from(["_default", "claims", "ü"])


class Machine(RuleBasedStateMachine):
    """Does the same with TinyDB's own storage in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.json"
        self.model = TinyDB(storage=MemoryStorage)
        self.db = TinyDB(self.path, storage=LoggedJSONStorage)

    @rule(table=TABLES, document=DOCUMENTS)
    def insert(self, table: str, document: dict[str, Any]) -> None:
        for db in (self.model, self.db):
            db.table(table).insert(document)

    @rule(table=TABLES, fields=DOCUMENTS)
    def update(self, table: str, fields: dict[str, Any]) -> None:
        for db in (self.model, self.db):
            db.table(table).update(fields, where("k").exists() | where("").exists())

    @rule(table=TABLES, number=st.integers(1, 4))
    def remove(self, table: str, number: int) -> None:
        for db in (self.model, self.db):
            if db.table(table).contains(doc_id=number):
                db.table(table).remove(doc_ids=[number])

    @rule()
    def reopen(self) -> None:
        self.db.close()
        self.db = TinyDB(self.path, storage=LoggedJSONStorage)
        held = self.model.storage.read()
        self.model = TinyDB(storage=MemoryStorage)  # TinyDB forgets which number was the last one given
        if held is not None:
            self.model.storage.write(held)

    @invariant()
    def same(self) -> None:
        for table in ("_default", "claims", "ü"):
            assert self.db.table(table).all() == self.model.table(table).all()

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize("content", ["[1]", '{"notes": []}', '{"notes": {"1": 7}}', '{"notes": {"x": {}}}'])
def test_json_that_is_no_tables_is_damage(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreDamagedError, match="is damaged"):
        LoggedJSONStorage(path)
