from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tinydb import TinyDB

from annotate.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreLockedError,
    StoreNewerError,
    StoreReadOnlyError,
)
from annotate.model import Record
from annotate.store import Store

HOLD = """
import sys
from annotate.store import Store
store = Store.open(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""

GRAB = """
import os, sys
from annotate.errors import StoreLockedError
from annotate.store import Store
for _ in range(300):
    try:
        store = Store.open(sys.argv[1])
    except StoreLockedError:
        continue
    descriptor = os.open(sys.argv[2], os.O_CREAT | os.O_EXCL)  # fails when somebody else is in here too
    os.unlink(sys.argv[2])
    os.close(descriptor)
    store.close()
"""


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()}


def saved(path: Path, article: Record) -> bytes:
    with Store.open(path) as store:
        store.put(article)
    return path.read_bytes()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", StoreDamagedError),
        (b"{", StoreDamagedError),
        (b"\x00" * 500, StoreDamagedError),
        (b'\x00\n"meta":{\n"1":{"program":"onrecord"', StoreDamagedError),
        (b'{"meta": {"1": {"program": "onrecord", "schema": 1}}}\n}}', StoreDamagedError),
        (b"Dear diary", StoreForeignError),
        (b"{\\rtf1 Dear diary}", StoreForeignError),
        (b"claim,speaker\r\nc1,Zo\xe9\r\n", StoreForeignError),
        (b'{"schema": "onrecord/1", "id": "a"}\n{"schema": "onrecord/1", "id": "b"}\n', StoreForeignError),
        (b'{\n"meta":{\n', StoreDamagedError),
        (b"{}", StoreForeignError),
        (b"{}\n", StoreForeignError),
        (b"[1, 2]", StoreForeignError),
        (b'{"meta": {"1": {"schema": 1}}}', StoreForeignError),
        (b'{"_default": {"1": {"id": "a", "text": "b"}}}', StoreForeignError),
        (b'{"articles": [], "meta": {"1": {"program": "onrecord", "schema": 1}}}', StoreDamagedError),
        (b'{"articles": {"1": []}, "meta": {"1": {"program": "onrecord", "schema": 1}}}', StoreDamagedError),
        (b'{"articles": {"1": []}, "meta": {"1": {"program": ["onrecord"], "schema": 1}}}', StoreForeignError),
        (b'{"meta": {"1": {"program": "onrecord", "schema": "one"}}}', StoreDamagedError),
        (b'{"meta": {"1": {"program": "onrecord", "schema": true}}}', StoreDamagedError),
        (b'{"meta": {"1": {"program": "onrecord", "schema": 0}}}', StoreDamagedError),
        (b'{"meta": {"1": {"program": "onrecord", "schema": 3}}}', StoreNewerError),
        (
            b'{"meta": {"1": {"program": "onrecord", "schema": 1}}, "articles": {"1": {"schema": "onrecord/2"}}}',
            StoreNewerError,
        ),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_untouched(
    path: Path, content: bytes, error: type[StoreError], read_only: bool
) -> None:
    path.write_bytes(content)
    before = snapshot(path.parent)
    with pytest.raises(error, match=path.name) as caught:
        Store.open(path, read_only=read_only)
    assert type(caught.value) is error
    assert caught.value.hint
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_anywhere_is_refused_with_the_way_to_repair_it(path: Path, article: Record, part: float) -> None:
    whole = saved(path, article)
    path.write_bytes(whole[: max(1, int(len(whole.rstrip()) * part))])
    before = snapshot(path.parent)
    with pytest.raises(StoreDamagedError, match=r"check --db FILE --repair"):
        Store.open(path)
    assert snapshot(path.parent) == before


def test_a_file_that_is_not_utf8_is_damaged(path: Path, article: Record) -> None:
    path.write_bytes(saved(path, article).replace("“".encode(), b"\x93"))
    with pytest.raises(StoreDamagedError, match="is damaged"):
        Store.open(path)


def test_an_article_that_contradicts_itself_is_named_and_the_others_open(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        store.put_many((article, replace(article, id="sound")))
    path.write_bytes(path.read_bytes().replace(b"Bo Ra, the mayor", b"Bo Xa, the mayor", 1))
    with Store.open(path) as store:
        with pytest.raises(StoreDamagedError, match="rain"):
            store.get("rain")
        assert store.get("sound").id == "sound"


def test_a_folder_a_pipe_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "not a regular file"),
        (tmp_path / "no" / "a.json", "does not exist"),
    ):
        with pytest.raises(StoreError, match=message):
            Store.open(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pipe"]


def test_a_file_marked_read_only_opens_for_reading_only(path: Path, article: Record) -> None:
    saved(path, article)
    path.chmod(0o444)
    with pytest.raises(StoreReadOnlyError, match="--read-only"):
        Store.open(path)
    with Store.open(path, read_only=True) as store:
        assert store.get("rain") == article


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write into every folder")
def test_a_folder_marked_read_only_opens_for_reading_only(path: Path, article: Record) -> None:
    saved(path, article)
    path.parent.chmod(0o555)
    try:
        with pytest.raises(StoreReadOnlyError, match="--read-only"):
            Store.open(path)
        with Store.open(path, read_only=True) as store:
            assert store.get("rain") == article
    finally:
        path.parent.chmod(0o755)


def test_nothing_is_made_before_the_first_save_and_nothing_is_left(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        assert store.ids() == []
        assert not path.exists()
    assert list(path.parent.iterdir()) == []
    saved(path, article)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_opening_and_closing_a_file_does_not_write_it(path: Path, article: Record) -> None:
    saved(path, article)
    before = snapshot(path.parent)
    with Store.open(path) as store:
        store.get("rain")
        store.summaries()
    assert snapshot(path.parent) == before


def test_reading_only_makes_nothing_and_needs_no_lock(path: Path, article: Record) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store.open(path, read_only=True)
    assert list(path.parent.iterdir()) == []
    with Store.open(path) as writer:
        writer.put(article)
        before = snapshot(path.parent)
        with Store.open(path, read_only=True) as reader:
            assert reader.get("rain") == article
        assert snapshot(path.parent) == before


def test_a_second_writer_is_told_who_the_first_is(path: Path, article: Record) -> None:
    saved(path, article)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError, match=rf"process {holder.pid} on \S+.*--read-only"):
            Store.open(path)
        with Store.open(path, read_only=True) as reader:
            assert reader.ids() == ["rain"]
        holder.kill()
        holder.wait()
    assert path.with_name(f"{path.name}.lock").exists(), "killed, it could not clean up"
    with Store.open(path) as store:
        assert store.ids() == ["rain"]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_two_stores_of_one_program_exclude_each_other(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    with Store.open(path):
        with pytest.raises(StoreLockedError, match=f"process {os.getpid()} "):
            Store.open(path)
        with pytest.raises(StoreLockedError):
            Store.open(link)
    Store.open(path).close()


def test_a_refused_file_is_not_left_locked(path: Path) -> None:
    path.write_bytes(b"{")
    for _ in range(2):
        with pytest.raises(StoreDamagedError):
            Store.open(path)


def test_the_lock_holds_while_its_file_comes_and_goes(path: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", GRAB, str(path), str(tmp_path / "inside")]
    rivals = [subprocess.Popen(command) for _ in range(4)]
    assert [rival.wait() for rival in rivals] == [0, 0, 0, 0]


def test_what_another_program_wrote_meanwhile_is_not_overwritten(path: Path, article: Record) -> None:
    saved(path, article)
    store = Store.open(path, by="human:Ada")
    db = TinyDB(path, encoding="utf-8")
    db.table("notes").insert({"mine": True})
    db.close()
    theirs = path.read_bytes()
    with pytest.raises(StoreError, match="another program has changed it"):
        store.update_claim("rain", "c1", status="accepted")
    assert path.read_bytes() == theirs
    assert store.dirty
    path.rename(path.with_suffix(".theirs"))
    store.close()
    with Store.open(path, read_only=True) as reader:
        assert reader.get("rain").claim("c1").status == "accepted"


def test_documents_that_belong_nowhere_are_carried_along(path: Path, article: Record) -> None:
    saved(path, article)
    tables = json.loads(path.read_bytes())
    strays: dict[str, list[dict[str, object]]] = {
        "articles": [{"id": "rain", "text": "twice"}, {"id": 7}],
        "claims": [{"article": "gone", "id": "c1"}, {"article": "rain", "id": "c1"}, {"id": "c2"}],
        "history": [{"seq": "one"}],
        "meta": [{"other": 1}],
    }
    for table, documents in strays.items():
        tables[table].update({str(90 + i): d for i, d in enumerate(documents)})
    path.write_text(json.dumps(tables), encoding="utf-8")
    with Store.open(path, by="human:Ada") as store:
        store.update_claim("rain", "c1", status="accepted")
    after = json.loads(path.read_bytes())
    for table, documents in strays.items():
        assert all(d in after[table].values() for d in documents), table


def test_a_place_no_file_can_be_in_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / ("x" * 300 + ".json"))
