"""The help: keys available on the current screen, and a legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.keys.keymap import Keymap, key_name
from tui.keys.registry import Action, Group
from tui.screens.base import KeyedModal
from tui.wording.legend import Meanings, legend


class HelpScreen(KeyedModal[None]):
    """A list of actions and their keys, in groups, and the legend; closed by any key that does not scroll.

    Args:
        actions: The actions available now.
        keymap: The keys in force.
    """

    def __init__(self, actions: Sequence[Action], keymap: Keymap) -> None:
        super().__init__()
        self._actions = actions
        self._legend = legend((action.scope for action in actions), keymap)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        panel = VerticalScroll(Static(_table(self._actions, self._legend)), classes="panel help")
        panel.border_title = Content("Keys that work here")
        signs = "end: meaning of signs · " if self._legend else ""
        panel.border_subtitle = Content(f"↑ ↓ scroll · {signs}any other key closes")
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


def _table(actions: Sequence[Action], legend: Mapping[str, Meanings]) -> Content:
    """Return keys and actions in two columns under the headings of their groups, then the legend."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for group in _ORDER:
        here = [(" ".join(map(key_name, a.keys)), a.description) for a in actions if a.group == group and a.keys]
        if here:
            sections[group] = here
    sections |= {heading: list(meanings.items()) for heading, meanings in legend.items()}
    width = max((cell_len(sign) for pairs in sections.values() for sign, _ in pairs), default=0)
    lines: list[Content] = []
    for heading, pairs in sections.items():
        lines += [Content(""), Content.styled(heading, "bold underline"), *aligned(pairs, width)]
    return Content("\n").join(lines[1:])


def aligned(meanings: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Return lines for signs, words or keys and their meanings, in two columns.

    Args:
        meanings: Signs and meanings; a line feed in a meaning begins another line.
        width: Cells of the first column, whose signs end at its right.
    """
    lines = ((sign if nth == 0 else "", line) for sign, says in meanings for nth, line in enumerate(says.split("\n")))
    return [
        Content.assemble((" " * (width - cell_len(sign)) + sign, "bold $text-accent"), "  ", line)
        for sign, line in lines
    ]


_ORDER: tuple[Group, ...] = ("Decide", "Move", "Edit", "Spans", "Select", "Other")
