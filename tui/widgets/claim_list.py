"""The claim list: a row for each claim, the current one unfolded. Only rows on the screen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from itertools import chain

from rich.segment import Segment
from textual import events
from textual.geometry import Offset

from annotate.model import Claim, DateMention, Record, Speaker
from annotate.safe import safe_line
from tui.text.claim_numbers import ClaimNumbers
from tui.text.date_offsets import DateOffsets
from tui.text.mentions import source_problem
from tui.text.record_index import ById
from tui.text.wrap import columns
from tui.widgets.line_view import LineView, ViewMessage
from tui.wording.claim_rows import NOBODY, ClaimRow, StyledLine, folded, unfolded

Figure = Callable[[Claim], str]
Correctors = Callable[[str, str], Mapping[str, str]]
"""Returns the origins of a claim's corrections by field, given the ids of its article and of itself."""


class ClaimList(LineView):
    """The claims of an article that pass the screen's filter, in the screen's order.

    The screen handles keys and calls the methods.
    """

    PREFIX = "claims"
    COMPONENT_CLASSES = {
        "claims--suggested", "claims--accepted", "claims--rejected", "claims--speaker", "claims--nobody",
        "claims--content", "claims--date", "claims--label", "claims--field", "claims--marked", "claims--current",
        "claims--placeholder",
    }  # fmt: skip
    DEFAULT_CSS = """
    ClaimList {
        & > .claims--suggested { color: $foreground; }
        & > .claims--accepted { color: $text-success; text-style: bold; }
        & > .claims--rejected { color: $text-error; text-style: dim; }
        & > .claims--speaker { text-style: bold; }
        & > .claims--nobody { text-style: italic dim; }
        & > .claims--date { color: $date; }
        & > .claims--label { text-style: dim; }
        & > .claims--marked { background: $panel; }
        & > .claims--current { background: $primary-muted; }
        & > .claims--placeholder { text-style: italic dim; }

        &:ansi > .claims--current { text-style: reverse; }
        &:nocolor > .claims--current { text-style: reverse; }
    }
    """

    class Selected(ViewMessage):
        """A claim was clicked."""

        def __init__(self, view: LineView, claim_id: str) -> None:
            super().__init__(view)
            self.claim_id = claim_id

    def __init__(self) -> None:
        super().__init__()
        self.correctors: Correctors | None = None
        self._record: Record | None = None
        self._claims: ById[Claim] = ById()
        self._speakers: ById[Speaker] = ById()
        self._dates: ById[DateMention] = ById()
        self._places = DateOffsets()
        self._numbers = ClaimNumbers()
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._marked = range(0)
        """The rows of marked claims."""
        self._current: str | None = None
        self._unfolded = True
        self._open: list[StyledLine] = []
        """The lines of the current claim."""
        self._next: tuple[tuple[ClaimRow, int, int] | None, list[StyledLine]] = (None, [])
        """The lines of the next claim when unfolded, with the values they were made from."""
        self._most_open = 0
        """Maximum number of lines of an unfolded claim so far."""
        self._placeholder = ""
        self._figure: Figure | None = None

    # ------------------------------------------------------------------ what is listed

    def show(self, record: Record, listed: Sequence[Claim], figure: Figure | None = None) -> None:
        """List claims; the current one stays current while it is listed.

        Args:
            record: The article.
            listed: Those of its claims to list, in the order wanted.
            figure: Returns the value they are sorted by, for their rows; None in the order of the article.
        """
        self._figure, self._marked = figure, range(0)
        if self._record is None or self._record.id != record.id:
            self._claims, self._numbers, self._current = ById(), ClaimNumbers(), None
        self._take(record)
        self._ids = [claim.id for claim in listed]
        self._rows = {claim_id: row for row, claim_id in enumerate(self._ids)}
        if self._current not in self._rows:
            self._current = None
        self._lay_out()

    def update(self, record: Record, touched: Collection[str]) -> None:
        """Show changes in listed claims; their rows keep their positions.

        Args:
            record: The article now.
            touched: The ids of all claims, dates and speakers that changed.
        """
        if self._take(record, touched):
            self._lay_out()
            return
        self.forget(touched)
        for row in (self._rows[one] for one in touched if one in self._rows):
            if self._ids[row] == self._current:
                self._unfold(row, row)
                self._reveal()
            else:
                line = self._line(row)
                self.repaint(line, line + 1)

    def _take(self, record: Record, touched: Collection[str] | None = None) -> bool:
        """Set a record; return True if rows of unchanged claims have to be drawn again."""
        self._record = record
        renumbered = self._numbers.take(self._claims.take(record.claims, touched))
        others = (*self._speakers.take(record.speakers, touched), *self._dates.take(record.dates, touched))
        # A new speaker or date belongs to no other claim yet.
        return renumbered or any(before is not None for before, _ in others)

    @property
    def placeholder(self) -> str:
        """Text shown when no claim is listed."""
        return self._placeholder

    @placeholder.setter
    def placeholder(self, words: str) -> None:
        if words != self._placeholder:
            self._placeholder = words
            self.redraw_all()

    # ------------------------------------------------------------------ the current claim

    @property
    def current(self) -> str | None:
        """The id of the current claim."""
        return self._current

    @property
    def number(self) -> int | None:
        """The number of the current claim: its position in the article."""
        claim = self._claims.get(self._current)
        return self._numbers.of(claim) if claim is not None else None

    @property
    def page(self) -> int:
        """Number of claims in a page."""
        return max(1, self.rows - len(self._open))

    @property
    def unfolded(self) -> bool:
        """True if the current claim shows all its fields."""
        return self._unfolded

    @unfolded.setter
    def unfolded(self, value: bool) -> None:
        if value != self._unfolded:
            self._unfolded = value
            self._next = (None, [])
            self._lay_out()

    def go_to(self, claim_id: str | None) -> None:
        """Make a claim current, unfold it and bring it into view."""
        if claim_id == self._current:
            return
        rows = [row for row in (self._rows.get(self._current or ""), self._rows.get(claim_id or "")) if row is not None]
        self._current = claim_id
        if rows:
            self._unfold(min(rows), max(rows))
            self._reveal()

    def mark(self, rows: range) -> None:
        """Mark the claims of some rows, and no others; only rows that change are drawn again."""
        changed, self._marked = _either(self._marked, rows), rows
        if not changed:
            return
        self.forget(self._ids[row] for row in changed)
        self.repaint(self._line(min(changed)), self._line(max(changed)) + 1)
        current = self._rows.get(self._current or "", -1)
        if current in changed:
            self._unfold(current, current)

    def _unfold(self, first: int, last: int) -> None:
        """Make the current claim's lines; redraw up to a row, or to the end if later rows moved."""
        before = len(self._open)
        self._open = self._open_lines()
        # It only grows: a height changing with every key would cause a layout with every key.
        self._most_open = max(self._most_open, len(self._open))
        height = len(self._ids) + self._most_open
        self.set_height(height)
        self.repaint(first, last + max(1, before) if before == len(self._open) else height)

    def _open_lines(self) -> list[StyledLine]:
        claim = self._claims.get(self._current)
        if claim is None or claim.id not in self._rows:
            return []
        row = self._row(claim)
        return self._next[1] if self._next[0] == (row, self.columns, self._digits) else self._as_current(row)

    def _as_current(self, row: ClaimRow) -> list[StyledLine]:
        if self._unfolded:
            return unfolded(row, self.columns, self._digits)
        return [folded(row, self.columns, self._digits)]

    def likely_lines(self) -> Iterator[tuple[StyledLine, Iterator[Segment]]]:
        """Yield the lines of the next claim when unfolded: most keys go there."""
        row = self._rows.get(self._current or "", len(self._ids)) + 1
        claim = self._claims.get(self._ids[row]) if row < len(self._ids) else None
        if claim is not None:
            made = self._row(claim)
            self._next = (made, self.columns, self._digits), self._as_current(made)
            yield from ((line, self._draw_open(line)) for line in self._next[1])

    def _reveal(self) -> None:
        """Scroll, if needed, to show all of the current claim, its start in the upper third."""
        row = self._rows.get(self._current or "")
        if row is not None and (row < self.top or row + len(self._open) > self.top + self.rows):
            room = max(0, self.rows - len(self._open))
            self.scroll_lines(row - min(room, self.rows // 3))

    def cursor_cell(self) -> Offset:
        """Return the first cell of the current claim's row."""
        return Offset(0, self._rows.get(self._current or "", 0))

    # ------------------------------------------------------------------ lines

    @property
    def _digits(self) -> int:
        return len(str(len(self._numbers)))

    def _row(self, claim: Claim) -> ClaimRow:
        assert self._record is not None
        number, text = self._numbers.of(claim), self._record.text
        self._places.take(self._record.dates)
        inside = tuple(date for span in claim.content for date in self._places.within(span))
        return ClaimRow(
            number,
            claim,
            self._speakers.get(claim.speaker),
            self._dates.get(claim.date),
            text,
            inside,
            None if self._figure is None else self._figure(claim),
            source_problem(self._record, claim) if claim.id == self._current else "",
            self.correctors(self._record.id, claim.id) if claim.edited and self.correctors else NOBODY,
            self._rows.get(claim.id, -1) in self._marked,
        )

    def _line(self, row: int) -> int:
        """Return the first line of a row."""
        current = self._rows.get(self._current or "")
        return row if current is None or row <= current else row + max(0, len(self._open) - 1)

    def _claim_on(self, line: int) -> tuple[str | None, int]:
        """Return the id of the claim on a line, and the number of lines from its first."""
        current = self._rows.get(self._current or "")
        row = line if current is None or line <= current else max(current, line - max(0, len(self._open) - 1))
        below = line - row if row == current else 0
        return (self._ids[row] if row < len(self._ids) else None), below

    def _lay_out(self) -> None:
        """Lay out all rows again."""
        self._most_open = 0
        if self.columns:
            self._unfold(0, len(self._ids))
            self._reveal()
        self.redraw_all()

    def line_key(self, line: int) -> Hashable:
        """Return the content of a line as its key: a claim, or a line of the current claim."""
        claim_id, below = self._claim_on(line)
        if claim_id is None:
            return line if line < self.rows else None
        return self._open[below] if claim_id == self._current else claim_id

    def draw(self, line: int) -> Iterator[Segment]:
        """Draw a claim's row, or a line of the current claim."""
        claim_id, below = self._claim_on(line)
        claim = self._claims.get(claim_id)
        if claim is None:
            if not self._ids and line == 1:
                yield Segment(" " + safe_line(self._placeholder), self.style(["placeholder"]))
        elif claim_id != self._current:
            row = self._row(claim)
            ground = ["marked"] if row.marked else []
            for look, words in folded(row, self.columns, self._digits):
                yield Segment(words, self.style([*ground, look]))
        else:
            yield from self._draw_open(self._open[below])

    def _draw_open(self, line: StyledLine) -> Iterator[Segment]:
        words_before = 0
        for look, words in line:
            words_before += columns(words)
            yield Segment(words, self.style(["current", look]))
        yield Segment(" " * (self.columns - words_before), self.style(["current"]))

    # ------------------------------------------------------------------ events

    def fit(self) -> None:
        """Lay out all rows for the new width."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Report the claim clicked."""
        claim_id, _ = self._claim_on(event.y + self.top)
        if claim_id is not None:
            self.post_message(self.Selected(self, claim_id))


def _either(one: range, other: range) -> Collection[int]:
    """Return the rows in one of two ranges that are not in both; also rows between ranges that do not touch."""
    if not one or not other:
        return one or other
    edges = sorted((one.start, other.start)), sorted((one.stop, other.stop))
    return tuple(chain.from_iterable(range(*edge) for edge in edges))
