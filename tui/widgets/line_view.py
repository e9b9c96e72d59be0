"""The base of the article view and the claim list: scrolls by lines, and draws each visible line once."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

_STRIPS_KEPT = 600
_PAUSE = 0.02
"""Seconds from a frame to drawing lines ahead, shorter than the repeat of a held key."""
_SLICE = 8
"""Number of lines drawn ahead at a time: about a millisecond, too short to delay a key."""
_UPRIGHT = Style(reverse=False)


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """A view of lines drawn on demand. A subclass draws a line (`draw`) and names its content (`line_key`).

    It draws its whole region itself: no border, padding or opacity. So its size is its outer size, which costs Textual
    no look-up.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"line-view--thumb"}
    PREFIX: ClassVar[str] = ""
    """Prefix of the component classes' names, before `--`."""
    DEFAULT_CSS = """
    LineView {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-horizontal: 0;

        & > .line-view--thumb { color: $primary; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        # Overrides the app's style sheet: a scroll bar would be redrawn with every line scrolled.
        self.styles.scrollbar_size_vertical = 0
        self._strips: dict[tuple[Hashable, bool], Strip] = {}
        self._styles: dict[Hashable, Style] = {}
        self._filters: Sequence[LineFilter] = ()
        self._background = TRANSPARENT
        """Background of the cached strips; if it changes, they are dropped, as after a change of filters."""
        self._ahead: asyncio.TimerHandle | None = None

    # ------------------------------------------------------------------ for subclasses

    def line_key(self, line: int) -> Hashable:
        """Return a key for the content of a line, wherever that line is; None below the last."""
        raise NotImplementedError

    def draw(self, line: int) -> Iterable[Segment]:
        """Return the segments of a line, without blanks at the end."""
        raise NotImplementedError

    def fit(self) -> None:
        """Adjust to a new size."""
        raise NotImplementedError

    def likely_lines(self) -> Iterable[tuple[Hashable, Iterable[Segment]]]:
        """Yield key and segments of the few new lines that the next key will probably show."""
        return ()

    def cursor_cell(self) -> Offset:
        """Return column and line of the cursor, counted from the first line of all."""
        raise NotImplementedError

    @property
    def columns(self) -> int:
        """Width of a line in cells, without the mark of the scroll position."""
        return max(0, self.outer_size.width - 1)

    @property
    def rows(self) -> int:
        """Lines on the screen."""
        return self.outer_size.height

    @property
    def cursor_screen_offset(self) -> Offset:
        """The screen's cell of the cursor; of its line's nearest one while that is scrolled out of view."""
        column, line = self.cursor_cell()
        return self.region.offset + Offset(column, max(0, min(line - self.top, self.rows - 1)))

    @property
    def top(self) -> int:
        """The first line on the screen."""
        return int(self.scroll_offset.y)

    def scroll_lines(self, top: int) -> None:
        """Scroll a line to the top, as far as there are lines below it."""
        self.scroll_to(y=top, animate=False)

    def set_height(self, lines: int) -> None:
        """Set the number of lines."""
        self.virtual_size = Size(self.columns, lines)

    def style(self, names: Sequence[str] = ()) -> Style:
        """Return the combined style of component classes, given with or without the prefix; later ones win.

        Reversed over reversed is upright: so a cursor shows inside a selection even without colour. Textual forgets
        component styles on every refresh; here they are kept.
        """
        key = tuple(names)
        style = self._styles.get(key)
        if style is None:
            style = self.rich_style
            for name in key:
                over = self.get_component_rich_style(name if "--" in name else f"{self.PREFIX}--{name}", partial=True)
                style = style + over + _UPRIGHT if style.reverse and over.reverse else style + over
            self._styles[key] = style
        return style

    def redraw_all(self) -> None:
        """Draw everything on the screen again."""
        self._strips.clear()
        self.refresh()

    def forget(self, keys: Iterable[Hashable]) -> None:
        """Drop the strips of some keys; their lines are drawn again."""
        for key in keys:
            self._strips.pop((key, True), None)
            self._strips.pop((key, False), None)

    def repaint(self, first: int, last: int) -> None:
        """Refresh the visible ones of some lines.

        Args:
            first: The first of them.
            last: The one after the last.
        """
        top, bottom = max(first - self.top, 0), min(last - self.top, self.rows)
        if top < bottom:
            self.refresh(Region(0, top, self.outer_size.width, bottom - top))

    # ------------------------------------------------------------------ for Textual

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002 # Textual's signature
        """Fit the lines to a new size at once; before the resize event there would be a frame without them."""
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        if resized:
            self.fit()
        return resized

    def _forward_event(self, event: Event) -> None:
        """Pass keys directly to the screen, as bubbling up through the panes costs time."""
        if isinstance(event, Key):
            self.screen._forward_event(event)  # noqa: SLF001 # what Textual does with keys where nothing has the focus
        else:
            super()._forward_event(event)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Refresh after scrolling. The hidden scroll bar is not moved: that would lay out the whole screen."""
        if round(old_value) != round(new_value):
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        return self.render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the cached strips of lines on the screen, with Textual's own caches in them.

        Textual makes new strips for each line at each position: most of the cost of scrolling.
        """
        filters, background = self.get_line_filters(), self.background_colors[1]
        if (filters, background) != (self._filters, self._background):
            self._filters, self._background = filters, background
            self._strips.clear()
        strips = self._strips_on(crop.line_range)
        self._draw_ahead_soon()
        whole = crop.column_span == (0, self.outer_size.width)
        return strips if whole else [strip.crop(*crop.column_span) for strip in strips]

    def _strips_on(self, on_screen: Iterable[int]) -> list[Strip]:
        top, thumb = self.top, self._thumb()
        strips = []
        for y in on_screen:
            key = (self.line_key(top + y), y in thumb)
            strip = self._strips.get(key)
            if strip is None:
                strip = self._keep(key, self._strip(self.draw(top + y), "▐" if y in thumb else " "))
            strips.append(strip)
        return strips

    def _keep(self, key: tuple[Hashable, bool], strip: Strip) -> Strip:
        """Cache a strip for later frames; if there are many, the oldest is dropped."""
        if len(self._strips) >= _STRIPS_KEPT:
            del self._strips[next(iter(self._strips))]
        self._strips[key] = strip
        return strip

    def _draw_ahead_soon(self) -> None:
        """Draw lines below and above the screen in the pause before the next key, which may scroll.

        Textual's timers are tasks: making one for every frame would cost more than this saves.
        """
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = asyncio.get_running_loop().call_later(_PAUSE, self._draw_ahead)

    def _draw_ahead(self) -> None:
        top, rows = self.top, self.rows
        lines = (*range(top + rows, top + 2 * rows), *range(top - 1, top - rows // 2, -1))
        missing = [line for line in lines if line >= 0 and (self.line_key(line), False) not in self._strips]
        if not self.is_attached:
            return
        for key, drawn in self.likely_lines():
            if (key, False) not in self._strips:
                self._keep((key, False), self._strip(drawn, " "))
        if missing:
            self._strips_on(line - top for line in missing[:_SLICE])
            self._draw_ahead_soon()

    def _strip(self, drawn: Iterable[Segment], bar: str) -> Strip:
        """Return the strip of a line, with the app's filters applied."""
        segments = [segment for segment in drawn if segment.text]
        room = self.columns - sum(segment.cell_length for segment in segments)
        if room > 0:
            segments.append(Segment(" " * room, self.style()))
        elif room < 0:
            segments = list(Strip(segments).crop(0, self.columns))
        segments.append(Segment(bar, self.style(["line-view--thumb"])))
        strip = Strip(_joined(segments), self.outer_size.width)
        for one in self._filters:
            strip = strip.apply_filter(one, self._background)
        return strip

    def _thumb(self) -> range:
        """Return the lines of the screen that show the mark of the scroll position."""
        rows, lines = self.rows, self.virtual_size.height
        if lines <= rows:
            return range(0)
        size = max(1, rows * rows // lines)
        at = round(self.top * (rows - size) / (lines - rows))
        return range(at, at + size)

    def notify_style_update(self) -> None:
        """Drop cached strips and styles, after a change of theme or focus."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()


class ViewMessage(Message):
    """An action of the user in a view of lines.

    Args:
        view: Which.
    """

    def __init__(self, view: LineView) -> None:
        super().__init__()
        self.view = view

    @property
    def control(self) -> LineView:
        """The view, for Textual's message selectors."""
        return self.view


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Join neighbouring segments that look the same; blanks do in any text colour.

    Most of the bytes of a frame are changes of style.
    """
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if before is not None and (
            before.style == segment.style or (segment.text.isspace() and _same_ground(before.style, segment.style))
        ):
            joined[-1] = Segment(before.text + segment.text, before.style)
        else:
            joined.append(segment)
    return joined


def _same_ground(one: Style | None, other: Style | None) -> bool:
    """Return True if blanks look the same in both styles."""
    return (
        one is not None
        and other is not None
        and one.bgcolor == other.bgcolor
        and not any(style.underline or style.underline2 or style.strike or style.reverse for style in (one, other))
    )
