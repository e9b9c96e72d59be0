"""Durations in words."""

from __future__ import annotations

from annotate.plural import count

_FEW = 5
_MINUTE = 60


def about(seconds: float) -> str:
    """Return a duration in words, as exact as an estimate is: “about 20 seconds”, “about 3 minutes”."""
    if seconds <= _FEW:
        return "a few seconds"
    if seconds <= _MINUTE - _FEW:
        step = _FEW if seconds < 4 * _FEW else 2 * _FEW
        return f"about {round(seconds / step) * step} seconds"
    return f"about {count(max(1, round(seconds / _MINUTE)), 'minute')}"
