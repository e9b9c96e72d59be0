"""What the engine has read in this sitting, and no change has been made to since."""

from __future__ import annotations

from annotate.model import Record
from annotate.store import Store
from tui.session.engine_process import Label


class EngineResults:
    """Articles as the engine read them, by id; decoded when somebody wants them. Safe on any thread."""

    def __init__(self) -> None:
        self._read: dict[str, Record | Label] = {}

    def __setitem__(self, article_id: str, read: Record | Label) -> None:
        self._read[article_id] = read

    def ids(self) -> list[str]:
        """Return which articles there are."""
        return list(self._read)

    def get(self, article_id: str) -> Record | None:
        """Return an article, if it is there."""
        read = self._read.get(article_id)
        return read.record if isinstance(read, Label) else read

    def drop(self, article_id: str) -> None:
        """Forget an article: the save file knows it better."""
        self._read.pop(article_id, None)

    def save(self, store: Store) -> None:
        """Have the save file hold those that it does not."""
        for article_id in self.ids():
            record = self.get(article_id)
            if record is not None and not store.has(article_id):
                store.stage(record)
