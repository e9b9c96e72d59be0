"""The base of all screens: keys from the registry, notices safe for foreign text, and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import isawaitable
from pathlib import Path
from typing import Literal, TypeVar, cast

from textual import events
from textual.binding import Binding
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen

from annotate.safe import safe_line
from tui.keys.keymap import Keymap, key_name
from tui.keys.reader import KeyReader
from tui.keys.registry import Action, Scope
from tui.screens.host import Host
from tui.screens.questions import Question
from tui.widgets.cached_lines import CachedLines

Result = TypeVar("Result")
Handler = Callable[[], object]
"""A method that runs an action; one that returns an awaitable is awaited."""


def handlers_of(owner: object) -> dict[str, Handler]:
    """Return the methods `action_…` of an object, by the names of their actions."""
    names = [name for name in dir(type(owner)) if name.startswith("action_")]
    return {name.removeprefix("action_"): getattr(owner, name) for name in names}


def key_of(event: events.Key) -> str:
    """Return a key in the registry's notation: the character it types, else its name."""
    character = event.character
    return character if character and event.is_printable and not character.isspace() else event.key


class KeyedScreen(CachedLines, Screen[Result]):
    """A screen that takes its keys from the registry, in the scopes it declares active."""

    @cached_property
    def reader(self) -> KeyReader:
        """The keys of the unfinished command."""
        return KeyReader(lambda: self.keymap)

    def scopes(self) -> tuple[Scope, ...]:
        """Return the active scopes, the most specific first."""
        return ("everywhere",)

    @property
    def host(self) -> Host:
        """The app, through the methods that screens use."""
        return cast("Host", self.app)

    @property
    def keymap(self) -> Keymap:
        """The keys in force, the person's own included."""
        return self.host.keymap

    def actions(self) -> list[Action]:
        """Return the actions available now, for the key bar, the help and the palette."""
        return self.keymap.active(self.scopes())

    async def on_key(self, event: events.Key) -> None:
        """Run the action of a key or sequence of keys; leave other keys to Textual, except Tab."""
        before = self.reader.pending
        action = self.reader.read(key_of(event), self.scopes(), counts=self.counts)
        pending = self.reader.pending
        if action is not None or pending or before or event.key in {"tab", "shift+tab"}:
            event.stop()
            event.prevent_default()
        if action is not None:
            await self.act(action.name)
        elif before and not pending and event.key != "escape":
            self.refuse(f"{before}{key_name(key_of(event))} does nothing here")
        if pending != before:
            self.show_pending()

    @property
    def counts(self) -> bool:
        """True where digits before an action are its count."""
        return False

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell for the terminal's cursor, which screen readers and braille lines follow: on the focused row."""
        focused = self.focused or next(iter(self.query(".panel")), None)
        cursor: Offset | None = getattr(focused, "cursor_screen_offset", None)
        return (focused or self).content_region.offset if cursor is None else cursor

    def show_pending(self) -> None:
        """Show the keys of an unfinished command."""

    @cached_property
    def handlers(self) -> Mapping[str, Handler]:
        """The methods that run actions, by the actions' names."""
        return handlers_of(self)

    async def act(self, name: str) -> None:
        """Run an action by its name."""
        done = self.handlers[name]()
        if isawaitable(done):
            await done

    async def action_act(self, name: str) -> None:
        """Run an action clicked in the key bar."""
        await self.act(name)

    def say(self, message: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Show a short notice, which replaces the last one: a held key leaves no pile of notices."""
        self.app.call_later(self.app.clear_notifications)  # queued behind a notice still on its way
        self.app.notify(safe_line(message), severity=severity, markup=False, timeout=4 if severity != "error" else 10)

    def refuse(self, why: str) -> None:
        """Show the reason for refusing an action."""
        self.say(why, "warning")

    def may_change(self) -> bool:
        """Return True if the save file can be changed; otherwise show the reason, before the user types in vain."""
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

    def hear_news(self) -> None:
        """Update the screen after news from the engine or the saver; most screens ignore it."""

    def action_help(self) -> None:
        """Show the keys available here."""
        self.host.show_help(self.actions())

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def action_suspend(self) -> None:
        """Suspend the app, and go back to the shell."""
        self.app.action_suspend_process()

    def action_quit(self) -> None:
        """Quit; ask only when something could not be saved."""
        self.host.leave()


class KeyedModal(KeyedScreen[Result], ModalScreen[Result]):
    """A dialog with keys of the registry."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [Binding("ctrl+z", "app.suspend_process", show=False)]  # the app's, which Textual cuts off from dialogs

    def action_cancel(self) -> None:
        """Close the dialog without an answer."""
        self.dismiss(None)
