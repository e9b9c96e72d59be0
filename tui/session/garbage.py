"""The policy for Python's garbage collector, which runs in pauses and never while a key is handled.

Collecting young objects takes a millisecond and follows each key, once its frame is out. Collecting old ones may take
long enough to be felt and waits for a pause. Articles are many objects that stay: they are frozen, so that the
collector does not look through them again and again.
"""

from __future__ import annotations

import asyncio
import gc
from time import monotonic

TIDY_SECONDS = 5.0
"""Interval in seconds between checks for a pause, in which old objects are collected."""
_PAUSE_SECONDS = 1.0
"""Seconds without a key that count as a pause."""
_AFTER_KEY_SECONDS = 0.025
"""Delay in seconds after a key: its frame is drawn, and the next key of a held one is not yet there."""
_YOUNG, _MIDDLE, _NEVER = 50_000, 10, 1_000_000_000
"""Thresholds of the three generations; the oldest is only collected on request."""


def hold_off() -> None:
    """Switch the collector off while the program starts, as starting leaves no garbage."""
    gc.disable()


class GarbagePolicy:
    """The garbage collection of a running app."""

    def __init__(self) -> None:
        self._last_key = 0.0
        self._opened = False
        """True if an article has been opened since the last full collection."""

    def start(self) -> None:
        """Switch the collector on, except for the oldest generation."""
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        gc.enable()

    def key_answered(self) -> None:
        """Collect young objects soon after a key."""
        self._last_key = monotonic()
        asyncio.get_running_loop().call_later(_AFTER_KEY_SECONDS, gc.collect, 0)

    def article_opened(self) -> None:
        """Freeze the objects of an article that has just been shown."""
        gc.freeze()
        self._opened = True

    def tidy_in_pause(self) -> None:
        """Collect old objects if no key has come for a while."""
        if monotonic() - self._last_key > _PAUSE_SECONDS:
            self.tidy()

    def tidy(self) -> None:
        """Collect all garbage; if an article was opened since, that of earlier articles, too."""
        if self._opened:
            gc.unfreeze()
        gc.collect()
        if self._opened:
            self._opened = False
            gc.freeze()
