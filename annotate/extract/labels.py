"""Speaker labels: `MS WARD: …`, `Q: …`, and headings such as `Minister: tax will rise`."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.extract.draft import Draft, Reading


def labelled(reading: Reading, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of blocks that begin with their speaker's name and a colon."""
    return []
