"""Names of keys as written in the config file: which ones a terminal can send, and corrections of others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

SIGNS: Mapping[str, str] = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "pgup", "pagedown": "pgdn",
    "shift+right": "shift+→", "shift+left": "shift+←", "ctrl+right": "ctrl+→", "ctrl+left": "ctrl+←",
}  # fmt: skip
"""Names of keys that are displayed otherwise than they are written."""
_NAMED = (
    "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
    "down", "left", "right", *(f"f{number}" for number in range(1, 25)),
)  # fmt: skip
"""Keys that type no visible character."""
_WITH_CONTROL = ("backslash", "right_square_bracket", "circumflex_accent", "underscore")
"""Names of the special characters that a terminal can send with ctrl."""
_MODIFIERS = frozenset(("ctrl", "alt", "shift", "super", "hyper", "meta"))


def is_key(key: str) -> bool:
    """Return True if a terminal can send a key: `a`, `A`, `?`, `ctrl+a`, `shift+up`, `f1`; but not `shift+a`."""
    if key in SIGNS.values():
        return False
    if len(key) == 1:
        return key.isprintable() and not key.isspace()
    *modifiers, last = key.split("+")
    if not _MODIFIERS.issuperset(modifiers):
        return False
    is_control = "ctrl" in modifiers and last in _WITH_CONTROL
    is_typed = len(last) == 1 and last.isprintable() and last == last.lower() and set(modifiers) - {"shift"} != set()
    return last in _NAMED or is_control or is_typed


def likely_key(key: str) -> str:
    """Return the key that a misspelled one probably stands for; empty if none is near."""
    written = {sign: name for name, sign in SIGNS.items()}.get(key, key)
    modifiers, plus, last = written.lower().rpartition("+")
    if modifiers == "shift" and len(last) == 1:
        return last.upper()
    near = [last] if len(last) == 1 else get_close_matches(last, _NAMED, 1) or [_character(last)]
    meant = f"{modifiers}{plus}{near[0]}"
    return meant if is_key(meant) else ""


def _character(name: str) -> str:
    """Return the character of a name such as `question_mark`; empty if there is none."""
    try:
        return unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return ""
