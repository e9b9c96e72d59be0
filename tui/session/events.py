"""News for a session, from the engine, the saver and other programs, on any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from annotate.read import Article
from tui.session.engine_process import Answer, Found, Part, Progress, UnitsFound
from tui.session.saver import SaveState


class Followed(NamedTuple):
    """Another program has written to the save file."""


News = Progress | Answer | UnitsFound | SaveState | Followed


class Engine(Protocol):
    """The engine process, as a session sees it."""

    def start(self, listener: Callable[[Found], None]) -> None:
        """Start it."""

    def ask(self, article: Article, *, first: bool = False) -> None:
        """Ask for an article."""

    def ask_units(self, part: Part) -> None:
        """Ask for the units of a part of an article."""

    def retry(self) -> None:
        """Start again after a failure."""

    def close(self) -> None:
        """End it."""


class NewsQueue:
    """A queue that keeps news until there is a listener, and delivers it in order from then on. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        """Held while news is delivered, so that newer news waits for the backlog."""
        self._backlog: list[News] = []
        self._listener: Callable[[News], object] | None = None

    def listen(self, listener: Callable[[News], object]) -> None:
        """Deliver all news to a listener, the backlog first.

        Args:
            listener: Called on the thread that the news comes from. It returns at once and puts no news itself.
        """
        with self._lock:
            self._listener = listener
            for news in self._backlog:
                listener(news)
            self._backlog.clear()

    def put(self, news: News) -> None:
        """Deliver news from any thread, or keep it until somebody listens."""
        with self._lock:
            if self._listener is None:
                self._backlog.append(news)
            else:
                self._listener(news)
