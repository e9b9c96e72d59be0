from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.changes import Change
from annotate.errors import SaveError
from annotate.model import Record
from annotate.store import Store


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
        ("write", errno.ENOSPC, 1, "free some disk space"),
        ("write", errno.ENOSPC, 2, "free some disk space"),
        ("write", errno.EDQUOT, 2, "quota"),
        ("write", errno.EIO, 2, "saved when"),
        ("open", errno.EACCES, 1, "saved when"),
        ("open", errno.EROFS, 1, "saved when"),
        ("ftruncate", errno.EIO, 1, "saved when"),
        ("fdatasync", errno.EIO, 1, "saved when"),
        ("fdatasync", errno.ENOSPC, 1, "free some disk space"),
        ("fsync", errno.EIO, 1, "saved when"),
        ("fchmod", errno.EIO, 1, "saved when"),
    ],
)
def test_a_failed_save_loses_nothing_and_is_made_good_by_the_next(
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
    dirty = [store.dirty]
    assert store.get("rain").claim("c1").status == "accepted"
    store.apply(decide(article, "c2", "rejected"), "human:Ada")
    store.sync()
    assert [*dirty, store.dirty] == [True, False]
    with Store.open(store.path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "rejected", "suggested"]


@pytest.mark.parametrize(
    ("function", "number", "at_call"),
    [
        ("write", errno.ENOSPC, 1),
        ("write", errno.EIO, 3),
        ("open", errno.EACCES, 1),
        ("fchmod", errno.EIO, 1),
        ("fdatasync", errno.EIO, 1),
        ("replace", errno.EIO, 1),
        ("fsync", errno.EIO, 1),
    ],
)
def test_what_is_saved_stays_so_when_the_log_cannot_be_folded_in(
    store: Store,
    article: Record,
    decide: Callable[[Record, str, str], Change],
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    number: int,
    at_call: int,
) -> None:
    store.update_claim("rain", "c1", status="accepted")
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(function, number, at_call, getattr(os, function)))
        with pytest.raises(SaveError, match=os.strerror(number)):
            store.fold()
    assert not store.dirty
    store.update_claim("rain", "c2", status="rejected")
    with Store.open(store.path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "rejected", "suggested"]
    store.close()
    assert [p.name for p in store.path.parent.iterdir()] == [store.path.name]
    with Store.open(store.path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "rejected", "suggested"]


def test_a_save_is_not_acknowledged_before_the_log_is_synced(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", failing("fdatasync", errno.EIO, 1, os.fdatasync))
        with pytest.raises(SaveError):
            store.update_claim("rain", "c1", status="accepted")
    dirty = [store.dirty]
    store.sync()
    assert [*dirty, store.dirty] == [True, False]


def test_the_order_of_a_save_and_of_folding(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def watch(name: str) -> None:
        real = getattr(os, name)

        def call(first: Any, *rest: Any, **named: Any) -> Any:
            kind = "folder" if isinstance(first, int) and Path(f"/proc/self/fd/{first}").is_dir() else "file"
            done.append(f"{name} {kind}")
            return real(first, *rest, **named)

        monkeypatch.setattr(os, name, call)

    def order() -> list[str]:
        steps = [step for i, step in enumerate(done) if i == 0 or step != done[i - 1]]
        done.clear()
        return steps

    for name in ("write", "fdatasync", "fsync", "replace", "unlink"):
        watch(name)
    store.update_claim("rain", "c1", status="accepted")
    assert order() == ["write file", "fdatasync file", "fsync folder", "write file", "fdatasync file"], "a new log"
    store.update_claim("rain", "c1", status="rejected")
    assert order() == ["write file", "fdatasync file"]
    store.fold()
    assert order()[-5:] == ["write file", "fdatasync file", "replace file", "fsync folder", "unlink file"]


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
            monkeypatch.setattr(os, "fdatasync", failing("fdatasync", errno.EIO, 1, os.fdatasync))
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
        patch.setattr(os, "fdatasync", failing("fdatasync", errno.EIO, 1, os.fdatasync))
        with pytest.raises(SaveError):
            store.close()
    store.close()
    with Store.open(path) as again:
        assert again.get("rain").claim("c1").status == "accepted"
