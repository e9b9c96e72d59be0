"""The garbage collector's policy: young objects after a key, old ones in a pause."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator

import pytest

from tui.session.garbage import GarbagePolicy


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """Return the generations collected from now on; afterwards the collector is as it was."""
    generations: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    thresholds = gc.get_threshold()
    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


async def test_old_objects_wait_for_a_pause(collected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    policy = GarbagePolicy()
    policy.start()
    policy.key_answered()
    policy.tidy_in_pause()
    assert 2 not in collected
    await asyncio.sleep(0.1)
    assert 0 in collected, "young objects are collected soon after a key"
    monkeypatch.setattr("tui.session.garbage._PAUSE_SECONDS", 0.05)
    policy.tidy_in_pause()
    assert 2 in collected


def test_open_articles_are_frozen(collected: list[int]) -> None:
    policy = GarbagePolicy()
    policy.article_opened()
    frozen = gc.get_freeze_count()
    assert frozen
    policy.tidy()
    assert 2 in collected
    assert gc.get_freeze_count() <= frozen + 100, "frozen again, without what was garbage"
