"""A dialog with text to read."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from annotate.safe import safe_line
from tui.screens.keyed_screen import KeyedModal

_WIDTH, _FRAME = 72, 5
"""Width of the dialog in cells, as in the style sheet, and of its border, padding and scroll bar."""


class TextScreen(KeyedModal[None]):
    """A dialog with text to read; closed by any key that does not scroll.

    Args:
        title: Its title.
        text: Makes its text for a width in cells, safe for the terminal.
        hint: Further hint below the text.
    """

    def __init__(self, title: str, text: Callable[[int], Content], hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._text_hint = hint

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        room = min(_WIDTH, self.app.size.width) - _FRAME
        panel = VerticalScroll(Static(self._text(room), markup=False), classes="panel help")
        panel.border_title = Content(safe_line(self._title))
        panel.border_subtitle = Content(
            " · ".join(filter(None, ("↑ ↓ scroll", self._text_hint, "any other key closes")))
        )
        yield panel

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    async def on_key(self, event: events.Key) -> None:
        """Close, unless the key scrolls."""
        if event.key not in {"up", "down", "pageup", "pagedown", "home", "end"}:
            event.stop()
            event.prevent_default()
            self.dismiss(None)

    def on_click(self) -> None:
        """Close on a click."""
        self.dismiss(None)
