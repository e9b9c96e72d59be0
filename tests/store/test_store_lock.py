from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.errors import StoreLockedError
from annotate.store import Store
from annotate.store.disk import lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="flock is not there")


@pytest.fixture(autouse=True)
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a file system that knows no locks."""

    def take(_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(lock, "_take", take)


def marker(path: Path) -> Path:
    return path.with_name(f"{path.name}.locked")


def test_a_file_stands_in_for_the_lock_and_that_is_said(path: Path) -> None:
    with Store.open(path) as store:
        assert "no file locks" in store.notices[0]
        assert marker(path).read_text().split("\n")[:2] == [str(os.getpid()), socket.gethostname()]
        with pytest.raises(StoreLockedError, match=f"process {os.getpid()} on {socket.gethostname()}") as caught:
            Store.open(path)
        assert marker(path).name in caught.value.hint
    assert list(path.parent.iterdir()) == []


def test_what_a_dead_process_left_is_taken_over(path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    marker(path).write_text(f"{dead.pid}\n{socket.gethostname()}\n\n")
    Store.open(path).close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell when a process began")
def test_another_process_with_the_same_number_is_not_taken_for_the_one_that_died(path: Path) -> None:
    marker(path).write_text(f"{os.getpid()}\n{socket.gethostname()}\n1\n")
    Store.open(path).close()


@pytest.mark.parametrize("holder", ["17\nelsewhere\n\n", "", "half a li", "x\ny\nz\n"])
def test_what_nobody_here_can_judge_is_left_to_a_person(path: Path, holder: str) -> None:
    marker(path).write_text(holder)
    with pytest.raises(StoreLockedError):
        Store.open(path)
    assert marker(path).read_text() == holder
