"""An input line that is safe for foreign text."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.widgets import Input

from annotate.safe import safe

BREAK = "↵"
"""Stands for the end of a line."""


class SafeInput(Input):
    """Textual's `Input`, with control characters replaced in display, as Textual would send them to the terminal.

    The displayed text has the value's length, so that the cursor is in its place; the value is unchanged.
    """

    @property
    def _value(self) -> Text:
        return Text(_one_line(self.value), no_wrap=True, overflow="ignore", end="")

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor on the screen; behind the last character Textual's own is one cell too far."""
        before = self._value.plain[: self.cursor_position]
        return self.content_region.offset + Offset(cell_len(before) - int(self.scroll_offset.x), 0)

    def validate__suggestion(self, suggestion: str) -> str:
        """Replace control characters in a suggestion."""
        return _one_line(suggestion)


class LinesInput(SafeInput):
    """An input line for text of several lines, drawn as one with a sign at each break."""

    @property
    def _value(self) -> Text:
        return Text(safe(self.value).replace("\n", BREAK), no_wrap=True, overflow="ignore", end="")

    def break_line(self) -> None:
        """Begin a new line at the cursor."""
        self.replace("\n", *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste text with its lines, which Textual would cut after the first."""
        event.stop()
        event.prevent_default()
        self.replace("\n".join(event.text.splitlines()), *self.selection)


def _one_line(text: str) -> str:
    return safe(text).replace("\n", " ")
