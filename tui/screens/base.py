"""What all screens share: keys looked up in the registry, and notices that take foreign text."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from pathlib import Path
from typing import Literal, TypeVar, cast

from textual import events
from textual.screen import ModalScreen, Screen

from annotate.changes import Change
from annotate.errors import OnrecordError
from annotate.safe import safe_line
from tui.keys.keymap import Keymap
from tui.keys.registry import Action, Scope
from tui.screens.host import Host
from tui.screens.questions import Question
from tui.widgets.cached_lines import CachedLines

Result = TypeVar("Result")


def key_of(event: events.Key) -> str:
    """Return a key as the registry writes it: the character it types, else its name."""
    character = event.character
    return character if character and event.is_printable and not character.isspace() else event.key


class KeyedScreen(CachedLines, Screen[Result]):
    """A screen whose keys are those of the registry, in the scopes that it says are active."""

    def scopes(self) -> tuple[Scope, ...]:
        """Return the active scopes, the most particular first."""
        return ("everywhere",)

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast("Host", self.app)

    @property
    def keymap(self) -> Keymap:
        """The keys in force, the person's own included."""
        return self.host.keymap

    def actions(self) -> list[Action]:
        """Return what can be done now, for the key bar, the help and the palette."""
        return self.keymap.active(self.scopes())

    async def on_key(self, event: events.Key) -> None:
        """Do what the key stands for here; a key that means nothing here is left to Textual, but for the focus."""
        action = self.keymap.find(key_of(event), self.scopes())
        if action is not None or event.key in {"tab", "shift+tab"}:
            event.stop()
            event.prevent_default()
        if action is not None:
            await self.act(action.name)

    async def act(self, name: str) -> None:
        """Do an action by its name."""
        done = getattr(self, f"action_{name}")()
        if isawaitable(done):
            await done

    async def action_act(self, name: str) -> None:
        """Do an action that was clicked in the key bar."""
        await self.act(name)

    def say(self, message: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Show a short notice; a newer one takes its place, so that a held key leaves no pile."""
        self.app.call_later(self.app.clear_notifications)  # in line behind a notice that is still on its way
        self.app.notify(safe_line(message), severity=severity, markup=False, timeout=4 if severity != "error" else 10)

    def refuse(self, why: str) -> None:
        """Say why an action was not done."""
        self.say(why, "warning")

    def may_change(self) -> bool:
        """Return whether something can be changed, or say why not: before a person types what cannot be kept."""
        store = self.host.session.store
        if store.read_only:
            self.refuse(f"{Path(store.path).name} is open for reading only: open it without --read-only to change it")
        return not store.read_only

    def ask(self, question: Question, taken: Callable[[str | None], None]) -> None:
        """Ask a question over the screen.

        Args:
            question: What to ask.
            taken: Called with the answer, or with None.
        """
        self.host.ask(question, taken)

    def step(self, *, undo: bool) -> tuple[Change, ...]:
        """Undo or redo the last action, say its name, and return its changes; none where there was nothing to do."""
        session = self.host.session
        try:
            changes = session.undo() if undo else session.redo()
        except OnrecordError as error:
            self.say(str(error), "error")
            return ()
        if not changes:
            self.refuse("nothing to undo" if undo else "nothing to redo")
            return ()
        where = f" in {len(changes)} articles" if len(changes) > 1 else ""
        self.say(f"{'undid' if undo else 'redid'}: {changes[0].op}{where}")
        return changes

    def hear_news(self) -> None:
        """Show what news from the engine or the saver changed; most screens show nothing of it."""

    def action_help(self) -> None:
        """Show the keys that work here."""
        self.host.show_help(self.actions())

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def action_suspend(self) -> None:
        """Go back to the shell for a while."""
        self.app.action_suspend_process()

    def action_quit(self) -> None:
        """End the program; asks only when something could not be saved."""
        self.host.leave()


class KeyedModal(KeyedScreen[Result], ModalScreen[Result]):
    """A dialog with keys of the registry."""

    CSS_PATH = "dialogs.tcss"

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
