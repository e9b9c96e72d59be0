from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from annotate.errors import SaveError
from annotate.model import Record
from annotate.store import Store
from annotate.store.disk import journal

from .power import Disk

State = dict[str, Record]
CUTS = 3
"""Power cuts tried at each moment."""


class Cut(NamedTuple):
    """The files after a power cut, and the number of steps acknowledged before it."""

    done: int
    files: dict[str, bytes]


def steps(article: Record, *, large: int) -> Iterator[Callable[[Store], object]]:
    """Yield the steps of a person and the engine in one session."""
    yield lambda s: s.put(article)
    yield lambda s: s.update_claim("rain", "c1", status="accepted")
    yield lambda s: s.update_claim("rain", "c2", note="n" * 300)
    yield lambda s: s.put(replace(article, id="snow", path="snow.txt"))
    yield undo
    yield lambda s: s.fold()
    yield lambda s: s.update_claim("snow", "c3", status="rejected", note="ü")
    yield lambda s: s.put_many(replace(article, id=f"a{n}", path=None) for n in range(large))
    yield lambda s: s.put(replace(article, claims=article.claims[:1]))
    yield lambda s: s.update_claim("rain", "c1", status="rejected")
    yield lambda s: s.close()


def undo(store: Store) -> None:
    store.undo("human:Ada")
    store.sync()


def state(store: Store) -> State:
    return {article: store.get(article) for article in store.ids()}


def sitting(path: Path, article: Record, disk: Disk, *, large: int) -> tuple[list[State], list[Cut]]:
    """Do all steps; return the state after each, and the possible results of a power cut at every moment."""
    chance = random.Random(f"{path}{disk.moments}")
    states: list[State] = [{}]
    cuts: list[Cut] = []
    disk.on_moment = lambda: cuts.extend(Cut(len(states) - 1, disk.left(chance)) for _ in range(CUTS))
    store = Store.open(path, by="human:Ada")
    for step in steps(article, large=large):
        try:
            step(store)
        except SaveError:
            store.sync()
        states.append(state(store))
    disk.on_moment = lambda: None
    return states, cuts


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 3_000, 8_000_000])
def test_a_power_cut_at_any_moment_loses_nothing_acknowledged(
    path: Path, article: Record, monkeypatch: pytest.MonkeyPatch, room: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(journal, "_ROOM", room)
    with monkeypatch.context() as patch:
        states, cuts = sitting(path, article, Disk(path.parent, patch), large=12)
    assert len(cuts) > 200
    for n, cut in enumerate(cuts):
        check(tmp_path_factory.mktemp("cut") / path.name, states, cut, n)


@pytest.mark.slow
@pytest.mark.parametrize("failing", range(1, 14))
def test_a_sync_that_fails_and_drops_what_was_written_loses_nothing_acknowledged(
    path: Path, article: Record, monkeypatch: pytest.MonkeyPatch, failing: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with monkeypatch.context() as patch:
        disk = Disk(path.parent, patch, failing)
        states, cuts = sitting(path, article, disk, large=2)
    assert disk.failed_at
    for n, cut in enumerate(cuts[disk.failed_at * CUTS :]):  # those before are as without a failure
        check(tmp_path_factory.mktemp("cut") / path.name, states, cut, n)


def check(path: Path, states: list[State], cut: Cut, number: int) -> None:
    """Open the files after a cut: they hold all acknowledged steps, and at most the one in progress besides."""
    for name, content in cut.files.items():
        (path.parent / name).write_bytes(content)
    expected = states[cut.done : cut.done + 2]
    if path.exists():
        with Store.open(path, read_only=True) as reader:
            assert state(reader) in expected, f"cut {number}, read only"
    with Store.open(path) as store:
        assert state(store) in expected, f"cut {number}"
    assert {p.name for p in path.parent.iterdir()} <= {path.name}, "the file alone holds everything"
