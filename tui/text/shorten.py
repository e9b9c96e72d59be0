"""Texts shortened to a width in cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def shortened(words: str, cells: int) -> str:
    """Return text unchanged if it fits, else its beginning and an ellipsis."""
    if cell_len(words) <= cells:
        return words
    return set_cell_size(words, cells - 1) + "…" if cells > 0 else ""


def shortened_path(path: str, cells: int) -> str:
    """Return a file's name, then its folder, whose beginning is cut if it does not fit: its end tells most."""
    folder, _, name = path.rpartition("/")
    parts, kept = folder.split("/"), folder
    while kept and cell_len(name) + 2 + cell_len(kept) > cells:
        parts = parts[1:]
        kept = "/".join(["…", *parts]) if parts else ""
    return shortened(f"{name}  {kept}" if kept else name, cells)
