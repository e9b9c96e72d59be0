"""The lines of an article: wrapped, numbered, highlighted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from rich.segment import Segment
from rich.style import Style

from annotate.model import Claim, DateMention, Record, Speaker
from annotate.safe import safe
from annotate.spans import Span
from tui.text import highlight
from tui.text.claim_numbers import ClaimNumbers
from tui.text.highlight import Highlight, Highlights, Mark
from tui.text.record_index import ById
from tui.text.wrap import wrap
from tui.widgets.line_view import LineView
from tui.wording.signs import BAR, MORE

T = TypeVar("T")

_MEASURE = 76
"""Maximum width of a line of text, in cells; longer lines are hard to read."""
_MARK_CELLS = len(BAR)
_LOOKS = [(int(mark), (mark.name or "").lower().replace("_", "-")) for mark in Mark]
"""Marks and their component classes, in drawing order."""
_CONTENT = int(Mark.CONTENT)
_LABEL = int(Mark.LABEL)


class ArticleText(LineView):
    """The lines of an article and the marks on them. All offsets are code points of `Record.text`."""

    PREFIX = "article"
    COMPONENT_CLASSES = {
        "article--number",
        "article--current-number",
        *(f"article--{name}" for _, name in _LOOKS),
    }
    DEFAULT_CSS = """
    ArticleText {
        & > .article--heading { text-style: bold; color: $text-accent; }
        & > .article--muted { text-style: dim italic; }
        & > .article--noise { text-style: dim; }
        & > .article--mention { text-style: bold; }
        & > .article--content { text-style: italic; color: $text-primary; }
        & > .article--source { text-style: bold underline; color: $text-success; }
        & > .article--addressee { text-style: bold italic; color: $text-secondary; }
        & > .article--cue { text-style: underline; color: $text-warning; }
        & > .article--date { text-style: uu italic; color: $date; }
        & > .article--current { background: $primary-muted; }
        & > .article--part { text-style: bold underline; }
        & > .article--match { text-style: bold underline; color: $text-warning; background: $warning-muted; }
        & > .article--current-match { text-style: reverse; }
        & > .article--selection { text-style: reverse; color: $foreground; background: $surface; }
        & > .article--cursor { text-style: reverse; }
        & > .article--label { text-style: bold reverse; color: $text-warning; background: $surface; }
        & > .article--number { text-style: dim; }
        & > .article--current-number { text-style: bold; color: $text-primary; }

        &:ansi > .article--current { text-style: reverse; }
        &:nocolor > .article--current { text-style: reverse; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._layers = frozenset(highlight.LAYERS)
        self._looks: dict[int, Style] = {}
        self._clear()

    def _clear(self) -> None:
        self.record: Record | None = None
        self._text = ""
        self._lines = wrap("", _MEASURE)
        self._claims: ById[Claim] = ById()
        self._dates: ById[DateMention] = ById()
        self._speakers: ById[Speaker] = ById()
        self._highlights = Highlights()
        self._numbers = ClaimNumbers()
        self._current: str | None = None
        self._part = ("content", 0)
        self._current_marks: list[Highlight] = []
        self._cursor = 0
        self._selection: Span | None = None
        self._matches: Sequence[Span] = ()
        self._at_match = 0
        self._labels: dict[int, str] = {}
        """Letters of labels drawn over the text, by offset."""

    # ------------------------------------------------------------------ the record

    def show(self, record: Record) -> None:
        """Show an article; showing the same one again keeps cursor and scroll position."""
        if self.record is not None and self.record.id == record.id and self.record.text == record.text:
            self.update(record)
            return
        self._clear()
        self.record = record
        self._text = safe(record.text)
        self._take(record)
        self._wrap()
        self.scroll_lines(0)

    def update(self, record: Record, touched: Collection[str] | None = None) -> None:
        """Show a changed record of the same article with the same text.

        Args:
            record: The article now.
            touched: The ids of all changed claims, dates and speakers, if known.
        """
        before, self.record = self.record, record
        digits, marks = self._digits, self._current_marks
        changed = self._take(record, touched)
        self._current_marks = self._marks_of_current()
        if before is None or before.blocks != record.blocks or digits != self._digits:
            self._wrap()
        else:
            self._redraw((*changed, *({*marks} ^ {*self._current_marks})))

    def _take(self, record: Record, touched: Collection[str] | None = None) -> list[Highlight]:
        """Set claims, dates and speakers of a record; return the highlights removed and added."""
        claims = self._claims.take(record.claims, touched)
        if self._numbers.take(claims):
            self.redraw_all()
        return [
            *self._put(claims, highlight.of_claim),
            *self._put(self._dates.take(record.dates, touched), highlight.of_date),
            *self._put(self._speakers.take(record.speakers, touched), highlight.of_speaker),
        ]

    def _put(self, changes: list[tuple[T | None, T | None]], of: Callable[[T], list[Highlight]]) -> Iterator[Highlight]:
        for before, after in changes:
            old, new = (of(item) if item is not None else [] for item in (before, after))
            if old != new:
                self._highlights.replace(old, new)
                yield from old
                yield from new

    def _marks_of_current(self) -> list[Highlight]:
        claim = self._claims.get(self._current)
        return [] if claim is None else highlight.of_current(claim, self._dates.get(claim.date), self._part)

    # ------------------------------------------------------------------ lines

    @property
    def _digits(self) -> int:
        return max(2, len(str(len(self._numbers))))

    @property
    def _left(self) -> int:
        """Number of cells left of the text: numbers, marks, and a margin that centres the text in a wide pane."""
        gutter = self._digits + _MARK_CELLS
        return gutter + max(0, (self.columns - gutter - 1 - _MEASURE) // 2)

    def _wanted_width(self) -> int:
        """Return the width for wrapping; a cell at the right stays free for the cursor."""
        return max(2, min(_MEASURE, self.columns - self._digits - _MARK_CELLS - 1))

    def _wrap(self) -> None:
        """Wrap the text again, and keep the top line's text at the top."""
        if not self.columns or self.record is None:
            return
        on_top = self._lines.span(min(self.top, len(self._lines) - 1)).start
        self._lines = wrap(self._text, self._wanted_width(), highlight.spaced_blocks(self.record))
        self.set_height(len(self._lines))
        self.scroll_lines(self._lines.line_of(on_top))
        self.redraw_all()

    def _redraw(self, places: Iterable[Span | Highlight]) -> None:
        """Draw the lines of some spans again."""
        lines = sorted({line for place in places for line in self._lines.lines_of(Span(place[0], place[1]))})
        self.forget(lines)
        for first, last in _stretches(lines):
            self.repaint(first, last + 1)

    def line_key(self, line: int) -> int | None:
        """Return the line's index as its key; None below the text."""
        return line if line < len(self._lines) else None

    def draw(self, line: int) -> Iterator[Segment]:
        """Draw a line: number, bar, text, and the cursor when it is behind the text."""
        if self.record is None or line >= len(self._lines):
            return
        span, shown = self._lines.span(line), self._lines.shown(line)
        yield from self._draw_gutter(span)
        marked = chain(highlight.of_blocks(self.record.blocks, shown), self._marks_on(shown))
        for start, end, marks in highlight.paint(shown, marked):
            if marks & _LABEL:
                yield Segment("".join(self._labels[at] for at in range(start, end)), self._look(_LABEL))
            else:
                yield Segment(self._text[start:end], self._look(marks))
        if self.has_focus and self._cursor >= shown.end and self._lines.line_of(self._cursor) == line:
            # The cursor is in the white space at the end of the line; one cell of that is shown.
            yield Segment(" ", self.style(["cursor"]))

    def _draw_gutter(self, span: Span) -> Iterator[Segment]:
        starting = self._numbers.at(span)
        number, claim_id = next((one for one in starting if one[1] == self._current), (starting or [(0, "")])[0])
        bar = any(one.mark & _CONTENT and one.start < span.end and one.end > span.start for one in self._current_marks)
        is_current = claim_id == self._current
        yield Segment(
            f"{number or '':>{self._left - _MARK_CELLS}}", self.style(["current-number" if is_current else "number"])
        )
        yield Segment(BAR if bar else MORE if len(starting) > 1 else "  ", self.style(["current-number"]))

    def _marks_on(self, shown: Span) -> Iterator[Highlight]:
        """Yield the highlights on a line."""
        visible = ~sum(int(mark) for name, mark in highlight.LAYERS.items() if name not in self._layers)
        for one in self._highlights.within(shown):
            yield one._replace(mark=one.mark & visible)
        yield from self._current_marks
        first = bisect_left(self._matches, shown.start + 1, key=lambda match: match.end)
        for at in range(first, bisect_left(self._matches, shown.end, key=lambda match: match.start)):
            is_current = at == self._at_match
            yield Highlight(*self._matches[at], int(Mark.MATCH | Mark.CURRENT_MATCH if is_current else Mark.MATCH))
        if self._selection is not None:
            yield Highlight(*self._selection, int(Mark.SELECTION))
        if self.has_focus:
            yield Highlight(self._cursor, self._cursor + 1, int(Mark.CURSOR))
        yield from (Highlight(at, at + 1, _LABEL) for at in self._labels if shown.start <= at < shown.end)

    def _look(self, marks: int) -> Style:
        """Return the combined style of marks."""
        style = self._looks.get(marks)
        if style is None:
            style = self._looks[marks] = self.style([name for mark, name in _LOOKS if marks & mark])
        return style

    def notify_style_update(self) -> None:
        """Drop the cached styles, after a change of theme or focus."""
        super().notify_style_update()
        self._looks.clear()


def _stretches(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each run: refreshing lines one by one costs more than drawing them."""
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at] != lines[at - 1] + 1:
            yield lines[first], lines[at - 1]
            first = at
