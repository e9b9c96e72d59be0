"""The terminal's cursor stands on the focused row after every key: screen readers and braille lines follow it."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.tui.terminal_screen import KNOWS_FRAMES, TerminalScreen

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
from tests.tui.session.test_signals import Sitting

_PATIENCE = 30.0
_QUIET = 0.15
"""Seconds without output after which the next key is pressed."""
_DOWN, _UP, _PAGE_DOWN, _HOME, _ESCAPE = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[H", b"\x1b"
Condition = Callable[[TerminalScreen], bool]


class Watched:
    """The app, and its screen after each frame."""

    def __init__(self, folder: Path, columns: int, lines: int, **variables: str) -> None:
        self.sitting = Sitting(folder, COLUMNS=str(columns), LINES=str(lines), **variables)
        self.screen = TerminalScreen(columns, lines)
        self.sitting.press(KNOWS_FRAMES)
        self.press(b"?")
        self.press(_ESCAPE)  # which draws the whole screen again

    def press(self, key: bytes, wanted: Condition = lambda _: True) -> TerminalScreen:
        """Press a key, and wait until its frames have come and the screen meets a condition."""
        self.sitting.press(key)
        deadline = time.monotonic() + _PATIENCE
        frames = 0
        while (more := bool(select.select([self.sitting.fd], [], [], _QUIET)[0])) or not (
            frames and wanted(self.screen)
        ):
            assert time.monotonic() < deadline, (key, self.screen.at_cursor())
            frames += sum(1 for _ in self.screen.frames(os.read(self.sitting.fd, 1 << 16) if more else b""))
        return self.screen


def stands_at(words: str, screen: TerminalScreen) -> bool:
    return screen.at_cursor().startswith(words)


Watch = Callable[..., Watched]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    started: list[Watched] = []

    def start(columns: int = 120, lines: int = 40, **variables: str) -> Watched:
        started.append(Watched(tmp_path, columns, lines, **variables))
        return started[-1]

    yield start
    for watched in started:
        watched.sitting.close()


@pytest.mark.slow
@pytest.mark.parametrize("lines", [40, 12])
def test_in_the_claims_it_stands_on_the_first_line_of_the_current_claim(watch: Watch, lines: int) -> None:
    app = watch(lines=lines, NO_COLOR="1")  # then the current claim is drawn in reverse, and no other
    places = set()

    def on_the_claim(screen: TerminalScreen) -> bool:
        here, above = (screen.cells[line][screen.column] for line in (screen.line, screen.line - 1))
        left = screen.cells[screen.line][screen.column - 1]
        return here.is_reversed and not above.is_reversed and not left.is_reversed

    for key in (b"j", b"j", _DOWN, b"k", b"G", b"g", b"x", b"a", b" ", b"u", b"u", b"U", b"t", b"O", b"j", b"G", b"k"):
        places.add(app.press(key, on_the_claim).line)
    assert len(places) > 2


@pytest.mark.slow
def test_in_the_article_it_stands_on_the_text_cursor(watch: Watch) -> None:
    app = watch(lines=14)
    places = set()

    def on_the_cursor(screen: TerminalScreen) -> bool:
        cells = ((line, column) for line in range(2, 12) for column in range(70))
        return [(y, x) for y, x in cells if screen.cells[y][x].is_reversed] == [(screen.line, screen.column)]

    for key in (b"\t", b"j", b"w", b"w", b"b", b")", b"(", b"j", b"k", _DOWN, _PAGE_DOWN, b"G", b"g", b"w", b".", b","):
        screen = app.press(key, on_the_cursor)
        places.add((screen.line, screen.column))
    assert len(places) > 8


@pytest.mark.slow
def test_elsewhere_it_stands_on_the_row_or_line_that_has_the_focus(watch: Watch) -> None:
    app = watch()
    for keys, words in (
        ([b"s"], "type a name"),
        ([b"s", b"Bo"], " "),
        ([b"s", b"Bo", b"\x1b[D"], "o "),
        ([b"s", _DOWN], "2 Bluewater"),
        ([b"s", _DOWN, _DOWN, _UP], "2 Bluewater"),
        ([b"s", _DOWN, b"T"], " "),
        ([b"h"], "1 ■ content"),
        ([b"h", _DOWN], "2 ■"),
        ([b"e", _HOME], "Ida Moreno"),
        ([b"e", b"\t", _HOME], "direct"),
        ([b"/", b"bridge"], " "),
        ([b"L"], "▶ ◐ started   Harbour bridge"),
        ([b"W"], "▶ person          Ida Moreno"),
        ([b"W", _DOWN, _DOWN], "▶ person          Rosa Lindqvist"),
        ([b"?"], "Decide"),
    ):
        for key in keys[:-1]:
            app.press(key)
        screen = app.press(keys[-1], partial(stands_at, words))
        before = screen.cells[screen.line][screen.column - 1].character
        assert words != " " or before == keys[-1].decode()[-1], (keys, "it stands behind what was typed")
        while not app.press(_ESCAPE).at_cursor().startswith("· 2 Ida Moreno"):
            assert b"/" in keys, "one escape leads back to the claim, from a search two"
