"""The one way to the terminal: whatever a widget draws passes here, each of its lines once."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotate.safe import safe


class Gate(LineFilter):
    """Lets letters through, and no code that a terminal obeys.

    Widgets neutralise foreign text themselves, before it is measured and wrapped. What one forgets is drawn as signs
    here, at worst some cells too wide.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 # as all filters
        """Return what is to be drawn without anything foreign that is no letter."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(safe(text).replace("\n", " "), style) for text, style, _ in segments]
