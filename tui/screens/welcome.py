"""The welcome for new users: the six most important keys."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.keys.keymap import Keymap
from tui.screens.help import aligned
from tui.screens.keyed_screen import KeyedModal, key_of
from tui.wording.legend import MARKS_OF_CLAIMS

_SIX = (
    ("accept", "accept the claim and go on"),
    ("reject", "reject it and go on"),
    ("edit", "edit its speaker, date and the rest"),
    ("next_undecided", "next undecided claim"),
    ("undo", "undo, as often as you like"),
    ("help", "help: keys, words, signs"),
)


_WIDTH, _FRAME = 64, 4
"""Width of the panel in cells, and of its border and padding."""


class WelcomeScreen(KeyedModal[None]):
    """The welcome, shown once and closed by any key.

    Args:
        keymap: The keys in force.
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keys = keymap

    def compose(self) -> ComposeResult:
        """Lay out the keys."""
        keys = [
            (self._keys.key_of(name, "everywhere" if name == "help" else "review"), meaning) for name, meaning in _SIX
        ]
        room = min(_WIDTH, self.app.size.width) - _FRAME
        said = Content(
            "Claims are listed beside the article. Everything you do is saved at once. Signs before a claim:"
        )
        lines = [*aligned(keys, 7, room), Content(""), said, *aligned(MARKS_OF_CLAIMS.items(), 7, room)]
        panel = Static(Content("\n").join(lines), classes="panel welcome")
        panel.border_title = Content("Six keys are enough")
        panel.border_subtitle = Content("any key closes this")
        yield panel

    async def on_key(self, event: events.Key) -> None:
        """Close on any key; the key of the help goes on to it."""
        event.stop()
        event.prevent_default()
        action = self._keys.find(key_of(event), ("everywhere",))
        self.dismiss(None)
        if action is not None and action.name == "help":
            self.app.call_later(self.host.show_help, self._keys.active(("claims", "review", "everywhere")))

    def on_click(self) -> None:
        """Close on a click."""
        self.dismiss(None)
