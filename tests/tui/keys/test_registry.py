"""The registry of actions: no clashes, no lies in the documentation, a person's own keys."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from textual.keys import Keys

from tests.tui.sitting import MakeApp
from tui.keys.keymap import Keymap, clashes, rebound
from tui.keys.names import is_key
from tui.keys.registry import ACTIONS, SCOPES, Scope
from tui.keys.tables import key_table, markdown_table
from tui.screens.ask import AskScreen
from tui.screens.library import LibraryScreen
from tui.screens.list_screen import ListScreen
from tui.screens.speakers import SpeakersScreen

DOCS = Path(__file__).parents[3] / "docs" / "keys.md"

PROMISED = """
    j k up down space g G pageup pagedown home end tab > < L / n N escape f h a x z D e enter s d t o m M delete
    backspace p ] [ } { shift+right shift+left ctrl+right ctrl+left v w b ) ( " c + r i u U ctrl+r y Y ? ctrl+p : q
"""


def test_no_two_actions_share_a_key_where_both_work() -> None:
    assert clashes(ACTIONS) == []


def test_every_promised_key_does_something() -> None:
    assert [key for key in PROMISED.split() if not any(key in action.keys for action in ACTIONS)] == []


def test_every_action_has_a_method_where_it_works(make_app: MakeApp) -> None:
    review = make_app().get_default_screen().handlers
    screens = {
        "library": LibraryScreen,
        "speakers": SpeakersScreen,
        "carrying": SpeakersScreen,
        "finding": SpeakersScreen,
        "filtered": ListScreen,
        "filtering": ListScreen,
        "list": ListScreen,
        "choosing": AskScreen,
    }
    missing = [
        action.name
        for action in ACTIONS
        if not (
            hasattr(screens[action.scope], f"action_{action.name}")
            if action.scope in screens
            else action.name in review
        )
    ]
    assert missing == []


def test_every_scope_is_described_in_the_tables() -> None:
    assert set(SCOPES) == set(get_args(Scope))
    for action in ACTIONS:
        assert action.description in key_table()


def test_the_documented_keys_are_those_of_the_registry() -> None:
    assert DOCS.read_text(encoding="utf-8") == markdown_table() + "\n", "run: python -m tui.keys.tables > docs/keys.md"


def test_a_person_can_rebind_an_action() -> None:
    actions, problems = rebound({"accept": ["K"]})
    keymap = Keymap(actions)
    assert problems == ()
    assert keymap.find("a", ("review",)) is None
    found = keymap.find("K", ("review",))
    assert found is not None
    assert found.name == "accept"


@pytest.mark.parametrize(("keys", "said"), [({"accept": ["x"]}, "both accept and reject"), ({"acept": ["A"]}, "acept")])
def test_a_rebinding_that_cannot_be_is_named_and_left_out(keys: dict[str, list[str]], said: str) -> None:
    actions, problems = rebound(keys)
    assert actions == ACTIONS
    assert said in problems[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("esc", "escape"),
        ("Enter", "enter"),
        ("pgup", "pageup"),
        ("↓", "down"),
        ("ctrl+→", "ctrl+right"),
        ("shift+a", "A"),
        ("Ctrl+X", "ctrl+x"),
        ("ctrl+A", "ctrl+a"),
        ("question_mark", "?"),
        ("' shift+s", "S"),
        ("abracadabra", ""),
        (" ", ""),
        ("hyperctrl+a", ""),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_is_meant(written: str, meant: str) -> None:
    actions, problems = rebound({"accept": [written]})
    assert actions == ACTIONS
    assert len(problems) == 1
    assert "for accept" in problems[0]
    assert problems[0].partition("; did you mean ")[2] == (f"{meant}?" if meant else "")


def test_the_known_keys_of_an_action_hold_beside_an_unknown_one() -> None:
    actions, problems = rebound({"accept": ["K", "entr"]})
    assert next(action.keys for action in actions if action.name == "accept") == ("K",)
    assert problems == ("there is no key 'entr' for accept; did you mean enter?",)


def test_every_key_of_the_registry_and_of_textual_is_known() -> None:
    named = {key.value for key in Keys if not key.value.startswith("<")} - {
        "return",
        "ctrl-at",
    }  # sent under other names
    ours = {one for action in ACTIONS for key in action.keys for one in key.split(" ")}
    assert [key for key in sorted(named | ours) if not is_key(key)] == []


def test_two_actions_can_trade_their_keys() -> None:
    actions, problems = rebound({"accept": ["x"], "reject": ["a"]})
    assert problems == ()
    found = Keymap(actions).find("x", ("review",))
    assert found is not None
    assert found.name == "accept"


def test_a_key_means_the_action_of_the_first_scope() -> None:
    found = Keymap().find("n", ("matches", "claims", "review"))
    assert found is not None
    assert found.name == "next_match"
    assert [a.name for a in Keymap().active(("matches", "review")) if "n" in a.keys] == ["next_match"]
