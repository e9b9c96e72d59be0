"""A pane: the background of one widget, and a line with a title above it."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

from annotate.safe import safe_line
from tui.widgets.cached_lines import CachedLines


class Pane(CachedLines, Vertical):
    """The background of one widget, and a line with a title above it."""

    def retitle(self, title: Content) -> None:
        """Change the title and draw only its line; setting `border_title` draws the whole pane anew."""
        self._border_title = title
        self.refresh(Region(0, -1, self.outer_size.width, 1))  # counted from where the content begins


def titled(words: str) -> Content:
    """Return a title for the line above a pane, with a space on both sides."""
    return Content(f" {safe_line(words)} ")
