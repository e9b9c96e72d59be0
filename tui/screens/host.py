"""The app as seen by its screens, which import this protocol and never the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from tui.keys.keymap import Keymap
from tui.keys.registry import Action
from tui.screens.questions import Question
from tui.session.garbage import GarbagePolicy
from tui.session.session import Session


class Host(Protocol):
    """Services of the app. `OnrecordApp` satisfies it by having these methods."""

    keymap: Keymap
    """The keys in force, rebound ones included."""
    session: Session
    """The current sitting."""
    garbage: GarbagePolicy
    """The policy of the garbage collector, which has to know when an article was opened."""

    guidelines: Path | None
    """The person's own guidelines, a Markdown file; None for Onrecord's."""

    def ask(self, question: Question, taken: Callable[[str | None], None]) -> None:
        """Ask a question in a dialog over the current screen.

        Args:
            question: Title, choices and checks.
            taken: Called with the answer; with None when the dialog is cancelled.
        """

    def show_help(self, actions: Sequence[Action]) -> None:
        """List actions and their keys in a dialog over the current screen."""

    def show_news_soon(self) -> None:
        """Update the top line within a fraction of a second, once for all news until then."""

    def remember_place(self) -> None:
        """Save the current article and claim as the resume point."""

    def leave(self) -> None:
        """Save everything and end the app; ask first when something cannot be saved."""
