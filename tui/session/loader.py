"""Loading of articles: from their sources, the save file or the engine's results."""

from __future__ import annotations

import threading
from dataclasses import replace

from annotate.errors import ReadError
from annotate.model import Record
from annotate.read import Article, read
from annotate.store import Store
from tui.session.engine_results import EngineResults
from tui.session.library import ArticleEntry


class Loader:
    """Loads the articles of a sitting. Thread-safe.

    Args:
        entries: The list of articles, in which the ids found are entered.
        store: The save file.
        results: The engine's results of this sitting.
        date: ISO date for articles that carry none.
    """

    def __init__(self, entries: list[ArticleEntry], store: Store, results: EngineResults, date: str | None) -> None:
        self._entries = entries
        self._store = store
        self._results = results
        self._date = date
        self._lock = threading.Lock()
        self.new_texts: dict[str, Record] = {}
        """Articles whose file has a new text, as read; nothing is saved before an edit."""

    def load(self, index: int) -> Record:
        """Return an article's record, from the save file or its source.

        Raises:
            OnrecordError: it cannot be read; the message names the file.
        """
        entry = self._entries[index]
        if entry.error:
            raise ReadError(entry.error)
        if entry.source is None:
            assert entry.id is not None  # an entry without a source came from the save file
            return self._results.get(entry.id) or self._store.get(entry.id)
        article = entry.source if isinstance(entry.source, Article) else next(read(entry.source))
        if isinstance(article, ReadError):
            raise article
        with self._lock:
            article_id = self._identify(entry, article)
            self._entries[index] = self._entries[index]._replace(id=article_id)
        return self._known(replace(article, id=article_id, date=article.date or self._date_for(article.text)))

    def latest(self, record: Record) -> Record:
        """Return the engine's record of an article if one arrived while it was loading, else the record."""
        fresh = self._results.get(record.id)
        if fresh is None and self._store.has(record.id):
            fresh = self._store.get(record.id)
        return fresh if fresh is not None and fresh.text == record.text else record

    def _identify(self, entry: ArticleEntry, article: Article) -> str:
        if entry.id is not None:
            return entry.id
        known = self._store.find(article.path, article.text)
        if known is not None:
            return known
        return self._store.free_id(article.id, {other.id for other in self._entries})

    def _date_for(self, text: str) -> str | None:
        if self._date is None:
            return None
        from annotate.segment import publication_date, segment  # deferred: not before the first paint

        return publication_date(text, segment(text)) or self._date

    def _known(self, article: Article) -> Record:
        if known := self._results.get(article.id):
            return known
        path = article.path and self._store.relative(article.path)
        fresh = Record(article.id, article.text, path, article.url, article.title, article.date, article.language)
        if not self._store.has(article.id):
            return fresh
        stored = self._store.get(article.id)
        if stored.text == article.text:
            return stored
        self.new_texts[article.id] = fresh
        return relabelled(stored, fresh)


def relabelled(old: Record, new: Record) -> Record:
    """Return the new record of an article, with a person's work on the old one."""
    from annotate.store.combine.relabel import relabel  # deferred: not before the first paint

    return relabel(old, new)
