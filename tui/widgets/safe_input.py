"""A line to type in that shows foreign text harmless."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input

from annotate.safe import safe


class SafeInput(Input):
    """Textual's `Input`, which by itself hands control characters of its value on to the terminal.

    What is shown has the value's length, so that the cursor stands where it should; the value stays as it is.
    """

    @property
    def _value(self) -> Text:
        return Text(_one_line(self.value), no_wrap=True, overflow="ignore", end="")

    def validate__suggestion(self, suggestion: str) -> str:
        """Suggest harmless words only."""
        return _one_line(suggestion)


def _one_line(text: str) -> str:
    return safe(text).replace("\n", " ")
