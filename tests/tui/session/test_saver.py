"""Saving on a thread: every state is told, failures are retried, the end loses nothing."""

from __future__ import annotations

import queue
import time

import pytest

from annotate.errors import SaveError
from tui.session import saver as saver_module
from tui.session.saver import Saver, SaveState


class Disk:
    """A store that can be full."""

    def __init__(self) -> None:
        self.dirty = False
        self.full = False
        self.saved = 0
        self.waits = False

    def sync(self) -> None:
        if self.full:
            raise SaveError("a.json could not be saved (no space)", "make room")
        self.saved += 1
        self.dirty = False
        self.waits = True

    def fold(self) -> None:
        if self.full:
            raise SaveError("a.json could not be saved (no space)", "make room")
        self.waits = False


@pytest.fixture(autouse=True)
def quick_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver_module, "_RETRY_SECONDS", 0.02)


def change(disk: Disk, saver: Saver) -> None:
    disk.dirty = True
    saver.wake()


def test_a_change_is_saving_then_saved_with_the_time() -> None:
    disk, states = Disk(), queue.Queue[SaveState]()
    saver = Saver(disk, states.put)
    change(disk, saver)
    assert states.get(timeout=20).state == "saving"
    saved = states.get(timeout=20)
    assert saved.state == "saved"
    assert len(saved.at) == len("14:02:11")
    assert saver.close() == ""


def test_a_full_disk_is_told_and_saving_goes_on_by_itself_when_there_is_room() -> None:
    disk, states = Disk(), queue.Queue[SaveState]()
    disk.full = True
    saver = Saver(disk, states.put)
    change(disk, saver)
    assert states.get(timeout=20).state == "saving"
    failed = states.get(timeout=20)
    assert (failed.state, failed.error) == ("unsaved", "a.json could not be saved (no space): make room")
    disk.full = False
    while states.get(timeout=20).state != "saved":
        pass
    assert saver.close() == ""


def test_closing_saves_what_is_left_or_says_why_not() -> None:
    disk = Disk()
    saver = Saver(disk, lambda _: None)
    disk.dirty = True
    assert saver.close() == ""
    assert disk.saved == 1
    disk.full = disk.dirty = True
    saver = Saver(disk, lambda _: None)
    assert "no space" in saver.close()
    disk.full = False
    assert saver.close() == "", "it was still trying"
    assert disk.saved == 2


def test_nothing_to_save_writes_nothing() -> None:
    disk = Disk()
    saver = Saver(disk, lambda _: None)
    saver.wake()
    saver.close()
    assert disk.saved == 0


def test_in_a_pause_all_is_put_into_the_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver_module, "_IDLE_SECONDS", 0.05)
    disk, states = Disk(), queue.Queue[SaveState]()
    saver = Saver(disk, states.put)
    change(disk, saver)
    while states.get(timeout=20).state != "saved":
        pass
    for _ in range(400):
        if not disk.waits:
            break
        time.sleep(0.01)
    assert not disk.waits
    assert saver.close() == ""
    assert states.empty()
