"""Styles of a widget's component classes, put together once for each combination."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.widget import Widget

_UPRIGHT = Style(reverse=False)


class Palette:
    """The styles of one widget's component classes, over its own.

    Textual forgets component styles on every refresh; this keeps them until `clear`, to be called when the widget's
    style was updated.

    Args:
        widget: Whose.
        prefix: What the names of its component classes begin with, before `--`.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._styles: dict[tuple[str, ...], Style] = {}

    def clear(self) -> None:
        """Forget all styles."""
        self._styles.clear()

    def style(self, names: Sequence[str] = ()) -> Style:
        """Return the style of component classes drawn one over the other.

        A reversed one over another reversed one stands upright: so a cursor shows inside a selection, with no
        colour at all.
        """
        key = tuple(names)
        style = self._styles.get(key)
        if style is None:
            style = self._widget.rich_style
            for name in key:
                over = self._widget.get_component_rich_style(f"{self._prefix}--{name}", partial=True)
                style = style + over + _UPRIGHT if style.reverse and over.reverse else style + over
            self._styles[key] = style
        return style
