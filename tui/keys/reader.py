"""Reading keys one after the other: a digit counts, a prefix waits for the next key, the rest is an action."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.keys.keymap import Keymap, key_name
from tui.keys.registry import Action, Scope

_MOST_DIGITS = 6


class KeyReader:
    """The keys of an unfinished command: the digits of its count, and its prefix.

    Args:
        keymap: Returns the keys in force.
    """

    def __init__(self, keymap: Callable[[], Keymap]) -> None:
        self._keymap = keymap
        self._digits = ""
        self._prefix: tuple[str, ...] = ()
        self.count: int | None = None
        """The count of the last action read; None where no digits were typed."""

    @property
    def pending(self) -> str:
        """The keys typed so far, as shown to the user; empty at the start of a command."""
        return self._digits + "".join(map(key_name, self._prefix))

    def read(self, key: str, scopes: Sequence[Scope], *, counts: bool) -> Action | None:
        """Read a key; return the action that it completes, if any.

        Args:
            key: In the registry's notation. Escape ends an unfinished command.
            scopes: The active scopes.
            counts: Whether unbound digits are a count here.
        """
        keymap, keys = self._keymap(), (*self._prefix, key)
        action = keymap.find(" ".join(keys), scopes)
        if action is None and keymap.continued(keys, scopes):
            self._prefix = keys
            return None
        if action is None and counts and not self._prefix and key.isdecimal() and (self._digits or key != "0"):
            self._digits = (self._digits + key)[:_MOST_DIGITS]
            return None
        is_ended = key == "escape" and bool(self.pending)
        self.count = int(self._digits) if self._digits else None
        self._digits, self._prefix = "", ()
        return None if is_ended else action

    def hints(self, scopes: Sequence[Scope]) -> list[Action]:
        """Return the actions that the next key can run after the prefix, with that key; none without a prefix."""
        return self._keymap().continued(self._prefix, scopes) if self._prefix else []
