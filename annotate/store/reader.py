"""Questions to a save file."""

from __future__ import annotations

import os
import threading
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import ModelError, StoreDamagedError, StoreError
from annotate.model import Record, sha256
from annotate.store.disk import layout
from annotate.store.disk.log import REPAIR
from annotate.store.loading import Follower
from annotate.store.memory.article import StoredArticle, Summary
from annotate.store.memory.history import HistoryEntry

if TYPE_CHECKING:
    from annotate.directory import Appearance
    from annotate.store.memory.contents import Contents
    from annotate.store.memory.queries import ClaimRef


class Reader:
    """The articles, claims and history of one save file, in memory. Thread-safe.

    Raises:
        StoreError: it cannot be used; the subclass says why.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._follower = Follower(path)
        self._contents = self._follower.contents
        self._memory = threading.RLock()

    @property
    def faults(self) -> list[str]:
        """Documents that cannot be used, a sentence each; they stay in the file."""
        return list(self._contents.faults)

    def ids(self) -> list[str]:
        """Return the ids of all articles, in the order they came."""
        with self._memory:
            return list(self._contents.articles)

    def refresh(self) -> bool:
        """Read later changes by the program that writes the file; for a store opened for reading only.

        Returns:
            Whether it had done anything.

        Raises:
            StoreError: the file cannot be used any more; what was read before stays.
        """
        if not self.read_only:
            return False
        if not self._follower.has_news():
            return False
        with self._memory:
            if self._follower.read_on():
                return True
        follower = self._follower.again()  # it may take a while, in which everything here can still be asked for
        with self._memory:
            self._follower, self._contents = follower, follower.contents
        return True

    def has(self, article_id: str) -> bool:
        """Return whether there is an article with this id."""
        return article_id in self._contents.articles

    def get(self, article_id: str) -> Record:
        """Return an article with all its claims.

        Raises:
            StoreError: there is none with this id.
            StoreDamagedError: what is stored of it contradicts itself.
        """
        with self._memory:
            parse = self._article(article_id).reader()
        try:
            return parse()
        except (ModelError, ValueError, KeyError) as error:
            raise self.damaged(str(error)) from None

    def summaries(self) -> list[Summary]:
        """Return the rows of a list of articles, without reading any text."""
        with self._memory:
            summaries = [self._contents.summary(article) for article in self._contents.articles]
        return [
            s._replace(path=self.relative(s.path)) if s.path and Path(s.path).is_absolute() else s for s in summaries
        ]

    def find(self, path: str | Path | None, text: str) -> str | None:
        """Return the id of the article that came from a file, else of one with the same text."""
        with self._memory:
            names = () if path is None else (self.relative(path), Path(path).absolute().as_posix())
            found = next(filter(None, map(self._contents.with_path, names)), None)
            return found or self._contents.with_text(sha256(text))

    def claims(self, *, status: str | None = None, speaker: str | None = None) -> list[ClaimRef]:
        """Return references to the claims with a status, a speaker of some name (capitals do not count), or both.

        What was deleted is left out.

        Raises:
            ValueError: neither is given.
        """
        keys = {name: value for name, value in (("status", status), ("speaker", speaker)) if value is not None}
        if not keys:
            raise ValueError("name a status, a speaker or both")
        with self._memory:
            return self._contents.claims(keys)

    def speakers(self) -> list[Appearance]:
        """Return the speakers of all articles, for `annotate.directory`: those of claims not deleted or rejected."""
        from annotate.store.memory.queries import speakers  # the app needs it after its first paint only

        with self._memory:
            articles = [(id_, s.head, list(s.claims.values())) for id_, s in self._contents.articles.items()]
        return list(speakers(articles))

    def search(self, words: str, *, ignore_case: bool = False) -> list[str]:
        """Return the ids of the articles that contain some words, exactly as written.

        Args:
            words: Looked for as one string.
            ignore_case: Whether capitals count; without them it takes some ten times as long.
        """
        from annotate.store.memory.queries import search  # the app needs it after its first paint only

        with self._memory:
            articles = dict(self._contents.articles)
        return search(words, articles, ignore_case=ignore_case)

    def relative(self, path: str | Path) -> str:
        """Return a path as the save file names it: from its own folder, with forward slashes."""
        try:
            return Path(os.path.relpath(path, self.path.parent)).as_posix()
        except ValueError:  # another drive
            return Path(path).absolute().as_posix()

    def free_id(self, wanted: str, taken: Container[str | None] = ()) -> str:
        """Return an id for a new article: the one wanted, or with `~2`, `~3`, … when it is taken.

        Args:
            wanted: The id it would have if it were alone.
            taken: Ids that are taken besides those here.
        """
        with self._memory:
            article_id, number = wanted, 2
            while self.has(article_id) or article_id in taken:
                article_id, number = f"{wanted}~{number}", number + 1
            return article_id

    def contents(self) -> Contents:
        """Return the whole content, for other modules of the save file; it must not be changed."""
        return self._contents

    def history(self, article_id: str | None = None) -> list[HistoryEntry]:
        """Return the history, oldest first, of one article or of all."""
        with self._memory:
            lines = self._contents.history()
        entries = (HistoryEntry.from_dict(layout.document(line)) for line in lines)
        return [entry for entry in entries if article_id in (None, entry.article)]

    def claim_history(self, article_id: str, claim_id: str) -> list[HistoryEntry]:
        """Return the history of one claim, oldest first, and that of its article as a whole: labelled, imported."""
        with self._memory:
            lines = self._contents.history_of(article_id)
        # Most lines are of other claims: they are passed over unparsed. A special character may be written in two ways.
        name = f'"{claim_id}"'.encode() if claim_id.isascii() and claim_id.isalnum() else b""
        wanted = (line for line in lines if name in line or not (b'"kind":"' in line or b'"kind": "' in line))
        entries = (HistoryEntry.from_dict(layout.document(line)) for line in wanted)
        return [entry for entry in entries if entry.article == article_id and entry.is_about(claim_id)]

    def correctors(self, article_id: str, claim_id: str) -> Mapping[str, str]:
        """Return the origin (human:NAME) of the last correction of each field of a claim; at once."""
        with self._memory:
            return self._contents.correctors.of(article_id, claim_id)

    def damaged(self, why: str) -> StoreDamagedError:
        """Return the error for a part of the file that cannot be used."""
        return StoreDamagedError(f"{self.path} is damaged: {why}", REPAIR)

    def _article(self, article_id: str) -> StoredArticle:
        try:
            return self._contents.articles[article_id]
        except KeyError:
            raise StoreError(f"{self.path} has no article {article_id!r}") from None
