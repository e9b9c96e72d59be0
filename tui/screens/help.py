"""The keys that work where the person is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions import Action, key_name
from tui.screens.base import KeyedModal
from tui.widgets.claim_rows import LEGEND


class HelpScreen(KeyedModal[None]):
    """Lists actions with their keys, in groups; any key closes it but those that scroll.

    Args:
        actions: What can be done now.
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = actions

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        panel = VerticalScroll(Static(_table(self._actions)), classes="panel help")
        panel.border_title = "Keys that work here"
        panel.border_subtitle = "↑ ↓ scroll · any other key closes"
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


def _table(actions: Sequence[Action]) -> Content:
    """Return the actions as two aligned columns under the headings of their groups."""
    groups = {action.group: [a for a in actions if a.group == action.group and a.keys] for action in actions}
    keys = {action: " ".join(map(key_name, action.keys)) for action in actions}
    width = max(map(cell_len, keys.values()), default=0)
    lines: list[Content] = []
    for group in sorted(groups, key=_ORDER.index):
        if groups[group]:
            lines += [Content(""), Content.styled(group, "bold underline")]
            lines += [
                Content.assemble(
                    (" " * (width - cell_len(keys[a])) + keys[a], "bold $text-accent"), "  ", a.description
                )
                for a in groups[group]
            ]
    if any(action.scope == "review" for action in actions):
        lines += [Content(""), Content.styled("Marks before claims", "bold underline"), Content(LEGEND)]
    return Content("\n").join(lines[1:])


_ORDER = ("Decide", "Move", "Edit", "Spans", "Select", "Other")
