"""A key right after escape, as a terminal sends it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.events import Key

from annotate.store import Store
from tests.tui.conftest import MakeApp, harbour
from tests.tui.sitting import press, record
from tui.keys.escape import EscapeParser
from tui.session.resume import ResumePoints


def keys(sent: str) -> list[str]:
    return [event.key for event in EscapeParser().feed(sent) if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("\x1bj", ["escape", "j"]),
        ("\x1bG", ["escape", "G"]),
        ("\x1b/", ["escape", "slash"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b ", ["escape", "space"]),
        ("\x1bé", ["escape", "é"]),
        ("\x1bjk", ["escape", "j", "k"]),
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\x1bf", ["alt+f"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("\x1b\x1b[B", ["escape", "down"]),
    ],
)
def test_an_escape_and_a_key_are_two_keys(sent: str, wanted: list[str]) -> None:
    assert keys(sent) == wanted


def test_the_start_of_a_longer_sequence_is_two_keys_once_no_more_comes() -> None:
    parser = EscapeParser()
    assert list(parser.feed("\x1bO")) == []
    time.sleep(0.15)  # longer than the parser waits
    assert [event.key for event in parser.tick() if isinstance(event, Key)] == ["escape", "O"]


async def test_f_after_escape_filters_where_no_line_is_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "v alt+f")
        assert app.screen_stack[0].state.selection is None  # type: ignore[attr-defined] # of the review
        assert app.screen is not app.screen_stack[0]  # the question of the filter


async def test_a_line_is_gone_over_word_by_word(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "o n e w space n o t e alt+b X enter")
        assert record(app).claims[0].note == "new Xnote"


def test_both_keys_reach_the_app_through_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
    from tests.pseudo import PseudoTerminal

    with Store.open(tmp_path / "a.json", by="human:ana") as store:
        store.put(harbour())
    ResumePoints(tmp_path / "onrecord").welcomed()
    env = {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    app = PseudoTerminal(["--db", "a.json", "--engine", "rules"], tmp_path, env)
    app.press("v", shows="selecting")
    app.press("\x1b", "a", shows="1/6")  # escape ends selecting, and the claim is accepted
    app.press("q", shows="\x1b[?1049l")
    assert app.end() == 0
    with Store.open(tmp_path / "a.json", read_only=True) as store:
        assert store.get("harbour").claims[0].status == "accepted"
