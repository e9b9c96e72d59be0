"""The save file: everything about the articles of one project, in one TinyDB JSON file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotate.changes import Change, Edit
from annotate.clock import now
from annotate.errors import ModelError, StoreError
from annotate.model import Record
from annotate.origin import human
from annotate.store.memory.claim_fields import updated
from annotate.store.memory.history import (
    IMPORT,
    LABEL,
    NEW_TEXT,
    REDO,
    REPLACE,
    UNDO,
    HistoryEntry,
    by_article,
    replay,
)
from annotate.store.writer import Writer


class Store(Writer):
    """The articles, claims and history of one save file, in memory; use `Store.open`.

    `put`, `put_many` and `update_claim` return when what they did is durable. `stage`, `replace`, `apply`, `undo` and
    `redo` change memory only and never wait for a disk; `sync` makes that durable, from any thread. All methods are
    safe to call from several threads.
    """

    # ------------------------------------------------------------------ changing, durable on return

    def put(self, record: Record) -> None:
        """Add an article, or label a known one again (see `annotate.store.combine.relabel`); durable on return.

        Raises:
            ModelError: the record contradicts itself.
            SaveError: it is in memory but could not be saved; `sync` tries again.
        """
        self.put_many((record,))

    def put_many(self, records: Iterable[Record]) -> None:
        """Put many records, with one save at the end."""
        records = list(records)
        for record in records:
            record.verify(record.id)
        for record in records:
            self._stage(record)
        self.sync()

    def update_claim(self, article_id: str, claim_id: str, **fields: Any) -> None:
        """Set fields of a claim; durable on return.

        A new status gets author and time; other fields that a person sets are listed in `edited`.

        Raises:
            StoreError: there is no such article, claim or field, or the value does not fit.
            SaveError: it is in memory but could not be saved; `sync` tries again.
        """
        with self._memory:
            record = self.get(article_id)
            by = self._by or _reviewer()
            before, after = updated(record, claim_id, fields, by)
            if before != after:
                self.apply(Change(article_id, "update", (Edit("claim", before, after),)), by)
        self.sync()

    # ------------------------------------------------------------------ changing, in memory

    def relabelled(self, record: Record) -> Record:
        """Return the record that `put` would store: a person's decisions on the article stay.

        Raises:
            StoreDamagedError: what is stored of the article contradicts itself.
        """
        return _relabelled(self.get(record.id), record) if self.has(record.id) else record

    def stage(self, record: Record, *, importer: str | None = None) -> Record:
        """Put a record in memory only, and return the article as it is now.

        Args:
            record: What the engine made of the article, or somebody's record of it.
            importer: Who brought that, human:NAME; None for the engine's work.

        Raises:
            ModelError: the record contradicts itself.
            StoreDamagedError: what is stored of the article does.
        """
        record.verify(record.id)
        return self._stage(record, importer)

    def _stage(self, record: Record, importer: str | None = None) -> Record:
        with self._memory:
            self._check_writable()
            old = self.get(record.id) if self.has(record.id) else None
            merged = _relabelled(old, record) if old else record
            if merged == old:
                return merged
            engine = next((c.origin for c in record.claims if c.origin.startswith("engine:")), None)
            op = NEW_TEXT if old and old.text != record.text else IMPORT if importer else LABEL
            if engine:
                self._contents.set_engine(engine)
            self._put(merged, op, importer or engine or self._by or "engine")
            return merged

    def replace(self, record: Record, by: str) -> None:
        """Replace the article with a record's id, in memory, people's decisions included.

        Raises:
            ModelError: the record contradicts itself.
        """
        record.verify(record.id)
        with self._memory:
            self._check_writable()
            self._put(record, REPLACE, by)

    def apply(self, change: Change, by: str) -> None:
        """Apply a person's action, in memory only; its cost depends on the change, not on the size of the store.

        Args:
            change: One action.
            by: human:NAME.

        Raises:
            StoreError: there is no such article, or the store is open for reading only.
        """
        self.apply_all((change,), by)

    def apply_all(self, changes: Sequence[Change], by: str) -> None:
        """Apply a person's action that changes several articles, in memory only; it is undone as one.

        Raises:
            StoreError: there is no such article, what is to change is not as the changes have it before, or the store
                is open for reading only; nothing is done.
        """
        with self._memory:
            self._check_writable()
            for change in changes:
                stored = self._article(change.article)
                if not all(map(stored.is_current, change.edits)):
                    raise StoreError(
                        f"the article {change.article!r} has changed in the meantime, so nothing was done", "try again"
                    )
            self._apply(changes, by)

    def undo(self, by: str, known: Record | None = None) -> tuple[Change, ...]:
        """Undo the last action that has not been undone, in memory.

        Args:
            by: human:NAME.
            known: An article as it is now, which then need not be parsed.

        Returns:
            What was done to each article, named after the action, none where there is nothing to undo; apply it to
            a record on the screen too.
        """
        return self._step(by, UNDO, known)

    def redo(self, by: str, known: Record | None = None) -> tuple[Change, ...]:
        """Redo the last undone action, in memory; return its changes, none where there is nothing to redo."""
        return self._step(by, REDO, known)

    # ------------------------------------------------------------------ inside

    def _apply(self, changes: Sequence[Change], by: str, op: str = "", of: int | None = None) -> None:
        with self._memory:
            self._check_writable()
            for change in changes:
                self._article(change.article)
            timeline = self._contents.timeline
            group, at = timeline.last_group + 1, now()
            for change in changes:
                seq = timeline.last_seq + 1
                entry = HistoryEntry(seq, at, by, change.article, group, op or change.op, None, None, None, of)
                entries = [entry.about(edit, seq + i) for i, edit in enumerate(change.edits)] or [entry]
                self._contents.apply(change, entries)
            self._changed()

    def _step(self, by: str, op: str, known: Record | None) -> tuple[Change, ...]:
        with self._memory:
            self._check_writable()
            timeline = self._contents.timeline
            while groups := timeline.undoable if op == UNDO else timeline.undone:
                group = groups[-1]
                entries = {a: its for a, its in by_article(self._contents.group(group)).items() if self.has(a)}
                if not entries:  # a repair could not save the articles
                    groups.pop()
                    continue
                changes = [self._again(article, its_own, op, known) for article, its_own in entries.items()]
                self._apply(changes, by, op, of=group)
                if changed := tuple(change for change in changes if change.edits):
                    return changed
            return ()

    def _again(self, article: str, entries: Sequence[HistoryEntry], op: str, known: Record | None) -> Change:
        """Return the change that undoes or redoes the entries of one action in an article."""
        since = self._contents.timeline.replaced.get(article, 0)
        try:
            edits = [edit for entry in entries if entry.seq > since and (edit := entry.edit())]
        except ModelError as error:
            raise self.damaged(error.message) from None
        if op == UNDO:
            edits = [edit.inverted() for edit in reversed(edits)]
        if known is not None and known.id == article:
            change = replay(known, entries[0].op, edits)
            if change.edits and all(map(self._article(article).is_current, change.edits)):
                return change
        return replay(self.get(article), entries[0].op, edits)

    def _put(self, record: Record, op: str, by: str) -> None:
        timeline, articles = self._contents.timeline, self._contents.articles
        before = articles[record.id].outline if record.id in articles else None
        self._contents.put(record)
        after = articles[record.id].outline
        number = timeline.last_seq + 1, timeline.last_group + 1
        self._contents.remember(HistoryEntry(number[0], now(), by, record.id, number[1], op, None, before, after))
        self._changed()


def _relabelled(old: Record, new: Record) -> Record:
    from annotate.store.combine.relabel import relabel  # the app needs it after its first paint only

    return relabel(old, new)


def _reviewer() -> str:
    from annotate.config import reviewer

    return human(reviewer())
