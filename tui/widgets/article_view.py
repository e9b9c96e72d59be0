"""The article with its current claim, a text cursor, selection, matches and the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import events
from textual.geometry import Offset
from textual.timer import Timer

from annotate.spans import Span
from tui.text.highlight import Mark
from tui.text.labels import Label
from tui.widgets.article_text import ArticleText
from tui.widgets.line_view import LineView, ViewMessage

_CONTEXT = 2
"""Lines kept around the cursor."""
_DRAG_SECONDS = 0.08
"""Seconds between scrolled lines while the mouse button is held outside the pane."""


class ArticleView(ArticleText):
    """An article with marked claims, and a cursor for selecting words.

    The screen handles keys and calls the methods.
    """

    class ClaimClicked(ViewMessage):
        """A claim was clicked, on its words or its number."""

        def __init__(self, view: LineView, claim_id: str) -> None:
            super().__init__(view)
            self.claim_id = claim_id

    class WordsSelected(ViewMessage):
        """Words were selected with the mouse; they are shown as selected."""

        def __init__(self, view: LineView, selection: Span) -> None:
            super().__init__(view)
            self.selection = selection

    class DateUnderCursor(ViewMessage):
        """The cursor moved onto a date or off it."""

    def __init__(self) -> None:
        super().__init__()
        self._dragging: Timer | None = None
        """Timer that extends the selection while the mouse button is held outside."""

    def _clear(self) -> None:
        super()._clear()
        self._goal = (-1, 0)
        """Offset reached by moving by lines, and the column to return to after short lines."""
        self._pressed: int | None = None
        """Offset at which the mouse button was pressed."""
        self._on_date: Span | None = None
        """The date under the cursor."""

    # ------------------------------------------------------------------ the current claim

    @property
    def current(self) -> str | None:
        """The id of the current claim, which is marked."""
        return self._current

    def go_to(self, claim_id: str | None, part: tuple[str, int] = ("content", 0)) -> None:
        """Mark a claim and bring it into view.

        Args:
            claim_id: The claim; None marks none.
            part: The part being edited, and the index of its span.
        """
        moved = claim_id != self._current
        if not moved and part == self._part:
            return
        marks = self._current_marks
        self._current, self._part = claim_id, part
        self._current_marks = self._marks_of_current()
        self._redraw((*marks, *self._current_marks))
        claim = self._claims.get(claim_id)
        if claim is not None and moved:
            self.reveal((*claim.content, *claim.source, *claim.cue))
        elif claim is not None:
            self.reveal([Span(one.start, one.end) for one in self._current_marks if one.mark == Mark.PART])

    def reveal(self, spans: Sequence[Span]) -> None:
        """Scroll, if needed, to show all spans, or the first if they do not fit.

        Spans out of view are shown in the upper third, so that moving on does not scroll with every key.
        """
        height = self.rows
        if not spans or not height:
            return
        top, bottom = self._extent(spans)
        if bottom - top >= height:
            top, bottom = self._extent(spans[:1])
        shown = self.top
        if shown <= top and min(bottom, top + height - 1) < shown + height:
            return
        room = max(0, height - (bottom - top + 1))
        self.scroll_lines(top - min(room, height // 3))

    def _extent(self, spans: Iterable[Span]) -> tuple[int, int]:
        lines = [self._lines.lines_of(span) for span in spans]
        return min(at.start for at in lines), max(at.stop for at in lines) - 1

    # ------------------------------------------------------------------ what is highlighted

    @property
    def shown_layers(self) -> frozenset[str]:
        """The names of the layers that are highlighted."""
        return self._layers

    def show_layers(self, layers: Iterable[str]) -> None:
        """Highlight only some of `highlight.LAYERS`; the current claim is always marked."""
        self._layers = frozenset(layers)
        self.redraw_all()

    def show_matches(self, matches: Sequence[Span], at: int) -> None:
        """Mark the matches of a search.

        Args:
            matches: Their spans, in text order.
            at: The index of the current one.
        """
        if matches or self._matches:
            self._matches, self._at_match = matches, at
            self.redraw_all()

    def select(self, selection: Span | None) -> None:
        """Show a span as selected; None removes the selection."""
        before, self._selection = self._selection, selection
        if before != selection:
            self._redraw(span for span in (before, selection) if span is not None)

    @property
    def selection(self) -> Span | None:
        """The span shown as selected."""
        return self._selection

    def show_labels(self, labels: Iterable[Label]) -> None:
        """Draw labels over the text; none removes them."""
        letters = {label.offset + i: letter for label in labels for i, letter in enumerate(label.text)}
        before, self._labels = self._labels, letters
        self._redraw(Span(at, at + 1) for at in {*before, *letters})

    @property
    def shown(self) -> Span:
        """The text in view."""
        if not len(self._lines):
            return Span(0, 0)
        last = min(self.top + max(1, self.rows), len(self._lines)) - 1
        return Span(self._lines.span(min(self.top, last)).start, self._lines.span(last).end)

    # ------------------------------------------------------------------ the cursor

    @property
    def cursor(self) -> int:
        """Offset of the text cursor."""
        return self._cursor

    def cursor_cell(self) -> Offset:
        """Return the cell of the text cursor."""
        return Offset(self._left + self._lines.column(self._cursor), self._lines.line_of(self._cursor))

    def is_in_view(self, offset: int) -> bool:
        """Return True if the line of an offset is on the screen."""
        return self.top <= self._lines.line_of(offset) < self.top + self.rows

    @property
    def page(self) -> int:
        """Number of lines to move by a page: two fewer than are shown."""
        return max(1, self.rows - _CONTEXT)

    def cursor_to(self, offset: int) -> None:
        """Move the text cursor to an offset, and show it with some lines around it."""
        before, self._cursor = self._cursor, max(0, min(offset, len(self._text)))
        if before != self._cursor:
            self._redraw((Span(before, before + 1), Span(self._cursor, self._cursor + 1)))
        self._reveal_line(self._lines.line_of(self._cursor))
        self._tell_of_date()

    def _tell_of_date(self) -> None:
        here = self._highlights.within(Span(self._cursor, self._cursor + 1))
        place = next((Span(one.start, one.end) for one in here if one.mark & Mark.DATE), None)
        if place != self._on_date:
            self._on_date = place
            self.post_message(self.DateUnderCursor(self))

    def offset_of_line(self, by: int) -> int:
        """Return the cursor's offset some lines down (up if negative); it keeps its column over short lines."""
        came_to, goal = self._goal
        column = goal if came_to == self._cursor else self._lines.column(self._cursor)
        last = len(self._lines) - 1
        line = max(0, min(self._lines.line_of(self._cursor) + by, last))
        while 0 < line < last and not self._lines.is_text(line):
            line += 1 if by > 0 else -1
        offset = self._lines.offset_at(line, column)
        self._goal = (offset, column)
        return offset

    def _reveal_line(self, line: int) -> None:
        height = self.rows
        context = min(_CONTEXT, max(0, (height - 1) // 2))
        shown = self.top
        top = max(line + context - height + 1, min(shown, line - context))
        if height and top != shown:
            self.scroll_lines(top)

    # ------------------------------------------------------------------ events

    def fit(self) -> None:
        """Wrap the text to the new width, and keep the current claim in view."""
        if self._lines.width != self._wanted_width() or len(self._lines) != self.virtual_size.height:
            self._wrap()
        claim = self._claims.get(self._current)
        if claim is not None:
            self.reveal((*claim.content, *claim.source))

    def on_focus(self) -> None:
        """Show the cursor."""
        self._redraw([Span(self._cursor, self._cursor + 1)])

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._redraw([Span(self._cursor, self._cursor + 1)])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag or a click."""
        if event.button == 1:
            self.capture_mouse()
            self._pressed = self._offset_under(event.offset)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse; continue while it is held above or below the pane."""
        self._stop_dragging()
        if self._pressed is not None:
            self._select_to(event.offset)
            if not 0 <= event.y < self.rows:
                self._dragging = self.set_interval(_DRAG_SECONDS, partial(self._select_to, event.offset))

    def _select_to(self, mouse: Offset) -> None:
        if self._pressed is not None:
            here = self._offset_under(mouse)
            self.cursor_to(here)
            if here != self._pressed:
                self.select(Span(min(here, self._pressed), max(here, self._pressed)))

    def _stop_dragging(self) -> None:
        if self._dragging is not None:
            self._dragging.stop()
            self._dragging = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Select the words dragged over, or report the claim clicked."""
        self._stop_dragging()
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self.release_mouse()
        here = self._offset_under(event.offset)
        self.cursor_to(here)
        if here != pressed and self._selection is not None:
            self.post_message(self.WordsSelected(self, self._selection))
        elif claim_id := self._claim_at(here, in_gutter=event.x < self._left):
            self.post_message(self.ClaimClicked(self, claim_id))

    def _offset_under(self, mouse: Offset) -> int:
        line = max(0, min(mouse.y + self.top, len(self._lines) - 1))
        return self._lines.offset_at(line, mouse.x - self._left)

    def _claim_at(self, offset: int, *, in_gutter: bool) -> str | None:
        """Return the shortest claim that contains an offset, or the claim numbered at its line."""
        if in_gutter:
            starting = self._numbers.at(self._lines.span(self._lines.line_of(offset)))
            return starting[0][1] if starting else None
        around = [one for one in self._highlights.within(Span(offset, offset + 1)) if one.claim]
        return min(around, key=lambda one: one.end - one.start).claim if around else None
