"""The list of articles: only the lines on the screen are ever rendered."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotate.model import ReviewState
from annotate.read.paths import ARTICLE_SUFFIXES
from annotate.safe import safe_line
from tui.entry import Entry
from tui.widgets.fit import shortened, shortened_path

STATES: dict[ReviewState, str] = {
    "new": "· new",
    "suggested": "○ to review",
    "in_progress": "◐ begun",
    "done": "● done",
}
"""How the state of an article is shown: by shape and word, never by colour alone."""

_STATE_CELLS = 12
_PROGRESS_CELLS = 10
_DATE_CELLS = 12


class ArticleList(ScrollView, can_focus=True):
    """Articles with state and progress, one a line."""

    COMPONENT_CLASSES = {"article-list--current", "article-list--error"}
    DEFAULT_CSS = """
    ArticleList { height: 1fr; background: $surface; color: $foreground; overflow-x: hidden; }
    ArticleList > .article-list--current {
        background: $primary-muted; text-style: bold;
    }
    ArticleList > .article-list--error { color: $text-error; }
    """

    class Opened(Message):
        """A line was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[tuple[int, Entry]] = ()
        self.at = 0

    def show(self, rows: Sequence[tuple[int, Entry]], at: int) -> None:
        """Show rows.

        Args:
            rows: Entries, each with its place in the session.
            at: The row to mark.
        """
        self._rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.refresh()
        self.go(at)

    def go(self, to: int) -> None:
        """Mark a row and bring it into view."""
        self.at = max(0, min(to, len(self._rows) - 1))
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True)
        self.refresh()

    @property
    def current(self) -> int | None:
        """The marked article's place in the session."""
        return self._rows[self.at][0] if self._rows else None

    def on_resize(self) -> None:
        """Follow the width."""
        self.virtual_size = Size(self.size.width, len(self._rows))

    def on_click(self, event: events.Click) -> None:
        """Mark the line clicked; open it when it is marked already."""
        row = self.scroll_offset.y + event.y
        if row >= len(self._rows):
            return
        if row == self.at or event.chain > 1:
            self.go(row)
            self.post_message(self.Opened())
        self.go(row)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        row, width = self.scroll_offset.y + y, self.size.width
        if row >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        entry = self._rows[row][1]
        style = self.rich_style
        if entry.error:
            style = self.get_component_rich_style("article-list--error")
        if row == self.at:
            style = self.get_component_rich_style("article-list--current")
        return Strip([Segment(_line(entry, width, marked=row == self.at), style)], width)


def _line(entry: Entry, width: int, *, marked: bool) -> str:
    state = "✗ error" if entry.error else STATES[entry.state]
    progress = f"{entry.decided}/{entry.claims}" if entry.claims or entry.state != "new" else ""
    name = safe_line(entry.error or entry.name)
    is_path = not entry.error and name.lower().endswith(ARTICLE_SUFFIXES)  # of what has no title
    tail = f" {progress:>{_PROGRESS_CELLS}}  {safe_line(entry.date or ''):<{_DATE_CELLS}}"
    head = ("▶ " if marked else "  ") + set_cell_size(state, _STATE_CELLS)
    room = max(0, width - cell_len(head) - cell_len(tail))
    name = shortened_path(name, room) if is_path else shortened(name, room)
    return set_cell_size(head + set_cell_size(name, room) + tail, width)
