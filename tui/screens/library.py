"""All articles of the sitting, with state and progress."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui.actions import Scope
from tui.entry import Entry
from tui.screens.base import KeyedScreen
from tui.session import Session
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import Fact, KeyBar, TopBar
from tui.widgets.line import Line

Which = Literal["all", "unfinished", "done"]
_WHICH: tuple[Which, ...] = ("all", "unfinished", "done")


class LibraryScreen(KeyedScreen[int]):
    """Lists the articles; dismissed with the place of the one to open, or with None.

    Args:
        session: The sitting.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._words = ""
        self._which: Which = "all"
        self._rows: list[tuple[int, Entry]] = []

    def scopes(self) -> tuple[Scope, ...]:
        """Return the keys of the list, or of the filter line while it has the cursor."""
        return ("typing",) if isinstance(self.focused, Input) else ("library", "everywhere")

    def compose(self) -> ComposeResult:
        """Lay out the list between the bars."""
        yield TopBar()
        with Vertical(classes="pane") as pane:
            pane.border_title = "Articles"
            yield ArticleList()
        with Horizontal(classes="line") as line:
            line.display = False
            yield Static("titles with ", markup=False, classes="label")
            yield Line(placeholder="words", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show all articles, the open one marked."""
        self._list(self._session.index)
        self.query_one(ArticleList).focus()

    def hear_news(self) -> None:
        """Show what has changed in the session's articles."""
        self._list(self.query_one(ArticleList).current)

    def on_descendant_focus(self) -> None:
        """Show the keys that now matter."""
        self.query_one(KeyBar).show("", self.actions())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._words = event.value
        self._list(self.query_one(ArticleList).current)

    @on(ArticleList.Opened)
    def action_open_article(self) -> None:
        """Open the marked article."""
        at = self.query_one(ArticleList).current
        if at is None:
            self.refuse("no article has these words")
        elif self._session.entries[at].error:
            self.refuse(self._session.entries[at].error)
        else:
            self.dismiss(at)

    def action_next_row(self) -> None:
        """Go to the next article."""
        self._go(self._at + 1)

    def action_previous_row(self) -> None:
        """Go to the article before."""
        self._go(self._at - 1)

    def action_first_row(self) -> None:
        """Go to the first article."""
        self._go(0)

    def action_last_row(self) -> None:
        """Go to the last article."""
        self._go(len(self._rows) - 1)

    def action_rows_down(self) -> None:
        """Go a page down."""
        self._go(self._at + self.query_one(ArticleList).size.height - 1)

    def action_rows_up(self) -> None:
        """Go a page up."""
        self._go(self._at - self.query_one(ArticleList).size.height + 1)

    def action_next_unfinished(self) -> None:
        """Go to the next article that is not done, from the top again after the last."""
        order = [*range(self._at + 1, len(self._rows)), *range(self._at + 1)]
        found = next((i for i in order if self._rows[i][1].state != "done" and not self._rows[i][1].error), None)
        if found is None:
            self.refuse("every article is done")
        else:
            self._go(found)

    def action_filter_rows(self) -> None:
        """Type words that the titles must have."""
        self.query_one(".line").display = True
        self.query_one(Input).focus()

    def action_filter_state(self) -> None:
        """Show all articles, those not done, those done, in turn."""
        self._which = _WHICH[(_WHICH.index(self._which) + 1) % len(_WHICH)]
        self._list(self.query_one(ArticleList).current)

    def action_confirm(self) -> None:
        """Keep the filter and go to the list."""
        self.query_one(ArticleList).focus()
        self.query_one(".line").display = bool(self.query_one(Input).value)

    def action_cancel(self) -> None:
        """Drop the filter."""
        self.query_one(Input).value = ""
        self.action_confirm()

    def action_back(self) -> None:
        """Drop the filter, else go back to the article."""
        if self._words:
            self.action_cancel()
        elif self._session.record is not None:
            self.dismiss(None)
        else:
            self.refuse("open an article first, or quit")

    @property
    def _at(self) -> int:
        return self.query_one(ArticleList).at

    def _go(self, to: int) -> None:
        self.query_one(ArticleList).go(to)

    def _list(self, current: int | None) -> None:
        words = self._words.casefold().split()
        self._rows = [(i, entry) for i, entry in enumerate(self._session.entries) if _wanted(entry, words, self._which)]
        at = next((row for row, (i, _) in enumerate(self._rows) if i == current), 0)
        self.query_one(ArticleList).show(self._rows, at)
        entries = self._session.entries
        done = sum(entry.state == "done" for entry in entries)
        shown = "" if len(self._rows) == len(entries) else f"{len(self._rows)} shown of "
        facts = [Fact(f"{shown}{len(entries)} articles", 3), Fact(f"{done} done", 2)]
        if self._which != "all":
            facts.insert(0, Fact(self._which))
        self.query_one(TopBar).show("Library", facts)


def _wanted(entry: Entry, words: list[str], which: Which) -> bool:
    if which != "all" and (entry.state == "done") != (which == "done"):
        return False
    name = entry.name.casefold() if words else ""
    return all(word in name for word in words)
