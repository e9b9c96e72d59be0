"""The keys in force: names of keys, rebound actions, clashes, and the action of a key in the active scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from annotate.safe import safe_line
from tui.keys.names import SIGNS, is_key, likely_key
from tui.keys.registry import ACTIONS, SCOPES, Action, Scope


def key_name(key: str) -> str:
    """Return the display name of a key or sequence: arrow signs for arrow keys, the rest as written."""
    return "".join(SIGNS.get(one) or safe_line(one) for one in key.split(" "))


def rebound(changes: Mapping[str, Sequence[str]]) -> tuple[tuple[Action, ...], tuple[str, ...]]:
    """Return the actions with the user's own keys, and a message for each binding that cannot be used.

    An action with no known key among its new ones keeps its defaults. When any keys clash, all keep their defaults: it
    is unknown which binding was meant.

    Args:
        changes: Keys by the name of an action.
    """
    names = {action.name for action in ACTIONS}
    unknown = [
        f"there is no action {name!r} to bind keys to{_meant(get_close_matches(name, names, 1))}"
        for name in changes
        if name not in names
    ]
    usable: dict[str, tuple[str, ...]] = {}
    for name, keys in changes.items():
        wrong = {key: one for key in keys for one in key.split(" ") if not is_key(one)}
        if not wrong or len(wrong) < len(keys):
            usable[name] = tuple(key for key in keys if key not in wrong)
        unknown += [f"there is no key {one!r} for {name}{_meant([likely_key(one)])}" for one in wrong.values()]
    changed = tuple(a._replace(keys=usable.get(a.name, a.keys)) for a in ACTIONS)
    problems = clashes(changed)
    return (ACTIONS if problems else changed), (*unknown, *problems)


def _meant(near: Sequence[str]) -> str:
    """Return a question after an unknown name; empty if no known name is near."""
    return f"; did you mean {near[0]}?" if any(near) else ""


_TOGETHER: tuple[tuple[Scope, ...], ...] = (
    ("claims", "review", "everywhere"),
    ("article", "review", "everywhere"),
    ("selecting", "everywhere"),
    ("marking", "everywhere"),
    ("library", "list", "everywhere"),
    ("speakers", "list", "everywhere"),
    ("carrying", "list", "everywhere"),
    ("matches",),
    ("jumping",),
    ("noting", "typing"),
    ("noting", "form"),
    ("filtered",),
    ("filtering",),
    ("finding",),
    ("form",),
    ("choosing",),
)
"""Scopes that are active together; a scope alone in its group is active until Escape."""


def clashes(actions: Iterable[Action]) -> list[str]:
    """Return a message for each key bound to two actions in the same scopes, or to one and to begin a sequence."""
    actions = tuple(actions)
    found: dict[str, None] = {}
    for scopes in _TOGETHER:
        owner: dict[str, Action] = {}
        for action in actions:
            for key in action.keys if action.scope in scopes else ():
                first = owner.setdefault(key, action)
                if first is not action:
                    found[f"{key_name(key)} is both {first.name} and {action.name} {SCOPES[action.scope]}"] = None
        for key, action in owner.items():
            if (begun := owner.get(key.rpartition(" ")[0])) is not None:
                found[f"{key_name(key)} cannot be {action.name}: its first key is {begun.name}"] = None
    return list(found)


class Keymap:
    """The actions of keys, and the keys of actions, in the active scopes.

    Args:
        actions: All actions; those of the registry where none are given.
    """

    def __init__(self, actions: Sequence[Action] = ACTIONS) -> None:
        self.actions = tuple(actions)
        self._by_key = {(action.scope, key): action for action in self.actions for key in action.keys}

    def find(self, key: str, scopes: Iterable[Scope]) -> Action | None:
        """Return the action of a key in the first scope that binds it."""
        return next((hit for scope in scopes if (hit := self._by_key.get((scope, key)))), None)

    def continued(self, prefix: Sequence[str], scopes: Iterable[Scope]) -> list[Action]:
        """Return the actions whose keys begin with a prefix, with the rest of their keys."""
        begun = "".join(f"{key} " for key in prefix)
        scopes = tuple(scopes)
        return [
            action._replace(keys=(key.removeprefix(begun),))
            for action in self.actions
            if action.scope in scopes
            for key in action.keys
            if key.startswith(begun)
        ]

    def active(self, scopes: Iterable[Scope]) -> list[Action]:
        """Return the actions available in some scopes, without keys bound in an earlier scope."""
        taken: set[str] = set()
        actions: list[Action] = []
        for scope in scopes:
            here = [action for action in self.actions if action.scope == scope]
            for action in here:
                left = tuple(key for key in action.keys if key not in taken)
                if left or not action.keys:
                    actions.append(action._replace(keys=left))
            taken.update(key for action in here for key in action.keys)
        return actions

    def key_of(self, name: str, scope: Scope = "review") -> str:
        """Return the display name of an action's first key; empty when it has none."""
        keys = next((a.keys for a in self.actions if a.name == name and a.scope == scope), ())
        return key_name(keys[0]) if keys else ""
