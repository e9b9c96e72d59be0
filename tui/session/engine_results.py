"""The engine's results of this sitting, for articles unchanged since."""

from __future__ import annotations

from annotate.model import Record
from annotate.store import Store
from tui.session.engine_process import Label


class EngineResults:
    """The engine's results by article id, decoded on demand. Thread-safe."""

    def __init__(self) -> None:
        self._read: dict[str, Record | Label] = {}

    def __setitem__(self, article_id: str, read: Record | Label) -> None:
        self._read[article_id] = read

    def ids(self) -> list[str]:
        """Return the ids of all articles."""
        return list(self._read)

    def get(self, article_id: str) -> Record | None:
        """Return an article; None if there is no result for it."""
        read = self._read.get(article_id)
        return read.record if isinstance(read, Label) else read

    def drop(self, article_id: str) -> None:
        """Drop an article: the save file has a newer version."""
        self._read.pop(article_id, None)

    def save(self, store: Store) -> None:
        """Save all articles that the save file lacks."""
        for article_id in self.ids():
            record = self.get(article_id)
            if record is not None and not store.has(article_id):
                store.stage(record)
