"""Short ways to ask for the dates of a text."""

from __future__ import annotations

from annotate.dates import find_dates
from annotate.model import Block

WEDNESDAY = "2025-03-19"


def found(text: str, anchor: str | None = WEDNESDAY) -> list[tuple[str, str, str | None]]:
    """Return words, type and value of each date."""
    mentions = find_dates(text, (Block(0, len(text), "body"),), anchor)
    return [(text[m.start : m.end], m.type, m.value) for m in mentions]
