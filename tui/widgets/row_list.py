"""A long list; only rows on the screen are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip


class DrawRow(Protocol):
    """Draws a row of a list as plain text."""

    def __call__(self, at: int, width: int, *, marked: bool) -> str:
        """Return the text of a row.

        Args:
            at: The row's index.
            width: Cells of the text.
            marked: Whether the row is the current one.
        """


class RowList(ScrollView, can_focus=True):
    """A list with one row a line and one marked row; it knows only their number and asks for the visible ones.

    Args:
        draw: Draws the row at an index.
        is_wrong: Tells whether the row at an index is shown as an error.
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

    def __init__(self, draw: DrawRow, is_wrong: Callable[[int], bool]) -> None:
        super().__init__()
        self._draw = draw
        self._is_wrong = is_wrong
        self._count = 0
        self.at = 0
        """Index of the marked row."""

    def show(self, count: int, at: int) -> None:
        """Show a number of rows, one of them marked."""
        self._count = count
        self.virtual_size = Size(self.size.width, count)
        self.refresh()
        self.go(at)

    def go(self, to: int) -> None:
        """Mark a row and bring it into view."""
        self.at = max(0, min(to, self._count - 1))
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True)
        self.refresh()

    @property
    def cursor_screen_offset(self) -> Offset:
        """The screen's first cell of the marked row."""
        return self.content_region.offset + Offset(0, self.at - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Follow the width."""
        self.virtual_size = Size(self.size.width, self._count)

    def on_click(self, event: events.Click) -> None:
        """Mark the row clicked; open it if it is marked already."""
        row = self.scroll_offset.y + event.y
        if row >= self._count:
            return
        if row == self.at or event.chain > 1:
            self.go(row)
            self.post_message(self.Opened())
        self.go(row)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width  # beside the scrollbar
        if at >= self._count:
            return Strip.blank(width, self.rich_style)
        style = self.rich_style
        if self._is_wrong(at):
            style = self.get_component_rich_style("row-list--error")
        if at == self.at:
            style = self.get_component_rich_style("row-list--current")
        return Strip([Segment(self._draw(at, width, marked=at == self.at), style)], width)
