"""The floor for comparisons: a Textual app with one label that a key refreshes."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """An app with a label, and a key that counts on it."""

    BINDINGS = [("j", "count"), ("k", "count"), ("down", "count"), ("up", "count"), ("a", "count"), ("z", "count")]

    def compose(self) -> ComposeResult:
        """Lay out the label."""
        yield Static("Empty 0", markup=False)

    def action_count(self) -> None:
        """Show the next number."""
        label = self.query_one(Static)
        label.update(f"Empty {int(str(label.content).split()[1]) + 1}")


if __name__ == "__main__":
    Empty().run()
