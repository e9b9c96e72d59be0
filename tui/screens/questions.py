"""What a dialog asks, apart from how it looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.wording.fields import Verdict

DIGITS = 9
"""How many choices can be taken by digit."""


class Choice(NamedTuple):
    """Something that can be chosen."""

    value: str
    label: str
    detail: str = ""


class Question(NamedTuple):
    """What an `AskScreen` asks."""

    title: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    """What the line holds at first."""
    check: Callable[[str], Verdict] | None = None
    """Says what typed words would mean; without it only the choices can be taken."""
    placeholder: str = ""
    current: str = ""
    """The choice marked at first."""
    digits: bool = True
    """Whether a digit takes a choice while the line is empty; not where values begin with digits."""
    toggle: Callable[[str], tuple[Choice, ...]] | None = None
    """Called with every choice taken, returning the choices from then on; the dialog stays open."""
    text: str = ""
    """What must be known to answer, in full above the choices."""

    @classmethod
    def rename(cls, title: str, name: str) -> Question:
        """Return the question for another name, which has one letter at least."""

        def check(typed: str) -> Verdict:
            return Verdict() if typed.strip() else Verdict("a name is needed", ok=False)

        return cls(title, (), name, check, "type a name")

    @property
    def has_line(self) -> bool:
        """Whether there is a line to type in; a few fixed choices need none."""
        return self.check is not None or not 0 < len(self.choices) <= DIGITS
