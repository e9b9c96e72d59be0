"""What keeps its lines until it changes. Textual asks every widget for all its lines with every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from annotate.safe import safe_line

if TYPE_CHECKING:
    from textual.widget import Widget as _Base
else:
    _Base = object  # a style sheet follows the first base that is a widget: that must be the other one


class Still(_Base):
    """Goes before a widget among the bases of a class; for those that seldom change beside others that often do.

    Working out that nothing changed costs Textual 0.1 ms a widget, which five of them make felt in a key.
    """

    _kept: tuple[Region, list[Strip]] | None = None

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Have the lines drawn anew."""
        self._kept = None
        return super().refresh(*regions, **options)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_lines(crop)
        return self._kept[1]


class Pane(Still, Vertical):
    """A pane: the ground under one widget, and a line above it."""

    def retitle(self, title: Content) -> None:
        """Put another title into the line above; setting `border_title` draws the whole pane anew."""
        self._border_title = title
        self.refresh(Region(0, -1, self.outer_size.width, 1))  # counted from where the content begins


def titled(words: str) -> Content:
    """Return a title for the line above a pane, apart from the line."""
    return Content(f" {safe_line(words)} ")
