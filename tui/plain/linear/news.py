"""News from the engine and the saver, heard between two lines or waited for."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue

from tui.session.engine_process import Answer
from tui.session.events import News
from tui.session.session import Session


class NewsReader:
    """Passes news to the session on the thread that reads the lines, and reports failures.

    Args:
        session: The sitting.
        say: Prints a line.
    """

    def __init__(self, session: Session, say: Callable[[str], object]) -> None:
        self._session = session
        self._say = say
        self._news: SimpleQueue[News] = SimpleQueue()
        session.listen(self._news.put)

    def take_in(self) -> None:
        """Handle all news that has come."""
        while not self._news.empty():
            self._handle_next()

    def wait_until_read(self) -> None:
        """Wait until the engine has read the open article, has failed, or cannot read it."""
        record = self._session.record
        if record is None or record.blocks:
            return
        self._say("The engine is reading the article.")
        while self._session.engine.state != "failed":
            news = self._handle_next()
            if isinstance(news, Answer) and news.id == record.id:
                if news.error:
                    self._say(f"The engine could not read it: {news.error}")
                return
        self._say(f"The engine failed: {self._session.engine.detail}")

    def wait_until_saved(self) -> None:
        """Wait until all changes are durable, or saving has failed; it is tried again then."""
        while self._session.store.dirty and self._session.save.state != "unsaved":
            self._handle_next()

    def _handle_next(self) -> News:
        news, before = self._news.get(), self._session.save.state
        self._session.handle(news)
        save = self._session.save
        if save.state == "unsaved" and before != "unsaved":
            self._say(f"Not saved: {save.error}. Onrecord tries again until it works.")
        elif save.state == "saved" and before == "unsaved":
            self._say("Everything is saved now.")
        return news
