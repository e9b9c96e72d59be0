"""Have the engine read all articles of a sitting, one at a time; each file is read when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate.errors import OnrecordError
from annotate.model import Record
from tui.session.library import ArticleEntry


class ReadAll:
    """The requests to the engine for all articles it has not read.

    Args:
        entries: All articles of the sitting; more may come.
        load: Reads an article by its index, and notes an error in its entry.
        ask: Asks the engine for one.
    """

    def __init__(
        self, entries: Sequence[ArticleEntry], load: Callable[[int], Record], ask: Callable[[Record], None]
    ) -> None:
        self._entries = entries
        self._load = load
        self._ask = ask
        self._next = 0
        self.wanted = False
        """True once all articles are requested; from then on the suggestions for any article are saved."""

    def start(self) -> None:
        """Start with the first unread article."""
        self.wanted, self._next = True, 0
        self.go_on()

    def go_on(self) -> None:
        """Request the next unread article, if all are requested; repeating it is harmless. Thread-safe."""
        while self.wanted and self._next < len(self._entries):
            index = self._next
            self._next = index + 1  # two threads at once skip none
            if not self._entries[index].is_unread:
                continue
            try:
                record = self._load(index)
            except OnrecordError:
                continue  # reported when the user opens it
            self._ask(record)
            return
