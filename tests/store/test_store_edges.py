"""Cases in which file, log and memory could diverge: each of these went wrong once."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate import edit
from annotate.changes import Change
from annotate.edit import Actor
from annotate.errors import SaveError, StoreDamagedError, StoreError
from annotate.model import Record
from annotate.spans import Span
from annotate.store import LoggedJSONStorage, Store, check, loading, repair
from annotate.store.disk import journal
from annotate.store.disk.atomic import write_beside
from annotate.store.disk.log import log_path

Decide = Callable[[Record, str, str], Change]
ADA = Actor("human:Ada", "2031-01-01T00:00:00Z")


def left_by_a_kill(store: Store, folder: Path) -> Path:
    """Return a copy of the files on the disk now."""
    folder.mkdir()
    for path in (store.path, log_path(store.path)):
        if path.exists():
            shutil.copy(path, folder)
    return folder / store.path.name


def test_a_claim_of_a_new_article_that_went_before_the_first_save(
    store: Store, article: Record, tmp_path: Path
) -> None:
    store.stage(replace(article, id="snow", path=None))
    made = edit.new_claim(store.get("snow"), (Span(0, 5),), ADA)
    assert made
    store.apply(made, ADA.by)
    store.undo(ADA.by)
    store.stage(replace(article, id="snow", path=None, claims=article.claims[:1]))
    store.sync()
    path = left_by_a_kill(store, tmp_path / "left")
    assert check(path) == []
    for read_only in (True, False):
        with Store.open(path, read_only=read_only) as again:
            assert again.get("snow") == store.get("snow")
            assert again.history() == store.history()


def test_what_was_written_into_the_file_is_not_appended_again(
    store: Store, article: Record, decide: Decide, tmp_path: Path
) -> None:
    store.update_claim("rain", "c1", status="accepted")
    store.apply(decide(store.get("rain"), "c2", "rejected"), ADA.by)
    store.fold()
    assert not store.dirty
    store.update_claim("rain", "c3", status="accepted")
    with Store.open(left_by_a_kill(store, tmp_path / "left")) as again:
        assert [entry.seq for entry in again.history()] == [1, 2, 3, 4]


def test_folding_while_another_thread_edits_writes_everything_once(store: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def fold() -> None:
        while not done.is_set():
            store.fold()

    folder = threading.Thread(target=fold)
    folder.start()
    for n in range(60):
        store.update_claim("rain", "c1", note=f"{n}")
    done.set()
    folder.join()
    with Store.open(left_by_a_kill(store, tmp_path / "left")) as again:
        assert [entry.seq for entry in again.history()] == list(range(1, 62))
        assert again.get("rain") == store.get("rain")


@pytest.mark.parametrize("then", ["fold", "fold and go on"])
def test_a_reader_never_mixes_a_file_with_the_log_of_another(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    store.update_claim("rain", "c1", status="accepted")
    real, hits = loading.waiting, [0]

    def waiting(*args: Any) -> Any:
        hits[0] += 1
        if hits[0] == 1:  # the file has been read; now the writer writes it anew
            store.fold()
            if then != "fold":
                store.update_claim("rain", "c2", status="rejected")
        return real(*args)

    monkeypatch.setattr(loading, "waiting", waiting)
    with Store.open(path, read_only=True) as reader:
        assert reader.get("rain") == store.get("rain")
        assert reader.history() == store.history()


def test_a_reader_hears_of_a_change_that_it_could_not_read_at_first(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> Any:
        raise StoreError("a.json cannot be read")

    with Store.open(path, read_only=True) as reader:
        store.update_claim("rain", "c1", status="accepted")
        with monkeypatch.context() as patch:
            patch.setattr(loading, "load", broken)
            with pytest.raises(StoreError):
                reader.refresh()
        assert reader.refresh()
        assert reader.get("rain").claim("c1").status == "accepted"


def test_no_single_zero_byte_in_the_last_line_passes_for_a_power_cut(store: Store, path: Path, tmp_path: Path) -> None:
    store.update_claim("rain", "c1", note="a “word” or two")
    left = left_by_a_kill(store, tmp_path / "left")
    whole = log_path(left).read_bytes()
    powers = [i for i, byte in enumerate(whole) if byte.bit_count() == 1]
    assert len(powers) > 10
    for place in powers:
        log_path(left).write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
        with pytest.raises(StoreDamagedError):
            Store.open(left)


@pytest.mark.parametrize("content", [b"somebody else's notes", b"0badf00d is no log", b"{\0"])
def test_somebody_elses_log_is_not_taken_away(path: Path, article: Record, content: bytes) -> None:
    with Store.open(path) as store:
        store.put(article)
    log_path(path).write_bytes(content)
    with pytest.raises(StoreDamagedError, match="it is not the first line of a log"):
        Store.open(path)
    assert log_path(path).read_bytes() == content


def test_an_article_lost_from_the_file_does_not_stop_the_repair(store: Store, tmp_path: Path) -> None:
    change = edit.set_article_date(store.get("rain"), "2031-05-03", ADA)
    assert change
    store.apply(change, ADA.by)
    store.sync()
    left = left_by_a_kill(store, tmp_path / "left")
    left.write_bytes(left.read_bytes().replace(b'"text":', b'"te\0t":', 1))
    result = repair(left, tmp_path / "repaired.json")
    assert result.articles == 0
    assert result.history > 0


def test_numbers_that_are_none_are_damage(path: Path) -> None:
    before = b'{"meta":{"1":{"program":"onrecord","schema":2}},"articles":{"a\\"b":{"id":"x","text":"y"}}}'
    path.write_bytes(before)
    with pytest.raises(StoreDamagedError, match="a key that is not a TinyDB number"):
        Store.open(path)
    assert path.read_bytes() == before


def test_what_another_program_writes_while_the_file_is_written_stays(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.update_claim("rain", "c1", status="accepted")

    def write(*args: Any) -> None:
        write_beside(*args)
        path.write_bytes(b"theirs")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_beside", write)
        with pytest.raises(SaveError, match="another program"):
            store.fold()
    assert path.read_bytes() == b"theirs"
    path.unlink()
    store.update_claim("rain", "c2", status="accepted")
    with Store.open(path, read_only=True) as reader:
        assert reader.get("rain") == store.get("rain")


def test_a_store_left_after_a_failure_writes_no_more(
    path: Path, article: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def sit(patch: pytest.MonkeyPatch) -> None:
        with store:
            store.stage(article)
            patch.setattr(os, "write", full)

    store = Store.open(path)
    with monkeypatch.context() as patch, pytest.raises(SaveError):
        sit(patch)
    with pytest.raises(SaveError, match="closed"):
        store.sync()
    assert not path.exists()


def test_a_full_disk_does_not_keep_the_lock(path: Path, article: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Store.open(path) as store:
        store.put(article)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        Store.open(path).close()
    Store.open(path).close()


def test_a_clock_that_was_put_back_does_not_cost_the_newest_backup(path: Path, article: Record) -> None:
    for year in (2098, 2099):
        path.with_name(f"{path.name}.{year}-01-01T00-00-00.000000Z.bak").write_bytes(b"{}")
    with Store.open(path) as store:
        store.put(article)
    with Store.open(path, by=ADA.by, backups=2) as store:
        store.update_claim("rain", "c1", note="x")
    assert sum(b'"rain"' in backup.read_bytes() for backup in path.parent.glob("*.bak")) == 1
    assert len(list(path.parent.glob("*.bak"))) == 2


def test_a_table_of_somebody_else_is_not_taken_for_the_storages_own(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(b'{"_log":{"1":{"mine":1}}}')
    with pytest.raises(StoreError, match="_log"):
        LoggedJSONStorage(path)
    assert path.read_bytes() == b'{"_log":{"1":{"mine":1}}}'


def test_an_article_is_found_by_its_text_when_the_last_with_it_has_changed(store: Store, article: Record) -> None:
    store.put(replace(article, id="twin", path="twin.txt"))
    store.put(Record("twin", "Another text.", path="twin.txt"))
    assert store.find(None, article.text) == "rain"


def test_half_a_surrogate_pair_is_in_no_text(store: Store) -> None:
    assert store.search("\udcff") == []


def test_a_folder_in_the_place_of_the_log_is_named(store: Store, path: Path, tmp_path: Path) -> None:
    left = left_by_a_kill(store, tmp_path / "left")
    log_path(left).mkdir()
    with pytest.raises(StoreError, match=r"json\.log"):
        Store.open(left)
    with pytest.raises(StoreError, match=r"json\.log"):
        repair(left, tmp_path / "repaired.json")
