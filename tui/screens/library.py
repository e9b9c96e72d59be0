"""The library: all articles of the sitting, with state and progress."""

from __future__ import annotations

from time import sleep
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.keys.registry import Scope
from tui.screens.list_screen import Destination, ListScreen, has_words
from tui.session.library import ArticleEntry
from tui.session.list_states import ArticleListState, Which
from tui.session.session import Session
from tui.widgets.bars import TopBar
from tui.wording.article_rows import article_line
from tui.wording.status_line import Fact

_WHICH: tuple[Which, ...] = ("all", "unfinished", "done")
_PAUSE = 0.12
"""Seconds without typing before the texts are searched."""
_LEAST = 3
"""Minimum number of characters to search texts for; fewer are in every text."""

ListedArticle = tuple[int, ArticleEntry]
"""An article with its index in the session."""


class LibraryScreen(ListScreen[ListedArticle]):
    """The list of articles.

    Args:
        session: The sitting.
    """

    TITLED = "articles"
    SCOPE: ClassVar[Scope] = "library"
    _state: ArticleListState

    class _Found(Message):
        """Message with the articles that contain the typed words."""

        def __init__(self, words: str, articles: frozenset[str]) -> None:
            super().__init__()
            self.words = words
            self.articles = articles

    def __init__(self, session: Session) -> None:
        super().__init__(session.lists.articles)
        self._session = session

    def wanted(self) -> list[ListedArticle]:
        """Return the articles that pass the filter, by state and words."""
        state, words = self._state, self.words.casefold().split()
        found = [
            (i, entry)
            for i, entry in enumerate(self._session.entries)
            if _is_of(entry, state.which)
            and (has_words(f"{entry.name} {entry.id or ''}", words) or entry.id in state.in_text)
        ]
        return sorted(found, key=lambda row: -row[1].unsure) if state.useful_first else found

    def line(self, row: ListedArticle, width: int, *, marked: bool) -> str:
        """Return a line with state, name and progress of an article."""
        return article_line(row[1], width, marked=marked, unsure=self._state.useful_first)

    def is_wrong(self, row: ListedArticle) -> bool:
        """Return True for an article that cannot be opened."""
        return bool(row[1].error)

    def same(self, one: ListedArticle, other: ListedArticle) -> bool:
        """Compare articles by their index."""
        return one[0] == other[0]

    def on_mount(self) -> None:
        """Mark the open article."""
        super().on_mount()
        if self.words:
            self._look(self.words.strip())  # there may be more articles by now
        entries, index = self._session.entries, self._session.index
        if index < len(entries):
            self.show_rows((index, entries[index]))

    def hear_news(self) -> None:
        """Update the rows after a change in the session's articles."""
        self.show_rows()

    def show_bars(self) -> None:
        """Show the numbers of articles, and of those done."""
        entries = self._session.entries
        done = sum(entry.state == "done" for entry in entries)
        shown = "" if len(self.rows) == len(entries) else f"{len(self.rows)} shown of "
        facts = [Fact(f"{shown}{len(entries)} articles", 3), Fact(f"{done} done", 2)]
        if unread := self._session.unread:
            facts.append(Fact(f"engine has not read {unread}; {self.keymap.key_of('read_all', 'list')} reads all", 1))
        if self._state.which != "all":
            facts.insert(0, Fact(self._state.which, 4))
        if self._state.useful_first:
            facts.insert(0, Fact("least sure first", 2))
        self.query_one(TopBar).show("Library", facts)

    def narrow(self, words: str) -> None:
        """Filter by titles at once, and by texts after a pause in typing."""
        self._state.in_text = frozenset()
        super().narrow(words)
        self._look(self.words.strip())

    @work(thread=True, exclusive=True)
    def _look(self, words: str) -> None:
        """Search the texts, too, in a thread, once typing has paused."""
        sleep(_PAUSE)
        if len(words) >= _LEAST and not get_current_worker().is_cancelled:
            found = self._session.store.search(words, ignore_case=words == words.lower())
            self.post_message(self._Found(words, frozenset(found)))

    @on(_Found)
    def _show_found(self, message: _Found) -> None:
        if message.words == self.words.strip():
            self._state.in_text = message.articles
            self.show_rows()

    def opened(self, row: ListedArticle) -> None:
        """Open an article."""
        if row[1].error:
            self.refuse(row[1].error)
        else:
            self.dismiss(Destination(row[0]))

    def action_next_unfinished(self) -> None:
        """Go to the next article that is not done."""
        self.go_to_next(lambda row: row[1].state != "done" and not row[1].error, "all articles are done")

    def action_filter_state(self) -> None:
        """Cycle between all, unfinished and finished articles."""
        self._state.which = _WHICH[(_WHICH.index(self._state.which) + 1) % len(_WHICH)]
        self.show_rows()

    def action_order_rows(self) -> None:
        """Switch between the order of opening and the least certain articles first."""
        self._state.useful_first = not self._state.useful_first
        self.show_rows(self.current)
        if self._state.useful_first:
            self.go(0)

    def action_speakers(self) -> None:
        """Open the list of speakers of all articles."""
        from tui.screens.speakers import SpeakersScreen

        def chosen(destination: Destination | None) -> None:
            if destination is not None:
                self.dismiss(destination)

        self.app.push_screen(SpeakersScreen(self._session), chosen)

    def action_back(self) -> None:
        """Go back to the article, if one is open."""
        if self._session.record is not None:
            self.dismiss(None)
        else:
            self.refuse("open an article first, or quit")


def _is_of(entry: ArticleEntry, which: Which) -> bool:
    return which == "all" or (entry.state == "done") == (which == "done")
