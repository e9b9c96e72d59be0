"""A story in a pseudo terminal: review an article cold, correct one of each fault, undo, quit, and come back."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic

import pytest

from annotate.model import Claim, Record
from annotate.store import Store
from tests.tui.terminal_screen import TerminalScreen

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
from tests.pseudo import PseudoTerminal

ARTICLE = """The lock at Quist stays shut

QUIST, 12 May 2031 — The lock will stay shut until June, harbour master Ivo Tann said on Monday.

“Nobody has told us anything,” said Rosa Lind, who keeps the shop at the quay. She plans to sell it.

The council promised a new gate in 2029. Ferries will run on Sundays only.
"""


class Person:
    """A person at the terminal, who reads the screen and presses keys."""

    def __init__(self, folder: Path) -> None:
        env = {
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "ONRECORD_USER": "eva",
        }
        self.terminal = PseudoTerminal(["quist.txt"], folder, env)
        self.screen = TerminalScreen(140, 40)
        self._read = 0

    def sees(self, words: str) -> None:
        """Wait until some words are on the screen; blanks match any white space."""
        end = monotonic() + 90  # the engine loads
        pattern = r"\s+".join(map(re.escape, words.split()))
        while not re.search(pattern, self.shown):
            assert monotonic() < end, (words, self.shown)
            self._look()

    def press(self, *keys: str, sees: str) -> None:
        """Press keys, and wait until some words are on the screen."""
        self.terminal.type(*keys)
        self.sees(sees)

    def label(self, after: str) -> str:
        """Return the label of one letter that stands before some words."""
        self.sees("type a letter")
        found = re.search(rf"\b([a-z]){re.escape(after)}", self.shown)
        assert found is not None, self.shown
        return found[1]

    @property
    def shown(self) -> str:
        """All lines of the screen."""
        return "\n".join("".join(cell.character for cell in row) for row in self.screen.cells)

    def _look(self) -> None:
        self.terminal.receive(0.1)
        new, self._read = bytes(self.terminal.written[self._read :]), len(self.terminal.written)
        for _ in self.screen.frames(new):
            pass


def words(record: Record, claim: Claim) -> tuple[str, str, str, str]:
    """Return content, cue, source and speaker of a claim."""
    speaker = record.speaker(claim.speaker)
    parts = [record.words(getattr(claim, part)) for part in ("content", "cue", "source")]
    return parts[0], parts[1], parts[2], speaker.name if speaker else ""


def saved(folder: Path) -> dict[str, tuple[Claim, tuple[str, str, str, str]]]:
    """Return the claims in the save file by the first two words of their content."""
    with Store.open(folder / "annotations.json", read_only=True) as store:
        (summary,) = store.summaries()
        record = store.get(summary.id)
    return {" ".join(words(record, c)[0].split()[:2]): (c, words(record, c)) for c in record.live_claims()}


def test_an_article_is_reviewed_corrected_and_found_again_as_it_was_left(tmp_path: Path) -> None:
    (tmp_path / "quist.txt").write_text(ARTICLE, encoding="utf-8")
    person = Person(tmp_path)
    person.sees("Six keys are enough")
    person.press("escape", sees="0/3 claims decided")
    # The first claim is right.
    person.press("a", sees="1/3 claims decided")
    # The second: another source, which names another speaker; then its edge, and the right one again.
    person.press("c", "s", sees="type a letter")
    person.press(person.label("vo"), sees="Who is “Ivo Tann”?")
    person.press("enter", sees="source Ivo Tann")
    person.press("u", sees="Undone: source")
    person.press("[", sees="corrected source")
    person.press("u", sees="Undone: source")
    person.press("t", sees="type:")
    person.press("u", sees="Undone: type")
    # A claim that nobody makes is removed, and one that is missing is made.
    person.press("G", "delete", sees="removed;")
    person.press("c", "n", sees="type a letter")
    person.press(person.label("erries will run"), sees="new claim;")
    person.terminal.type("q")
    assert person.terminal.end() == 0
    after = saved(tmp_path)
    assert after["The lock"][0].status == "accepted"
    assert after["“Nobody has"][1] == (
        "“Nobody has told us anything,”",
        "said",
        after["“Nobody has"][1][2],
        "Rosa Lind",
    )
    assert after["Ferries will"][0].status == "accepted"

    again = Person(tmp_path)
    again.sees("Ferries will run on Sundays only")
    again.terminal.type("q")
    assert again.terminal.end() == 0
    assert saved(tmp_path) == after
