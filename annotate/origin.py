"""The origin of a record's parts: `human:NAME` for a person's work, `engine:VERSION` for the engine's."""

from __future__ import annotations

_HUMAN = "human:"


def human(name: str) -> str:
    """Return the origin of a person's work."""
    return f"{_HUMAN}{name}"


def is_human(origin: str | None) -> bool:
    """Tell whether an origin is a person's."""
    return origin is not None and origin.startswith(_HUMAN)
