"""Merge two save files into a new one, without loss."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotate.clock import now
from annotate.errors import SaveError, StoreDamagedError
from annotate.model import Record
from annotate.store import loading
from annotate.store.combine.article_merge import Conflict, MergedArticle, Side, merge_articles, past_of
from annotate.store.disk import layout
from annotate.store.disk.atomic import replace_file
from annotate.store.disk.log import REPAIR
from annotate.store.memory.contents import Contents
from annotate.store.memory.history import REPLACE, HistoryEntry, by_article
from annotate.store.recovery.verify import check
from annotate.store.store import Store


@dataclass(frozen=True)
class Merged:
    """Result of a merge."""

    articles: int
    claims: int
    conflicts: tuple[Conflict, ...]
    """Items that the two files decided differently: both versions are in the new file."""
    renamed: tuple[tuple[str, str], ...]
    """Articles of the second file whose id another article has in the first: old and new id."""


def merge(a: str | Path, b: str | Path, out: str | Path, by: str) -> Merged:
    """Write the content of two save files into a new one; they are not touched.

    An article of both (the same text under the same id, else the same text) is joined claim by claim
    (see `annotate.store.combine.article_merge`). The history is that of both; what was done to a joined article before
    cannot be undone any more.

    Args:
        a: Wins where nothing says which is better.
        b: The other.
        out: The new file.
        by: Who merges, human:NAME.

    Raises:
        StoreError: one of them cannot be read or is damaged, or the new one exists already or cannot be written.
    """
    out = loading.new_file(out)
    for path in (a, b):
        if problems := check(path):
            raise StoreDamagedError(f"{path} is damaged: {problems[0]}", REPAIR)
    with Store.open(a, read_only=True) as first, Store.open(b, read_only=True) as second:
        merger = _Merger(first, second, out, by)
        merged = merger.run()
    try:
        replace_file(out, layout.render(merger.contents.tables(None)))
    except OSError as error:
        raise SaveError(f"{out} could not be written: {error.strerror}", "name another file") from error
    return merged


class _Merger:
    """Builds the new file in memory."""

    def __init__(self, first: Store, second: Store, out: Path, by: str) -> None:
        self.first, self.second, self.out, self.by = first, second, out, by
        self.contents = Contents()
        self._histories = first.history(), second.history()
        self._entries = tuple(map(by_article, self._histories))
        self._articles: dict[str, str] = {}
        """Id of an article of the second → its id in the new file."""
        self._joined: dict[str, MergedArticle] = {}
        """Articles in both files, by the id in the second."""

    def run(self) -> Merged:
        """Merge, and return the result."""
        taken = {*self.first.ids(), *self.second.ids()}
        twins = self._twins()
        for id_ in self.first.ids():
            record = self._moved(self.first, id_)
            if id_ in twins:
                joined = self._join(record, twins[id_])
                record = joined.record
            self.contents.put(record)
        for id_ in self.second.ids():
            if id_ not in self._articles:
                new = id_ if not self.first.has(id_) else next(n for n in _numbered(id_) if n not in taken)
                taken.add(new)
                self._articles[id_] = new
                self.contents.put(replace(self._moved(self.second, id_), id=new))
        self._write_history()
        for store in (self.second, self.first):
            self.contents.adopt(store.contents())
        conflicts = tuple(conflict for joined in self._joined.values() for conflict in joined.conflicts)
        renamed = tuple((old, new) for old, new in self._articles.items() if old != new and old not in self._joined)
        articles = self.contents.articles
        return Merged(len(articles), sum(len(a.claims) for a in articles.values()), conflicts, renamed)

    def _twins(self) -> dict[str, str]:
        """Map each article of the first file to the same one in the second: by id and text, else by text alone."""
        ours, theirs = (
            {id_: stored.sha256 for id_, stored in store.contents().articles.items()}
            for store in (self.first, self.second)
        )
        twins = {id_: id_ for id_, text in theirs.items() if ours.get(id_) == text}
        alike: dict[str, list[str]] = {}
        for id_, text in theirs.items():
            if id_ not in twins:
                alike.setdefault(text, []).append(id_)
        for id_, text in ours.items():
            if id_ not in twins and alike.get(text):
                twins[id_] = alike[text].pop(0)
        return twins

    def _join(self, record: Record, other: str) -> MergedArticle:
        a, b = self._entries
        joined = merge_articles(
            Side(record, past_of(a.get(record.id, ()))),
            Side(self._moved(self.second, other), past_of(b.get(other, ()))),
        )
        self._articles[other], self._joined[other] = record.id, joined
        return joined

    def _moved(self, store: Store, id_: str) -> Record:
        """Return an article with its path made relative to the new file's folder."""
        record = store.get(id_)
        if record.path is None or Path(record.path).is_absolute():
            return record
        path = os.path.relpath(store.path.parent / record.path, self.out.parent)
        return replace(record, path=Path(path).as_posix())

    def _write_history(self) -> None:
        a, b = self._histories
        shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        for entry in a:
            self.contents.remember(entry)
        timeline = self.contents.timeline
        seqs = timeline.last_seq - (b[shared].seq - 1 if shared < len(b) else 0)
        groups = timeline.last_group - (b[shared].group - 1 if shared < len(b) else 0)
        old_groups = {entry.group for entry in b[:shared]}
        for entry in b[shared:]:
            of = entry.of if entry.of is None or entry.of in old_groups else entry.of + groups
            moved = entry._replace(seq=entry.seq + seqs, group=entry.group + groups, of=of)
            self.contents.remember(self._renamed(moved))
        gone_on = {entry.article for entry in b[shared:]}
        for other, joined in self._joined.items():
            if other in gone_on or joined.record != self._moved(self.first, joined.record.id):
                self._note_join(self._articles[other])

    def _renamed(self, entry: HistoryEntry) -> HistoryEntry:
        """Return an entry of the second file's history with the ids of the new file."""
        joined = self._joined.get(entry.article)
        kind = entry.kind
        if joined is None or kind is None:
            return entry._replace(article=self._articles.get(entry.article, entry.article))

        def of_now(item: Any) -> Any:
            if item is None or kind == "article":
                return item
            new = dict(item) | {"id": joined.ids.get((kind, item["id"]), item["id"])}
            if kind == "claim":
                new["speaker"] = joined.ids.get(("speaker", item.get("speaker")), item.get("speaker"))
                new["date"] = joined.ids.get(("date", item.get("date")), item.get("date"))
            return new

        article = self._articles[entry.article]
        return entry._replace(article=article, before=of_now(entry.before), after=of_now(entry.after))

    def _note_join(self, article: str) -> None:
        timeline, outline = self.contents.timeline, self.contents.articles[article].outline
        number = timeline.last_seq + 1, timeline.last_group + 1
        self.contents.remember(
            HistoryEntry(number[0], now(), self.by, article, number[1], REPLACE, None, None, outline)
        )


def _numbered(id_: str) -> Iterator[str]:
    number = 1
    while True:
        number += 1
        yield f"{id_}~{number}"
