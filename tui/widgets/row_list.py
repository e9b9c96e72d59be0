"""A long list: only the lines on the screen are ever rendered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip


class RowList(ScrollView, can_focus=True):
    """Rows, one a line, one of them marked.

    Args:
        line: Returns what a row looks like, of the row, the cells there are, and whether it is marked.
        is_wrong: Tells whether something is wrong with a row.
    """

    COMPONENT_CLASSES = {"row-list--current", "row-list--error"}
    DEFAULT_CSS = """
    RowList { height: 1fr; background: $surface; color: $foreground; overflow-x: hidden; }
    RowList > .row-list--current {
        background: $primary-muted; text-style: bold;
    }
    RowList > .row-list--error { color: $text-error; }
    """

    class Opened(Message):
        """The marked line was clicked."""

    def __init__(self, line: Callable[[Any, int, bool], str], is_wrong: Callable[[Any], bool]) -> None:
        super().__init__()
        self._line = line
        self._is_wrong = is_wrong
        self._rows: Sequence[Any] = ()
        self.at = 0

    def show(self, rows: Sequence[Any], at: int) -> None:
        """Show rows, one marked."""
        self._rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.refresh()
        self.go(at)

    def go(self, to: int) -> None:
        """Mark a row and bring it into view."""
        self.at = max(0, min(to, len(self._rows) - 1))
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True)
        self.refresh()

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
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width  # beside the scrollbar
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row, style = self._rows[at], self.rich_style
        if self._is_wrong(row):
            style = self.get_component_rich_style("row-list--error")
        if at == self.at:
            style = self.get_component_rich_style("row-list--current")
        return Strip([Segment(self._line(row, width, at == self.at), style)], width)
