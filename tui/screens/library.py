"""All articles of the sitting, with state and progress."""

from __future__ import annotations

from time import sleep
from typing import Literal

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.actions import Scope
from tui.entry import Entry
from tui.screens.base import KeyedScreen
from tui.session import Session
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import Fact, KeyBar, TopBar
from tui.widgets.line import Line

Which = Literal["all", "unfinished", "done"]
_WHICH: tuple[Which, ...] = ("all", "unfinished", "done")
_PAUSE = 0.12
"""Seconds without a key until the texts are looked through."""
_LEAST = 3
"""Characters: fewer stand in every text."""


class LibraryScreen(KeyedScreen[int]):
    """Lists the articles; dismissed with the place of the one to open, or with None.

    Args:
        session: The sitting.
    """

    class _Found(Message):
        """The articles in whose text some words stand."""

        def __init__(self, words: str, articles: frozenset[str]) -> None:
            super().__init__()
            self.words = words
            self.articles = articles

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._words = ""
        self._in_text: frozenset[str] = frozenset()
        """Ids of the articles in whose text the words stand."""
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
            yield Static("articles with ", markup=False, classes="label")
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
        self._in_text = frozenset()
        self._list(self.query_one(ArticleList).current)
        self._look(self._words.strip())

    @work(thread=True, exclusive=True)
    def _look(self, words: str) -> None:
        """Look for the words in the texts too, off the screen's thread, when nothing more is typed for a moment."""
        sleep(_PAUSE)
        if len(words) >= _LEAST and not get_current_worker().is_cancelled:
            found = self._session.store.search(words, ignore_case=words == words.lower())
            self.post_message(self._Found(words, frozenset(found)))

    @on(_Found)
    def _show_found(self, message: _Found) -> None:
        if message.words == self._words.strip():
            self._in_text = message.articles
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
        """Type words that the titles or the texts must have."""
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
        self._rows = [
            (i, entry)
            for i, entry in enumerate(self._session.entries)
            if _is_of(entry, self._which) and (_has(entry, words) or entry.id in self._in_text)
        ]
        at = next((row for row, (i, _) in enumerate(self._rows) if i == current), 0)
        self.query_one(ArticleList).show(self._rows, at)
        entries = self._session.entries
        done = sum(entry.state == "done" for entry in entries)
        shown = "" if len(self._rows) == len(entries) else f"{len(self._rows)} shown of "
        facts = [Fact(f"{shown}{len(entries)} articles", 3), Fact(f"{done} done", 2)]
        if self._which != "all":
            facts.insert(0, Fact(self._which))
        self.query_one(TopBar).show("Library", facts)


def _is_of(entry: Entry, which: Which) -> bool:
    return which == "all" or (entry.state == "done") == (which == "done")


def _has(entry: Entry, words: list[str]) -> bool:
    name = entry.name.casefold() if words else ""
    return all(word in name for word in words)
