"""Has the engine read every article of a sitting, one after the other: files are read as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate.errors import OnrecordError
from annotate.model import Record
from tui.session.library import ArticleEntry


class ReadAll:
    """Asks for the articles that the engine has not read.

    Args:
        entries: All articles of the sitting; more may come.
        load: Reads one, by its place, and marks it where it cannot be read.
        ask: Asks the engine for one.
    """

    def __init__(
        self, entries: Sequence[ArticleEntry], load: Callable[[int], Record], ask: Callable[[Record], None]
    ) -> None:
        self._entries = entries
        self._load = load
        self._ask = ask
        self._next = 0
        self.on = False
        """Whether all are wanted: then what is found in any is saved, whoever asked for it."""

    def start(self) -> None:
        """Begin with the first that is unread."""
        self.on, self._next = True, 0
        self.go_on()

    def go_on(self) -> None:
        """Ask for the next one, if all are wanted; safe on any thread, as asking twice is asking once."""
        while self.on and self._next < len(self._entries):
            index = self._next
            self._next = index + 1  # by two threads at once none is skipped
            if not self._entries[index].is_unread:
                continue
            try:
                record = self._load(index)
            except OnrecordError:
                continue  # said when a person opens it
            self._ask(record)
            return
