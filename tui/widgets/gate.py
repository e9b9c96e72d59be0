"""The gate to the terminal, which every drawn line passes once."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotate.safe import safe


class Gate(LineFilter):
    """Replaces control codes: only printable characters reach the terminal.

    Widgets neutralise foreign text themselves, before it is measured and wrapped. Control codes that one forgets are
    drawn as signs here, at worst some cells too wide.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 # as all filters
        """Return the segments of a line with all control codes replaced."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(safe(text).replace("\n", " "), style) for text, style, _ in segments]
