"""What a session hears: from the engine, from the saver, from another program; on any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from annotate.read import Article
from tui.session.engine_process import Answer, Progress
from tui.session.saver import SaveState


class Followed(NamedTuple):
    """The program that writes the save file has gone on."""


News = Progress | Answer | SaveState | Followed


class Engine(Protocol):
    """What a session needs of the engine process."""

    def start(self, listener: Callable[[Progress | Answer], None]) -> None:
        """Start it."""

    def ask(self, article: Article, *, first: bool = False) -> None:
        """Ask for an article."""

    def retry(self) -> None:
        """Start again after a failure."""

    def close(self) -> None:
        """End it."""


class NewsQueue:
    """Keeps news until somebody listens, and hands it on from then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[News] = []
        self._listener: Callable[[News], object] | None = None

    def listen(self, listener: Callable[[News], object]) -> None:
        """Hand all news to a listener, first what came before it."""
        with self._lock:
            self._listener = listener
            waiting, self._waiting = self._waiting, []
        for news in waiting:
            listener(news)

    def put(self, news: News) -> None:
        """Take news from any thread."""
        with self._lock:
            if self._listener is None:
                self._waiting.append(news)
                return
        self._listener(news)
