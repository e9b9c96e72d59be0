"""The commands of the linear mode: the app's letters for the same actions, rebound ones too, and a few of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tui.keys.keymap import Keymap
from tui.keys.registry import Scope

_SCOPES: tuple[Scope, ...] = ("claims", "review", "everywhere")
_OWN: Mapping[str, tuple[str, str]] = {
    "": ("next_undecided", "Next undecided claim"),
    "n": ("next_claim", "Next claim"),
    "p": ("previous_claim", "Previous claim"),
    "r": ("read", "Read the claim again"),
    "c": ("context", "Read the claim's paragraph"),
}
"""Letters for which the app has no action here, with their actions and meanings."""
_NUMBER = re.compile(r"(\d{1,9})G?")


class Command(NamedTuple):
    """A typed line, understood."""

    action: str
    rest: str = ""
    """The words after the letter."""


def understood(line: str, keymap: Keymap, known: Collection[str]) -> Command | None:
    """Return the command of a typed line; None if there is none.

    Args:
        line: A letter, the name of an action or the number of a claim; words for the action may follow.
        keymap: The keys in force.
        known: The names of all actions there are.
    """
    letter, _, rest = line.strip().partition(" ")
    if number := _NUMBER.fullmatch(letter):
        return Command("number", number[1])
    found = keymap.find(letter, _SCOPES)
    if found is not None and found.name in known:
        return Command(found.name, rest.strip())
    action = letter if letter in known else _OWN.get(letter, ("",))[0]
    return Command(action, rest.strip()) if action else None


def help_lines(keymap: Keymap, known: Collection[str]) -> Iterator[str]:
    """Yield all commands, a line each."""
    taken = set()
    for action in keymap.active(_SCOPES):
        letters = [key for key in action.keys if len(key) == 1]
        if action.name in known and letters:
            taken.update(letters)
            yield f"{', '.join(letters)}: {action.description}"
    for letter, (_, meaning) in _OWN.items():
        if letter not in taken:
            yield f"{letter or 'enter alone'}: {meaning}"
    yield "a number: go to the claim of that number"
