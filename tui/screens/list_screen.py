"""The base of screens with a long list: moving through it and filtering it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from annotate.errors import OnrecordError
from annotate.plural import count
from tui.keys.registry import Scope
from tui.screens.keyed_screen import KeyedScreen
from tui.session.list_states import ListState
from tui.widgets.bars import KeyBar, TopBar
from tui.widgets.pane import titled
from tui.widgets.row_list import RowList
from tui.widgets.safe_input import SafeInput

RowT = TypeVar("RowT")


class Destination(NamedTuple):
    """The article to open after a list is closed, and the claim to go to there."""

    position: int
    """Index of the article in the session."""
    claim_id: str | None = None


class ListScreen(KeyedScreen[Destination], Generic[RowT]):
    """A list between the bars; dismissed with a destination, or with None.

    A subclass finds its rows (`wanted`) and draws each (`line`).

    Args:
        state: The filter and the like: as they were left, and kept for the next time.
    """

    TITLED: ClassVar[str]
    """The plural noun for the rows."""
    SCOPE: ClassVar[Scope]
    """Scope of the keys of this list, besides those of all lists."""

    def __init__(self, state: ListState) -> None:
        super().__init__()
        self._state = state
        self.rows: Sequence[RowT] = ()

    @property
    def words(self) -> str:
        """The words of the filter."""
        return self._state.words

    # ------------------------------------------------------------------ for subclasses

    def wanted(self) -> Sequence[RowT]:
        """Return the rows that pass the filter."""
        raise NotImplementedError

    def line(self, row: RowT, width: int, *, marked: bool) -> str:
        """Return a row's text for a width in cells."""
        raise NotImplementedError

    def is_wrong(self, row: RowT) -> bool:  # noqa: ARG002 # for lists with rows that can be
        """Return True if a row is to be shown as an error."""
        return False

    def same(self, one: RowT, other: RowT) -> bool:
        """Return True if two rows are the same, before and after a change of the list."""
        return one == other

    def show_bars(self) -> None:
        """Update the top line."""
        raise NotImplementedError

    def mode(self) -> str:
        """Return the name of a mode of the list, for the key bar; empty without one."""
        return ""

    def opened(self, row: RowT) -> None:
        """Open a row."""
        raise NotImplementedError

    # ------------------------------------------------------------------ the screen

    def scopes(self) -> tuple[Scope, ...]:
        """Return the scopes of the list, or of the filter line while it has the focus."""
        if isinstance(self.focused, Input):
            return ("filtering",)
        here: tuple[Scope, ...] = (self.SCOPE, "list", "everywhere")
        return ("filtered", *here) if self.words else here

    def compose(self) -> ComposeResult:
        """Lay out the list between the bars."""
        yield TopBar()
        with Vertical(classes="pane"):
            yield RowList(self._draw, lambda at: self.is_wrong(self.rows[at]))
        with Horizontal(classes="line") as line:
            line.display = bool(self.words)
            yield Static(f"{self.TITLED} with ", markup=False, classes="label")
            yield SafeInput(self.words, placeholder="words", compact=True)
        yield KeyBar()

    def _draw(self, at: int, width: int, *, marked: bool) -> str:
        return self.line(self.rows[at], width, marked=marked)

    def on_mount(self) -> None:
        """Show the rows with the last filter."""
        self.entitle(self.TITLED.capitalize())
        self.show_rows()
        self.query_one(RowList).focus()

    def on_descendant_focus(self) -> None:
        """Update the key bar."""
        self.show_keys()

    def entitle(self, title: str) -> None:
        """Set the title above the list."""
        self.query_one(".pane").border_title = titled(title)

    def show_keys(self) -> None:
        """Update the key bar."""
        self.query_one(KeyBar).show(self.mode(), self.actions())

    def show_rows(self, current: RowT | None = None) -> None:
        """Filter the rows again and show them.

        Args:
            current: The row to mark; the one that is marked by default.
        """
        current = self.current if current is None else current
        self.rows = self.wanted()
        at = next((i for i, row in enumerate(self.rows) if current is not None and self.same(row, current)), 0)
        self.query_one(RowList).show(len(self.rows), at)
        self.show_bars()

    @property
    def at(self) -> int:
        """Index of the marked row."""
        return self.query_one(RowList).at

    @property
    def current(self) -> RowT | None:
        """The marked row."""
        return self.rows[self.at] if self.rows else None

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Filter by the typed words."""
        if event.value != self.words:
            self.narrow(event.value)

    def narrow(self, words: str) -> None:
        """Show only the rows that contain some words."""
        self._state.words = words
        self.show_rows()

    def filter_by(self, words: str) -> None:
        """Filter by some words as if they were typed, and go to the list."""
        with self.prevent(Input.Changed):
            self.query_one(Input).value = words
        self.narrow(words)
        self.action_confirm()

    # ------------------------------------------------------------------ keys

    @on(RowList.Opened)
    def action_open_row(self) -> None:
        """Open the marked row."""
        if self.current is None:
            self.refuse(f"there are no {self.TITLED} with these words")
        else:
            self.opened(self.current)

    def action_next_row(self) -> None:
        """Go to the next row."""
        self.go(self.at + 1)

    def action_previous_row(self) -> None:
        """Go to the row before."""
        self.go(self.at - 1)

    def action_first_row(self) -> None:
        """Go to the first row."""
        self.go(0)

    def action_last_row(self) -> None:
        """Go to the last row."""
        self.go(len(self.rows) - 1)

    def action_rows_down(self) -> None:
        """Go a page down."""
        self.go(self.at + self.query_one(RowList).size.height - 1)

    def action_rows_up(self) -> None:
        """Go a page up."""
        self.go(self.at - self.query_one(RowList).size.height + 1)

    def action_read_all(self) -> None:
        """Have the engine read all unread articles, and save its suggestions."""
        unread = self.host.session.unread
        if self.may_change():
            self._read_all()
            reading = f"the engine is reading {count(unread, 'article')}"
            reads = reading if unread else "the engine has read all articles"
            self.say(f"{reads}; its suggestions are saved")

    @work(thread=True, exclusive=True, group="read all", exit_on_error=False)
    def _read_all(self) -> None:
        try:
            self.host.session.read_all()
        except OnrecordError as error:
            self.app.call_from_thread(self.say, str(error), "error")

    def action_filter_rows(self) -> None:
        """Open the filter line."""
        self.query_one(".line").display = True
        self.query_one(Input).focus()

    def action_confirm(self) -> None:
        """Keep the filter and go to the list."""
        self.query_one(RowList).focus()
        self.query_one(".line").display = bool(self.words)
        self.show_keys()

    def action_cancel(self) -> None:
        """Drop the filter."""
        self.filter_by("")

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss(None)

    def go(self, to: int) -> None:
        """Mark a row."""
        self.query_one(RowList).go(to)

    def go_to_next(self, is_wanted: Callable[[RowT], bool], refused: str) -> None:
        """Mark the next row that meets a condition, starting over after the last one."""
        rows = [*enumerate(self.rows)]
        order = rows[self.at + 1 :] + rows[: self.at + 1]
        found = next((i for i, row in order if is_wanted(row)), None)
        if found is None:
            self.refuse(refused)
        else:
            self.go(found)


def has_words(text: str, words: Sequence[str]) -> bool:
    """Return True if a text contains all words; the words are case-folded."""
    text = text.casefold() if words else ""
    return all(word in text for word in words)
