from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from annotate.changes import Change
from annotate.errors import SaveError, StoreDamagedError, StoreMismatchError, StoreNewerError
from annotate.model import Record
from annotate.store import Store, check, repair
from annotate.store.disk import journal
from annotate.store.disk.log import heading, log_path

BENCH = Path(__file__).parents[2] / "bench"


def crashed(path: Path, article: Record, notes: int = 3) -> Record:
    """Leave a file as a killed program does: with a log of some edits. Return the article with them."""
    with Store.open(path) as store:
        store.put(article)
    store = Store.open(path, by="human:Ada")
    for n in range(notes):
        store.update_claim("rain", f"c{n % 3 + 1}", note=f"note {n}")
    record = store.get("rain")
    for suffix in ("", ".log"):
        shutil.copy(f"{path}{suffix}", f"{path}.copy{suffix}")
    store.close()
    for suffix in ("", ".log"):
        Path(f"{path}.copy{suffix}").replace(f"{path}{suffix}")
    return record


def test_an_edit_is_one_line_in_the_log_and_leaves_the_file_alone(store: Store, path: Path) -> None:
    before = path.read_bytes()
    store.update_claim("rain", "c1", status="accepted")
    first = log_path(path).read_bytes()
    store.update_claim("rain", "c2", status="rejected")
    second = log_path(path).read_bytes()
    assert path.read_bytes() == before
    assert first.count(b"\n") == 2
    assert second.startswith(first)
    assert second.count(b"\n") == 3
    assert len(second) - len(first) < 3_000


def test_the_file_alone_holds_everything_after_a_clean_end(path: Path, article: Record) -> None:
    with Store.open(path, by="human:Ada") as store:
        store.put(article)
        store.update_claim("rain", "c1", status="accepted")
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    with TinyDB(path, encoding="utf-8", access_mode="r") as db:
        assert db.table("claims").get(where("id") == "c1")["status"] == "accepted"


def test_a_reader_sees_what_a_killed_program_left_and_writes_nothing(path: Path, article: Record) -> None:
    record = crashed(path, article)
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    with Store.open(path, read_only=True) as reader:
        assert reader.get("rain") == record
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before
    assert check(path) == []


def test_the_next_to_write_puts_the_log_into_the_file(path: Path, article: Record) -> None:
    record = crashed(path, article)
    Store.open(path).close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    with Store.open(path, read_only=True) as reader:
        assert reader.get("rain") == record
        assert [e.op for e in reader.history()] == ["label", "update", "update", "update"]


def test_undo_goes_on_after_a_crash(path: Path, article: Record) -> None:
    crashed(path, article)
    with Store.open(path) as store:
        for _ in range(3):
            assert store.undo("human:Ada")
        assert not store.undo("human:Ada")
        assert [c.note for c in store.get("rain").claims] == ["", "", ""]


def test_without_room_for_a_copy_of_the_file_edits_are_still_saved(
    path: Path, article: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed(path, article)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_beside", full)
        with Store.open(path, by="human:Ada") as store:
            store.update_claim("rain", "c1", note="more")
        assert store.notices, "that the newest edits are in the log is said"
    with Store.open(path) as store:
        assert store.get("rain").claim("c1").note == "more"
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_log_taken_away_while_the_file_is_open_costs_nothing(store: Store, path: Path) -> None:
    store.update_claim("rain", "c1", note="one")
    log_path(path).unlink()
    store.update_claim("rain", "c2", note="two")
    with Store.open(path, read_only=True) as reader:
        assert [c.note for c in reader.get("rain").claims] == ["one", "two", ""]


def test_a_file_taken_away_while_it_is_open_is_written_anew(store: Store, path: Path) -> None:
    store.update_claim("rain", "c1", note="one")
    path.unlink()
    store.update_claim("rain", "c2", note="two")
    with Store.open(path, read_only=True) as reader:
        assert [c.note for c in reader.get("rain").claims] == ["one", "two", ""]


def test_a_log_that_grows_beyond_its_room_is_folded_in(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_ROOM", 4_000)
    sizes = []
    for n in range(60):
        store.update_claim("rain", "c1", note=f"{n}")
        sizes.append(log_path(path).stat().st_size if log_path(path).exists() else 0)
    assert max(sizes) <= max(4_000, path.stat().st_size)
    assert sizes.count(0) > 1


@pytest.mark.parametrize("change", [b" ", b""])
def test_a_log_of_another_state_of_the_file_is_never_passed_over(path: Path, article: Record, change: bytes) -> None:
    record = crashed(path, article)
    if change:
        path.write_bytes(path.read_bytes() + change)
    else:
        path.unlink()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    with pytest.raises(StoreMismatchError, match="changed after the log was begun") as caught:
        Store.open(path)
    assert "check --db FILE --repair" in caught.value.hint
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before
    if change:
        result = repair(path, path.with_name("repaired.json"))
        assert len(result.problems) == 1
        with Store.open(path.with_name("repaired.json")) as store:
            assert store.get("rain") == record


def test_another_program_that_writes_the_file_is_noticed_before_an_edit_is_appended(store: Store, path: Path) -> None:
    store.update_claim("rain", "c1", note="one")
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SaveError, match="another program"):
        store.update_claim("rain", "c1", note="two")
    assert store.dirty
    path.unlink()
    store.sync()
    assert not store.dirty


def test_a_log_of_a_later_version_is_refused(path: Path, article: Record) -> None:
    crashed(path, article)
    later = heading("a", "b").split(b" ", 1)[1].replace(b'"log":1', b'"log":9').rstrip(b"\n")
    from annotate.store.disk.log import line

    log_path(path).write_bytes(line(later))
    with pytest.raises(StoreNewerError, match="newer"):
        Store.open(path)


@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_in_a_log_goes_unseen(tmp_path_factory: pytest.TempPathFactory, place: float, bit: int) -> None:
    path = tmp_path_factory.mktemp("flip") / "annotations.json"
    record = crashed(path, _article())
    data = bytearray(log_path(path).read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    log_path(path).write_bytes(data)
    with pytest.raises((StoreDamagedError, StoreNewerError)):
        Store.open(path)
    assert log_path(path).read_bytes() == data
    out = path.with_name("repaired.json")
    assert repair(path, out).problems
    with Store.open(out) as store:
        saved = store.get("rain")
    assert sum(a != b for a, b in zip(saved.claims, record.claims, strict=True)) <= 1, "one line lost at most"


def test_lines_whose_end_was_lost_are_read_apart(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    record = crashed(path, _article())
    data = log_path(path).read_bytes()
    for place in (at for at, byte in enumerate(data[:-1]) if byte == ord("\n")):
        log_path(path).write_bytes(data[:place] + b"\x0b" + data[place + 1 :])
        out = tmp_path / f"repaired{place}.json"
        assert any("a line end" in problem for problem in repair(path, out).problems)
        with Store.open(out, read_only=True) as store:
            assert store.get("rain").claims == record.claims


@settings(max_examples=60, deadline=None)
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_log_cut_off_anywhere_opens_with_all_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, part: float
) -> None:
    path = tmp_path_factory.mktemp("cut") / "annotations.json"
    crashed(path, _article(), notes=3)
    data = log_path(path).read_bytes()
    data = data[: int(part * len(data))]
    log_path(path).write_bytes(data)
    with Store.open(path) as store:
        assert sum(bool(c.note) for c in store.get("rain").claims) == max(0, data.count(b"\n") - 1)


def test_reading_on_shows_what_the_writer_does(store: Store, path: Path, article: Record) -> None:
    with Store.open(path, read_only=True) as reader:
        assert not reader.refresh()
        for n in range(3):
            store.update_claim("rain", "c1", note=f"{n}")
            assert reader.refresh()
            assert reader.get("rain") == store.get("rain")
            assert not reader.refresh()
        store.put(replace(article, id="snow", path="snow.txt"))
        store.undo("human:Ada")
        store.sync()
        assert reader.refresh()
        store.fold()
        assert reader.refresh()
        store.put(replace(article, claims=article.claims[1:]))
        assert reader.refresh()
        assert [reader.get(i) for i in reader.ids()] == [store.get(i) for i in store.ids()]
        assert reader.history() == store.history()
    assert not store.refresh(), "the writer knows"


def test_a_file_of_an_older_schema_is_kept_before_it_is_written_anew(path: Path, article: Record) -> None:
    with Store.open(path, by="human:Ada") as store:
        store.put(article)
    old = path.read_bytes().replace(b'"schema":2', b'"schema":1', 1)
    path.write_bytes(old)
    with Store.open(path) as store:
        assert store.get("rain") == article
    assert path.read_bytes() == old, "looking changes nothing"
    with Store.open(path, by="human:Ada") as store:
        store.update_claim("rain", "c1", note="new")
        assert not log_path(path).exists(), "no older program must find a log beside a file that it can open"
    assert b'"schema":2' in path.read_bytes()
    assert path.with_name("annotations.json.schema-1.bak").read_bytes() == old


def test_backups_keep_the_newest_states_from_before_each_sitting(path: Path, article: Record) -> None:
    for n in range(5):
        with Store.open(path, by="human:Ada", backups=2) as store:
            store.put(article)
            store.update_claim("rain", "c1", note=f"{n}")
    kept = sorted(path.parent.glob("*.bak"))
    assert len(kept) == 2
    notes = []
    for backup in kept:
        with Store.open(backup, read_only=True) as store:
            notes.append(store.get("rain").claim("c1").note)
    assert notes == ["2", "3"]


@pytest.mark.slow
def test_60_kills_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(BENCH / "kills.py"), "--kills", "60"]
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("60 kills")


def test_what_could_not_be_saved_is_saved_with_what_came_after(
    store: Store,
    path: Path,
    article: Record,
    decide: Callable[[Record, str, str], Change],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for claim in ("c1", "c2"):
            store.apply(decide(store.get("rain"), claim, "accepted"), "human:Ada")
            with pytest.raises(SaveError):
                store.sync()
    store.put(replace(article, id="snow", path="snow.txt"))
    with Store.open(path, read_only=True) as reader:
        assert [c.status for c in reader.get("rain").claims] == ["accepted", "accepted", "suggested"]
        assert reader.get("snow").claims
        assert reader.history() == store.history()


def _article() -> Record:
    from annotate.model import Block, Claim
    from annotate.spans import Span

    text = "Bo said it rains. Bo said it snows. Bo said it is dry."
    claims = tuple(
        Claim(f"c{n + 1}", "indirect", (Span(at + 8, at + 16),), (Span(at + 3, at + 7),), origin="engine:1")
        for n, at in enumerate((0, 18, 36))
    )
    return Record("rain", text, blocks=(Block(0, len(text), "body"),), claims=claims)
