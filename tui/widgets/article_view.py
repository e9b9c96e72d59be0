"""The article: wrapped, highlighted, with a text cursor; only the lines on the screen are ever drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotate.codec import Span
from annotate.model import Claim, DateMention, Record, Speaker
from annotate.safe import safe
from tui.widgets import highlight
from tui.widgets.by_id import ById
from tui.widgets.highlight import Highlight, Highlights, Mark
from tui.widgets.numbers import Numbers
from tui.widgets.styles import Palette
from tui.widgets.wrap import wrap

T = TypeVar("T")

_STRIPS_KEPT = 400
_CONTEXT = 2
"""Lines kept around what is brought into view."""
_MARK_CELLS = 2
"""Right of a number: the bar of the current claim, and a space."""
_COMPONENTS = [(int(mark), (mark.name or "").lower().replace("_", "-")) for mark in Mark]


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """An article with its claims marked, and a cursor to select words with.

    Keys are the screen's, which calls the methods. All offsets are code points of `Record.text`.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {
        "article--number",
        "article--current-number",
        *(f"article--{name}" for _, name in _COMPONENTS),
    }
    DEFAULT_CSS = """
    ArticleView {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;

        & > .article--heading { text-style: bold; color: $text-accent; }
        & > .article--muted { text-style: dim italic; }
        & > .article--noise { text-style: dim; }
        & > .article--mention { text-style: bold; }
        & > .article--content { text-style: italic; color: $text-primary; }
        & > .article--source { text-style: bold underline; color: $text-success; }
        & > .article--addressee { text-style: bold italic; color: $text-secondary; }
        & > .article--cue { text-style: underline; color: $text-warning; }
        & > .article--date { text-style: underline italic; color: $text-accent; }
        & > .article--current { background: $primary-muted; }
        & > .article--part { text-style: bold underline; }
        & > .article--match { text-style: bold underline; color: $text-warning; background: $warning-muted; }
        & > .article--current-match { text-style: reverse; }
        & > .article--selection { text-style: reverse; }
        & > .article--cursor { text-style: reverse; }
        & > .article--number { text-style: dim; }
        & > .article--current-number { text-style: bold; color: $text-primary; }

        &:ansi > .article--current { text-style: reverse; }
        &:nocolor > .article--current { text-style: reverse; }
    }
    """

    class ClaimClicked(Message):
        """A claim was clicked, on its words or its number."""

        def __init__(self, view: ArticleView, claim_id: str) -> None:
            super().__init__()
            self.view = view
            self.claim_id = claim_id

        @property
        def control(self) -> ArticleView:
            """The article it is in."""
            return self.view

    class WordsSelected(Message):
        """Words were selected with the mouse; the view shows them selected already."""

        def __init__(self, view: ArticleView, selection: Span) -> None:
            super().__init__()
            self.view = view
            self.selection = selection

        @property
        def control(self) -> ArticleView:
            """The article they are in."""
            return self.view

    def __init__(self, *, measure: int = 76, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 # Textual's name
        """Make an empty article view.

        Args:
            measure: Most cells in a line of text: the measure that reads well.
            id: As for every widget.
            classes: As for every widget.
        """
        super().__init__(id=id, classes=classes)
        self.measure = measure
        self._layers = frozenset(highlight.LAYERS)
        self._palette = Palette(self, "article")
        self._strips: dict[int, Strip] = {}
        self._clear()

    def _clear(self) -> None:
        self.record: Record | None = None
        self._text = ""
        self._lines = wrap("", self.measure)
        self._claims: ById[Claim] = ById()
        self._dates: ById[DateMention] = ById()
        self._speakers: ById[Speaker] = ById()
        self._highlights = Highlights()
        self._numbers = Numbers()
        self._current: str | None = None
        self._part = ("content", 0)
        self._current_marks: list[Highlight] = []
        self._cursor = 0
        self._goal = (-1, 0)
        """Where going by lines has come to, and the column it keeps to."""
        self._selection: Span | None = None
        self._matches: Sequence[Span] = ()
        self._at_match = 0
        self._pressed: int | None = None

    # ------------------------------------------------------------------ the record

    def show(self, record: Record) -> None:
        """Show an article; the same one again keeps the cursor and what is in view."""
        if self.record is not None and self.record.id == record.id and self.record.text == record.text:
            self.update(record)
            return
        self._clear()
        self.record = record
        self._text = safe(record.text)
        self._take(record)
        self._wrap()
        self.scroll_to(y=0, animate=False)

    def update(self, record: Record) -> None:
        """Show what changed in the article shown; its text is the same."""
        before, self.record = self.record, record
        digits, marks = self._digits, self._current_marks
        changed = self._take(record)
        self._current_marks = self._marks_of_current()
        if before is None or before.blocks != record.blocks or digits != self._digits:
            self._wrap()
        else:
            self._redraw((*changed, *marks, *self._current_marks))

    def _take(self, record: Record) -> list[Highlight]:
        """Take in claims, dates and speakers; return what is highlighted no more, and what is now."""
        claims = self._claims.take(record.claims)
        if self._numbers.take(claims):
            self._redraw_all()
        return [
            *self._put(claims, highlight.of_claim),
            *self._put(self._dates.take(record.dates), highlight.of_date),
            *self._put(self._speakers.take(record.speakers), highlight.of_speaker),
        ]

    def _put(self, changes: list[tuple[T | None, T | None]], of: Callable[[T], list[Highlight]]) -> Iterator[Highlight]:
        for before, after in changes:
            old, new = (of(item) if item is not None else [] for item in (before, after))
            if old != new:
                self._highlights.replace(old, new)
                yield from old
                yield from new

    # ------------------------------------------------------------------ the current claim

    @property
    def current(self) -> str | None:
        """The id of the claim that is marked."""
        return self._current

    def go_to(self, claim_id: str | None, part: tuple[str, int] = ("content", 0)) -> None:
        """Mark a claim and bring it into view.

        Args:
            claim_id: The claim; None marks none.
            part: What of it is being edited, and which of the spans of that.
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

    def _marks_of_current(self) -> list[Highlight]:
        claim = self._claims.get(self._current)
        return [] if claim is None else highlight.of_current(claim, self._dates.get(claim.date), self._part)

    def reveal(self, spans: Sequence[Span]) -> None:
        """Scroll, if need be, so that spans are in view together; where they do not fit, the first of them.

        What is out of view comes to the upper third, so that going on does not move the text with every key.
        """
        height = self.scrollable_content_region.height
        if not spans or not height:
            return
        top, bottom = self._extent(spans)
        if bottom - top >= height:
            top, bottom = self._extent(spans[:1])
        shown = int(self.scroll_target_y)
        if shown <= top and min(bottom, top + height - 1) < shown + height:
            return
        room = max(0, height - (bottom - top + 1))
        self.scroll_to(y=top - min(room, height // 3), animate=False)

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
        self._redraw_all()

    def show_matches(self, matches: Sequence[Span], at: int) -> None:
        """Mark what a search found.

        Args:
            matches: The places, in text order.
            at: Which of them is the current one.
        """
        if matches or self._matches:
            self._matches, self._at_match = matches, at
            self._redraw_all()

    def select(self, selection: Span | None) -> None:
        """Show words as selected; None selects nothing."""
        before, self._selection = self._selection, selection
        if before != selection:
            self._redraw(span for span in (before, selection) if span is not None)

    @property
    def selection(self) -> Span | None:
        """The words shown as selected."""
        return self._selection

    # ------------------------------------------------------------------ the cursor

    @property
    def cursor(self) -> int:
        """Where the text cursor is."""
        return self._cursor

    @property
    def page(self) -> int:
        """How many lines `offset_of_line` goes for a page: two less than are shown."""
        return max(1, self.scrollable_content_region.height - _CONTEXT)

    def cursor_to(self, offset: int) -> None:
        """Put the text cursor somewhere and bring it into view with some lines around it."""
        before, self._cursor = self._cursor, max(0, min(offset, len(self._text)))
        if before != self._cursor:
            self._redraw((Span(before, before + 1), Span(self._cursor, self._cursor + 1)))
        self._reveal_line(self._lines.line_of(self._cursor))

    def offset_of_line(self, by: int) -> int:
        """Return where the cursor comes to some lines down (up, below 0): over short lines it keeps its column."""
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
        height = self.scrollable_content_region.height
        context = min(_CONTEXT, max(0, (height - 1) // 2))
        shown = int(self.scroll_target_y)
        top = max(line + context - height + 1, min(shown, line - context))
        if height and top != shown:
            self.scroll_to(y=top, animate=False)

    # ------------------------------------------------------------------ lines

    @property
    def _digits(self) -> int:
        return max(2, len(str(len(self._numbers))))

    @property
    def _left(self) -> int:
        """Cells left of the text: numbers, marks, and what centres a measure narrower than the pane."""
        gutter = self._digits + _MARK_CELLS
        return gutter + max(0, (self.scrollable_content_region.width - gutter - 1 - self.measure) // 2)

    def _wanted_width(self) -> int:
        """Return how wide lines are to be; a cell at the right stays free for the cursor."""
        return max(2, min(self.measure, self.scrollable_content_region.width - self._digits - _MARK_CELLS - 1))

    def _wrap(self) -> None:
        """Break the text into lines anew, with what is on top staying there."""
        if not self.scrollable_content_region.width or self.record is None:
            return
        top = self._lines.span(min(int(self.scroll_target_y), len(self._lines) - 1)).start
        self._lines = wrap(self._text, self._wanted_width(), highlight.spaced_blocks(self.record))
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.scroll_to(y=self._lines.line_of(top), animate=False)
        self._redraw_all()

    def _redraw_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _redraw(self, places: Iterable[Span | Highlight]) -> None:
        """Draw the lines of some places again, as far as they are in view."""
        first = int(self.scroll_offset.y)
        in_view = range(first, first + self.size.height)
        stale = {line for place in places for line in self._lines.lines_of(Span(place[0], place[1]))}
        for line in stale:
            self._strips.pop(line, None)
            if line in in_view:
                self.refresh_line(line)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + int(self.scroll_offset.y)
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[line] = self._draw(line)
        return strip

    def _draw(self, line: int) -> Strip:
        width, base = self.scrollable_content_region.width, self._palette.style()
        if line >= len(self._lines) or self.record is None:
            return Strip.blank(width, base)
        segments = [*self._draw_gutter(line), *self._draw_text(line)]
        return Strip(segments).extend_cell_length(width, base).crop(0, width)

    def _draw_gutter(self, line: int) -> Iterator[Segment]:
        span = self._lines.span(line)
        starting = self._numbers.at(span)
        shown = next((one for one in starting if one[1] == self._current), starting[0] if starting else None)
        number = "" if shown is None else str(shown[0])
        is_current = shown is not None and shown[1] == self._current
        bar = any(one.mark & Mark.CONTENT and _share(one, span) for one in self._current_marks)
        style = self._palette.style(["current-number" if is_current else "number"])
        yield Segment(f"{number:>{self._left - _MARK_CELLS}}", style)
        yield Segment("▌ " if bar else "+ " if len(starting) > 1 else "  ", self._palette.style(["current-number"]))

    def _draw_text(self, line: int) -> Iterator[Segment]:
        record, shown = self.record, self._lines.shown(line)
        assert record is not None
        if self.has_focus and self._lines.line_of(self._cursor) == line and self._cursor >= shown.end:
            # The cursor stands in the white space at the end of the line, at most one cell of which is shown.
            yield from self._runs(shown, record)
            yield Segment(" ", self._palette.style(["cursor"]))
        else:
            yield from self._runs(shown, record)

    def _runs(self, shown: Span, record: Record) -> Iterator[Segment]:
        hidden = sum(mark for name, mark in highlight.LAYERS.items() if name not in self._layers)
        marked = (
            [one._replace(mark=one.mark & ~hidden) for one in self._highlights.within(shown)]
            if shown.start < shown.end
            else []
        )
        base = highlight.block_mark(record.blocks, shown)
        for start, end, marks in highlight.paint(shown, base, (*marked, *self._current_marks, *self._own_marks(shown))):
            yield Segment(self._text[start:end], self._palette.style(_names(marks)))

    def _own_marks(self, shown: Span) -> Iterator[Highlight]:
        """Yield the marks of the search, the selection and the cursor on a line."""
        first = bisect_left(self._matches, shown.start, key=lambda match: match.end)
        for at in range(first, bisect_left(self._matches, shown.end, key=lambda match: match.start)):
            mark = Mark.MATCH | Mark.CURRENT_MATCH if at == self._at_match else Mark.MATCH
            yield Highlight(*self._matches[at], int(mark), "")
        if self._selection is not None:
            yield Highlight(*self._selection, int(Mark.SELECTION), "")
        if self.has_focus:
            yield Highlight(self._cursor, self._cursor + 1, int(Mark.CURSOR), "")

    # ------------------------------------------------------------------ events

    def on_resize(self) -> None:
        """Break the text to the new width; what was to be in view still is."""
        height = self.scrollable_content_region.height
        if self._lines.width != self._wanted_width() or len(self._lines) != self.virtual_size.height:
            self._wrap()
        claim = self._claims.get(self._current)
        if claim is not None and height:
            self.reveal((*claim.content, *claim.source))

    def notify_style_update(self) -> None:
        """Take in a new theme, or the focus."""
        super().notify_style_update()
        self._palette.clear()
        self._strips.clear()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._redraw([Span(self._cursor, self._cursor + 1)])

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._redraw([Span(self._cursor, self._cursor + 1)])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag, or to click."""
        if event.button == 1:
            self.capture_mouse()
            self._pressed = self._offset_under(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse."""
        if self._pressed is not None and self.record is not None:
            here = self._offset_under(event)
            start, end = sorted((self._pressed, here))
            self.cursor_to(here)
            self.select(Span(start, end) if start < end else None)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Take what was dragged over, or what was clicked."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self.release_mouse()
        self.cursor_to(self._offset_under(event))
        if self._selection is not None:
            self.post_message(self.WordsSelected(self, self._selection))
        elif claim_id := self._claim_at(self._cursor, in_gutter=event.x < self._left):
            self.post_message(self.ClaimClicked(self, claim_id))

    def _offset_under(self, event: events.MouseEvent) -> int:
        line = max(0, min(event.y + int(self.scroll_offset.y), len(self._lines) - 1))
        return self._lines.offset_at(line, event.x - self._left)

    def _claim_at(self, offset: int, *, in_gutter: bool) -> str | None:
        """Return the claim that has the fewest words around an offset, or whose number stands at its line."""
        if in_gutter:
            starting = self._numbers.at(self._lines.span(self._lines.line_of(offset)))
            return starting[0][1] if starting else None
        around = [one for one in self._highlights.within(Span(offset, offset + 1)) if one.claim]
        return min(around, key=lambda one: one.end - one.start).claim if around else None


def _share(one: Highlight, span: Span) -> bool:
    return one.start < span.end and one.end > span.start


def _names(marks: int) -> list[str]:
    """Return the component classes of marks, in the order in which they are drawn."""
    return [name for mark, name in _COMPONENTS if marks & mark]
