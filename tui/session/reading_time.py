"""Estimates of the engine's progress with an article and the time left, from its length and the speed so far."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

_FIRST = 12_000.0
"""Code points a second, until one article was read: a slow laptop's."""
_ENOUGH = 5_000
"""Minimum length of an article that tells the speed: a shorter one is mostly beginning and end."""
_NEARLY = 0.99
"""The most that is called read before the answer comes."""


class Estimate(NamedTuple):
    """The engine's progress."""

    share: float
    """The part that is read, from 0 to 1."""
    seconds: float
    """The time it needs yet."""
    total: float
    """The time for the whole article, in seconds."""


class ReadingTime:
    """The time that the engine needs for an article.

    Args:
        clock: Returns seconds; another one in tests.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._speed = _FIRST
        self._length = 0
        self._since = 0.0

    def begin(self, length: int) -> None:
        """Begin an article of a number of code points."""
        self._length, self._since = length, self._clock()

    def end(self, *, read: bool) -> None:
        """End the article; if it was read, its speed is taken for the next one."""
        taken = self._clock() - self._since
        if read and self._length >= _ENOUGH and taken > 0:
            self._speed = self._length / taken
        self._length = 0

    @property
    def estimate(self) -> Estimate | None:
        """The engine's progress; None while it reads nothing."""
        if not self._length:
            return None
        total = self._length / self._speed
        share = min(_NEARLY, (self._clock() - self._since) / total)
        return Estimate(share, (1 - share) * total, total)
