"""The whole content of a save file in memory, as lines of JSON.

A thousand articles are then a dozen megabytes and not a hundred, an edit costs what it changes, and the file is
written by joining what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from annotate.changes import Change
from annotate.errors import ModelError
from annotate.model import SCHEMA as RECORD_SCHEMA
from annotate.model import Record
from annotate.store.disk import layout
from annotate.store.disk.delta import Delta
from annotate.store.disk.layout import DocumentLine
from annotate.store.memory import document_faults
from annotate.store.memory.article import UNEDITED, StoredArticle, Summary, article_line, claim_document, json_errors
from annotate.store.memory.correctors import Correctors
from annotate.store.memory.history import HistoryEntry, Timeline
from annotate.store.memory.unsaved import Unsaved

if TYPE_CHECKING:
    from annotate.store.memory.queries import ClaimIndex, ClaimRef

SCHEMA = 2
PROGRAM = "onrecord"
LOG = "log"
"""Key in the `meta` document for the id of the log that was folded into the file last."""
TABLES = ("meta", "articles", "claims", "history")


class Contents:
    """The documents of one save file. Not thread-safe: the store holds a lock."""

    def __init__(self) -> None:
        self.articles: dict[str, StoredArticle] = {}
        self.meta: dict[str, Any] = {"program": PROGRAM, "schema": SCHEMA, "engine": None}
        self.timeline = Timeline()
        self.correctors = Correctors()
        self._history: list[bytes] = []
        self._others: dict[str, list[bytes]] = {name: [] for name in TABLES}
        self._last = dict.fromkeys(TABLES, 0)
        self._meta_number = ""
        self.recognised = False
        self.faults: list[str] = []
        """Ignored documents that are invalid, a sentence each."""
        self.newer = ""
        """Unknown schema of an article, written by a newer program; empty if there is none."""
        self._by_path: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._unsaved = Unsaved()
        self._index: ClaimIndex | None = None
        """Index of claims, made by the first query."""

    # ------------------------------------------------------------------ the file

    @classmethod
    def of(cls, rows: Iterable[DocumentLine]) -> Contents:
        """Build from the documents of a file; unknown ones are kept as they are."""
        contents = cls()
        numbers: dict[str, set[int]] = {name: set() for name in TABLES}
        early: list[DocumentLine] = []
        twins: list[DocumentLine] = []
        for row in rows:
            if row.table in numbers:
                number = contents._note_number(row)
                if number in numbers[row.table]:
                    twins.append(row)
                    continue
                numbers[row.table].add(number)
            if not contents._take(row):
                early.append(row)
        early += map(contents._renumbered, twins)
        for row in early:  # claims before their article in the file, and unknown documents
            if not contents._take(row):
                contents._leave_aside(row)
        return contents

    def _renumbered(self, row: DocumentLine) -> DocumentLine:
        """Give a document a new number, as another one has its number and the log identifies documents by number."""
        self.faults.append(f"{row.table}: two documents have the number {layout.key(row.line)}")
        return row._replace(line=layout.line(self._number(row.table), row.document))

    def _leave_aside(self, row: DocumentLine) -> None:
        self._others.setdefault(row.table, []).append(row.line)
        if row.table in TABLES and (row.table != "meta" or row.document.get("program") == PROGRAM):
            where = document_faults.place(row.table, layout.key(row.line), row.document)
            why = document_faults.fault(row.table, row.document, self.articles)
            self.faults.append(f"{where}: {why or 'the file has it twice'}")

    def _take(self, row: DocumentLine) -> bool:
        match row.table:
            case "claims":
                return self._take_claim(row)
            case "articles":
                return self._take_article(row)
            case "history":
                return self._take_history(row)
            case "meta":
                return self._take_meta(row)
        return False

    def _take_meta(self, row: DocumentLine) -> bool:
        if self.recognised or row.document.get("program") != PROGRAM:
            return False
        self.meta, self._meta_number, self.recognised = row.document, layout.key(row.line), True
        return True

    def _take_article(self, row: DocumentLine) -> bool:
        article, schema = row.document.get("id"), row.document.get("schema")
        if isinstance(schema, str) and schema.startswith(f"{PROGRAM}/") and schema != RECORD_SCHEMA:
            self.newer = schema
        if not isinstance(article, str) or not isinstance(row.document.get("text"), str) or article in self.articles:
            return False
        self._add(article, StoredArticle.of(layout.key(row.line), row.document))
        return True

    def _take_claim(self, row: DocumentLine) -> bool:
        article, claim = row.document.get("article"), row.document.get("id")
        stored = self.articles.get(article) if isinstance(article, str) else None
        if stored is None or not isinstance(claim, str) or claim in stored.claims:
            return False
        stored.set_claim(claim, row.line, row.document)
        return True

    def _take_history(self, row: DocumentLine) -> bool:
        try:
            entry = HistoryEntry.from_dict(row.document)
        except ModelError:
            return False
        self._remember(entry, row.line)
        return True

    def tables(self, folded: str | None) -> dict[str, Iterable[bytes]]:
        """Return all lines by table, as a snapshot: later changes do not show in them.

        Args:
            folded: The id of the log whose changes are in them; None where there is none.
        """
        if folded:  # it says so in memory too: the next file is to say it again
            self.meta = self.meta | {LOG: folded}
        articles = [stored.parts for stored in self.articles.values()]
        claims = [line for stored in self.articles.values() for line in stored.claims.values()]
        own: dict[str, Iterable[bytes]] = {
            "meta": [self._meta_line()],
            "articles": (article_line(*parts) for parts in articles),
            "claims": claims,
            "history": list(self._history),
        }
        return {name: chain(own.get(name, ()), list(lines)) for name, lines in self._others.items()}

    def _meta_line(self) -> bytes:
        self._meta_number = self._meta_number or str(self._number("meta"))
        return layout.line(self._meta_number, self.meta)

    def adopt(self, other: Contents) -> None:
        """Adopt another file's keys of `meta` and its unknown tables, but no articles, claims or history."""
        self.meta = self.meta | {name: value for name, value in other.meta.items() if name not in (LOG, "schema")}
        for name, lines in other._others.items():  # of the same class
            mine = self._others.setdefault(name, [])
            for line in lines:
                number = self._number(name) if name in TABLES else len(mine) + 1
                mine.append(layout.line(number, layout.document(line)))

    # ------------------------------------------------------------------ the log

    def update(self, delta: Delta) -> None:
        """Apply a line of the log.

        Raises:
            ModelError: it does not fit what is there.
        """
        try:
            for claim in delta.drop.get("claims", {}).values():
                if (stored := self.articles.get(claim["article"])) is not None:  # else it never reached the disk
                    stored.set_claim(claim["id"], None, None)
                    self._touch(claim["article"])
            for table in TABLES:
                for number, document in delta.put.get(table, {}).items():
                    self._update(DocumentLine(table, layout.line(number, document), document))
            for head in delta.set.get("articles", {}).values():
                self.articles[head["id"]].set_head({name: head[name] for name in head if name not in UNEDITED})
                self._touch(head["id"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"it changes an article that is not in the file: {error}") from None

    def _update(self, row: DocumentLine) -> None:
        number = str(self._note_number(row))
        if why := document_faults.fault(row.table, row.document, self.articles):
            raise ModelError(f"{document_faults.place(row.table, number, row.document)}: {why}")
        known = self.articles.get(row.document["id"]) if row.table == "articles" else None
        if row.table == "claims":
            self.articles[row.document["article"]].set_claim(row.document["id"], row.line, row.document)
            self._touch(row.document["article"])
        elif row.table == "meta" and row.document.get("schema") == self.meta["schema"]:
            self.meta = row.document
        elif known:  # its claims follow, all of them
            self._add(row.document["id"], StoredArticle.of(known.number, row.document))
        elif not (self._is_old(row) or self._take(row)):
            raise ModelError(f"it adds to {row.table} what is not valid there, or is there already")

    def _is_old(self, row: DocumentLine) -> bool:
        """Tell whether the history already has an entry."""
        seq = row.document.get("seq")
        return row.table == "history" and isinstance(seq, int) and seq <= self.timeline.last_seq

    def take_unsaved(self) -> Unsaved:
        """Return the changes since this was last called."""
        unsaved, self._unsaved = self._unsaved, Unsaved()
        return unsaved

    def put_back(self, unsaved: Unsaved) -> None:
        """Mark changes as unsaved again after a failed save."""
        self._unsaved = unsaved.joined(self._unsaved)

    def delta(self, unsaved: Unsaved) -> bytes:
        """Return the present state of changed documents, as the body of a line of the log."""
        return unsaved.render(self.articles, self._history, self._meta_line)

    # ------------------------------------------------------------------ reading

    def summary(self, article: str) -> Summary:
        """Return an article's row in a list."""
        a = self.articles[article]
        return Summary(article, a.title, a.path, a.date, a.state, a.live, a.decided, round(a.uncertainty, 6))

    def with_path(self, path: str) -> str | None:
        """Return the id of the article with a path, given as the save file has it."""
        article = self._by_path.get(path)
        return article if article and self.articles[article].path == path else None

    def with_text(self, digest: str) -> str | None:
        """Return the id of an article with a text of this SHA-256."""
        article = self._by_text.get(digest)
        if article is None or self.articles[article].sha256 == digest:
            return article
        return next((id_ for id_, stored in self.articles.items() if stored.sha256 == digest), None)

    def claims(self, keys: Mapping[str, str]) -> list[ClaimRef]:
        """Return the claims that match all given keys, `status` and `speaker`."""
        if self._index is None:
            from annotate.store.memory.queries import ClaimIndex  # the app needs it after its first paint only

            self._index = ClaimIndex()
            for article in self.articles:
                self._index.touch(article)
        return self._index.find(self.articles, keys)

    def history(self) -> list[bytes]:
        """Return the lines of the history, oldest first."""
        return list(self._history)

    def group(self, group: int) -> list[HistoryEntry]:
        """Return the entries of one group."""
        lines = (self._history[place] for place in self.timeline.places(group))
        entries = (HistoryEntry.from_dict(layout.document(line)) for line in lines)
        return [entry for entry in entries if entry.group == group]

    def history_of(self, article: str) -> list[bytes]:
        """Return the lines of an article's history, and of actions on several articles, in their order."""
        return [self._history[place] for place in self.timeline.places_of(article)]

    # ------------------------------------------------------------------ changing

    def put(self, record: Record) -> None:
        """Add an article, or replace the one with its id.

        Raises:
            StoreError: it cannot be written as JSON.
        """
        document = record.to_dict()
        claims = [claim_document(record.id, claim) for claim in document.pop("claims")]
        known = self.articles.get(record.id)
        with json_errors(record.id):
            stored = StoredArticle.of(known.number if known else str(self._number("articles")), document)
            for claim in claims:
                old = known.claims.get(claim["id"]) if known else None
                line = layout.line(layout.key(old) if old else self._number("claims"), claim)
                stored.set_claim(claim["id"], line, claim)
        self._add(record.id, stored)
        self._unsaved.article(record.id, known, stored)

    def set_engine(self, engine: str) -> None:
        """Remember the engine that labelled last."""
        if self.meta.get("engine") != engine:
            self.meta = self.meta | {"engine": engine}
            self._unsaved.meta = True

    def _add(self, article: str, stored: StoredArticle) -> None:
        self.articles[article] = stored
        self._touch(article)
        self._by_text[stored.sha256] = article
        if stored.path:
            self._by_path[stored.path] = article

    def apply(self, change: Change, entries: Iterable[HistoryEntry]) -> None:
        """Apply a change and write it into the history.

        Raises:
            StoreError: it cannot be done to a stored article, or written as JSON; nothing is changed.
        """
        with json_errors(change.article):
            lines = [(entry, layout.line(self._number("history"), entry.to_dict())) for entry in entries]
        stored = self.articles[change.article]
        before = stored.head, {claim: stored.claims.get(claim) for claim in change.claim_ids()}
        stored.apply(change.article, change.edits, lambda: self._number("claims"))
        self._unsaved.edits(change.article, before, stored)
        self._touch(change.article)
        for entry, line in lines:
            self._append(entry, line)

    def remember(self, entry: HistoryEntry) -> None:
        """Append the entry of a `put` to the history."""
        self._append(entry, layout.line(self._number("history"), entry.to_dict()))

    def _append(self, entry: HistoryEntry, line: bytes) -> None:
        self._unsaved.entry(len(self._history))
        self._remember(entry, line)

    def _remember(self, entry: HistoryEntry, line: bytes) -> None:
        self.timeline.note(entry, len(self._history))
        self.correctors.note(entry)
        self._history.append(line)

    def _touch(self, article: str) -> None:
        if self._index:
            self._index.touch(article)

    def _note_number(self, row: DocumentLine) -> int:
        number = layout.number(row.line)
        self._last[row.table] = max(self._last[row.table], number)
        return number

    def _number(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]
