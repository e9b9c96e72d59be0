"""Words cut to the cells there are."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def shortened(words: str, cells: int) -> str:
    """Return words as they are where they fit, else their beginning and an ellipsis."""
    if cell_len(words) <= cells:
        return words
    return set_cell_size(words, cells - 1) + "…" if cells > 0 else ""
