"""Rows of the list of articles."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from annotate.model import ReviewState
from annotate.read.paths import ARTICLE_SUFFIXES
from annotate.safe import safe_line
from tui.session.library import ArticleEntry
from tui.text.shorten import shortened, shortened_path

STATES: dict[ReviewState, str] = {
    "new": "· new",
    "suggested": "○ to review",
    "in_progress": "◐ started",
    "done": "● done",
}
"""Sign and word for the state of an article; colour alone never shows it."""

_STATE_CELLS = 12
_PROGRESS_CELLS = 10
_DATE_CELLS = 12
_UNSURE_CELLS = 16
_LEAST_NAME_CELLS = 14
"""Minimum width of a name in cells; columns after it are left out, the last first, to keep it."""


def article_line(entry: ArticleEntry, width: int, *, marked: bool, unsure: bool = False) -> str:
    """Return a row of a width in cells, with the engine's uncertainty on request."""
    state = "✗ error" if entry.error else STATES[entry.state]
    progress = f"{entry.decided}/{entry.claims}" if entry.claims or entry.state != "new" else ""
    name = safe_line(entry.error or entry.name)
    is_path = not entry.error and name.lower().endswith(ARTICLE_SUFFIXES)  # the name of an article without a title
    head = ("▶ " if marked else "  ") + set_cell_size(state, _STATE_CELLS)
    tail = [f" {progress:>{_PROGRESS_CELLS}}", f"  {safe_line(entry.date or ''):<{_DATE_CELLS}}"]
    if unsure:
        tail.insert(0, f" {f'{entry.unsure:.0%} may be wrong' if entry.unsure else '':>{_UNSURE_CELLS}}")
    while tail and width - cell_len(head) - sum(map(cell_len, tail)) < _LEAST_NAME_CELLS:
        tail.pop()
    room = max(0, width - cell_len(head) - sum(map(cell_len, tail)))
    name = shortened_path(name, room) if is_path else shortened(name, room)
    return set_cell_size(head + set_cell_size(name, room) + "".join(tail), width)
