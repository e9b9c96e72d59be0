"""The annotation guidelines, beside the article."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown

from annotate.errors import ReadError
from annotate.safe import safe
from annotate.safe_files import read_bytes
from tui.screens.keyed_screen import KeyedModal, key_of

_SHIPPED = Path(__file__).parents[1] / "guidelines.md"
_IN_CHECKOUT = Path(__file__).parents[2] / "docs" / "guidelines.md"
_MOST = 1
"""Maximum size of the file in megabytes."""
_SCROLL = {
    "j": "scroll_down", "down": "scroll_down", "k": "scroll_up", "up": "scroll_up",
    "space": "scroll_page_down", "pagedown": "scroll_page_down", "pageup": "scroll_page_up",
    "g": "scroll_home", "home": "scroll_home", "G": "scroll_end", "end": "scroll_end",
}  # fmt: skip


def guidelines(path: Path | None) -> str:
    """Return the text of a Markdown file, by default that of Onrecord's own guidelines.

    Raises:
        ReadError: it cannot be read.
    """
    path = path or next(filter(Path.exists, (_SHIPPED, _IN_CHECKOUT)), _SHIPPED)
    try:
        return read_bytes(path, most=_MOST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise ReadError(
            f"the guidelines {path} cannot be read: {why}", "correct guidelines in the config file"
        ) from None


class GuidelinesScreen(KeyedModal[None]):
    """Guidelines over the claims; the article stays in view. Keys that scroll a list scroll them, others close.

    Args:
        text: Markdown.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = safe(text)

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        panel = VerticalScroll(Markdown(self._text, open_links=False), classes="panel guidelines")
        panel.border_title = Content("Guidelines")
        panel.border_subtitle = Content("j k space scroll · esc closes")
        yield panel

    async def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        event.stop()
        event.prevent_default()
        scroll = _SCROLL.get(key_of(event)) or _SCROLL.get(event.key)
        if scroll is None:
            self.dismiss(None)
        else:
            getattr(self.query_one(VerticalScroll), scroll)(animate=False)
