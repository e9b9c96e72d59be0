"""Questions for dialogs, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.wording.fields import Verdict

DIGITS = 9
"""Number of choices that a digit can choose."""


class Choice(NamedTuple):
    """A choice of a question."""

    value: str
    label: str
    detail: str = ""
    is_name: bool = True
    """False for a label that only describes, such as the role of a speaker without a name."""

    def begins_word(self, typed: str) -> bool:
        """Return True if a word of the label begins with typed text."""
        return f" {typed}".casefold() in f" {self.label}".casefold()


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the choices that contain typed text: that very label, then names, descriptions of names, other labels."""
    wanted = typed.casefold()

    def rank(choice: Choice) -> tuple[bool, bool, bool]:
        label = choice.label.casefold()
        return label != wanted, not choice.is_name, wanted not in label

    return sorted((c for c in choices if wanted in f"{c.label} {c.detail}".casefold()), key=rank)


class Question(NamedTuple):
    """A question for an `AskScreen`."""

    title: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    """Initial text of the line."""
    check: Callable[[str], Verdict] | None = None
    """Returns the verdict on typed text; None if only the listed choices are allowed."""
    placeholder: str = ""
    current: str = ""
    """Value of the choice marked at first."""
    digits: bool = True
    """True if a digit chooses while the line is empty; False where values begin with digits."""
    toggle: Callable[[str], tuple[Choice, ...]] | None = None
    """Called with each chosen value; returns the new choices, and the dialog stays open."""
    several_lines: bool = False
    """True if the answer may have several lines."""
    text: str = ""
    """Text above the choices, shown in full."""

    @classmethod
    def rename(cls, title: str, name: str) -> Question:
        """Return the question for a new name of at least one letter."""

        def check(typed: str) -> Verdict:
            return Verdict() if typed.strip() else Verdict("a name is needed", ok=False)

        return cls(title, (), name, check, "type a name")

    @property
    def has_line(self) -> bool:
        """True if there is an input line; nine fixed choices or fewer need none."""
        return self.check is not None or not 0 < len(self.choices) <= DIGITS
