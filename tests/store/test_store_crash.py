from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where

from annotate.changes import Change
from annotate.errors import SaveError
from annotate.model import Record
from annotate.store import Store

EDIT = """
import sys
from annotate.store import Store
with Store.open(sys.argv[1], by="human:Ada") as store:
    for n in range(int(sys.argv[2]), 100_000):
        store.update_claim("rain", f"c{n % 3 + 1}", note=str(n))
        print(n, flush=True)
"""


def test_kill_9_at_any_moment_loses_nothing_acknowledged(path: Path, article: Record) -> None:
    with Store.open(path) as store:
        store.put_many(replace(article, id=name) for name in ("rain", *map(str, range(60))))
    moments = random.Random(7)
    acknowledged = -1
    for _ in range(15):
        with subprocess.Popen(
            [sys.executable, "-c", EDIT, str(path), str(acknowledged + 1)], stdout=subprocess.PIPE, text=True
        ) as editor:
            assert editor.stdout is not None
            acknowledged = int(editor.stdout.readline())
            time.sleep(moments.uniform(0, 0.05))
            os.kill(editor.pid, signal.SIGKILL)
            acknowledged = max([acknowledged, *(int(line) for line in editor.stdout.read().split("\n")[:-1])])
        db = TinyDB(path, encoding="utf-8", access_mode="r")
        claims = db.table("claims").search(where("article") == "rain")
        assert max(int(c["note"] or -1) for c in claims) in (acknowledged, acknowledged + 1)
        assert len(db.table("history").search(where("op") == "update")) in (acknowledged + 1, acknowledged + 2)
        acknowledged = max(int(c["note"] or -1) for c in claims)
        db.close()
    with Store.open(path, by="human:Ada") as store:
        store.update_claim("rain", "c1", note="end")
    assert [p.name for p in path.parent.iterdir()] == [path.name], "what the killed ones left is cleaned up"


def failing(name: str, number: int, at_call: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of `os` that fails at its nth call and works before and after."""
    calls = 0

    def fail(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    return fail


@pytest.mark.parametrize(
    ("function", "number", "at_call", "hint"),
    [
        ("write", errno.ENOSPC, 1, "make room on the disk"),
        ("write", errno.ENOSPC, 3, "make room on the disk"),
        ("write", errno.EDQUOT, 2, "quota"),
        ("write", errno.EIO, 2, "saved again"),
        ("open", errno.EACCES, 1, "saved again"),
        ("open", errno.EROFS, 1, "saved again"),
        ("fsync", errno.EIO, 1, "saved again"),
        ("fsync", errno.ENOSPC, 1, "make room"),
        ("fchmod", errno.EIO, 1, "saved again"),
        ("replace", errno.EIO, 1, "saved again"),
    ],
)
def test_a_failed_save_leaves_the_file_whole_and_is_made_good_by_the_next(
    store: Store,
    article: Record,
    decide: Callable[[Record, str, str], Change],
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    number: int,
    at_call: int,
    hint: str,
) -> None:
    before = store.path.read_bytes()
    store.apply(decide(article, "c1", "accepted"), "human:Ada")
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(function, number, at_call, getattr(os, function)))
        with pytest.raises(SaveError, match=os.strerror(number)) as caught:
            store.sync()
    assert hint in caught.value.hint
    assert str(store.path) in caught.value.message
    assert store.path.read_bytes() == before
    assert sorted(p.name for p in store.path.parent.iterdir()) == [store.path.name, f"{store.path.name}.lock"]
    dirty = [store.dirty]
    assert store.get("rain").claim("c1").status == "accepted"
    store.apply(decide(article, "c2", "rejected"), "human:Ada")
    store.sync()
    assert [*dirty, store.dirty] == [True, False]
    with Store.open(store.path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "rejected", "suggested"]


def test_a_save_is_not_acknowledged_before_the_folder_is_synced(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing("fsync", errno.EIO, 2, os.fsync))
        with pytest.raises(SaveError):
            store.update_claim("rain", "c1", status="accepted")
    dirty = [store.dirty]
    store.sync()
    assert [*dirty, store.dirty] == [True, False]


def test_the_order_is_write_sync_rename_sync_of_the_folder(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def watch(name: str) -> None:
        real = getattr(os, name)

        def call(first: Any, *rest: Any, **named: Any) -> Any:
            kind = "folder" if isinstance(first, int) and Path(f"/proc/self/fd/{first}").is_dir() else "file"
            done.append(f"{name} {kind}")
            return real(first, *rest, **named)

        monkeypatch.setattr(os, name, call)

    for name in ("write", "fsync", "replace"):
        watch(name)
    store.update_claim("rain", "c1", status="accepted")
    order = [step for i, step in enumerate(done) if i == 0 or step != done[i - 1]]
    assert order == ["write file", "fsync file", "replace file", "fsync folder"]


def test_short_writes_are_finished(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    store.update_claim("rain", "c1", note="long enough to need more than one write")
    monkeypatch.undo()
    with Store.open(store.path, read_only=True) as reader:
        assert reader.get("rain").claim("c1").note.startswith("long")


def test_leaving_a_store_that_cannot_save_says_so_and_gives_the_lock_back(
    path: Path, article: Record, decide: Callable[[Record, str, str], Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit() -> None:
        with Store.open(path) as store:
            store.put(article)
            monkeypatch.setattr(os, "fsync", failing("fsync", errno.EIO, 1, os.fsync))
            store.apply(decide(article, "c1", "accepted"), "human:Ada")

    with pytest.raises(SaveError):
        edit()
    Store.open(path).close()


def test_closing_can_be_tried_again_after_a_failure(
    path: Path, article: Record, decide: Callable[[Record, str, str], Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(path)
    store.put(article)
    store.apply(decide(article, "c1", "accepted"), "human:Ada")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing("fsync", errno.EIO, 1, os.fsync))
        with pytest.raises(SaveError):
            store.close()
    store.close()
    with Store.open(path) as again:
        assert again.get("rain").claim("c1").status == "accepted"
