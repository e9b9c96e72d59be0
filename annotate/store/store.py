"""The save file: everything about the articles of one project, in one TinyDB JSON file."""

from __future__ import annotations

import os
import threading
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotate.changes import Change, Edit
from annotate.errors import ModelError, SaveError, StoreDamagedError, StoreError, StoreReadOnlyError
from annotate.model import Claim, Record, sha256
from annotate.store import backups, files, layout
from annotate.store.contents import SCHEMA
from annotate.store.follow import Follower
from annotate.store.history import IMPORT, LABEL, NEW_TEXT, REDO, REPLACE, UNDO, HistoryEntry, replay
from annotate.store.journal import Journal
from annotate.store.lock import WriterLock
from annotate.store.log import log_path
from annotate.store.stored import Stored, Summary

_BOOKKEEPING = frozenset({"status", "decided_by", "updated", "edited", "deleted"})
"""Fields of a claim that say what was done to it: they are not among those in `edited`."""


class Store:
    """The articles, claims and history of one save file, in memory; use `Store.open`.

    `put`, `put_many` and `update_claim` return when what they did is durable. `stage`, `replace`, `apply`, `undo` and
    `redo` change memory only and never wait for a disk; `sync` makes that durable, from any thread. All methods are
    safe to call from several threads.
    """

    def __init__(self, path: Path, lock: WriterLock | None, by: str | None, backups: int) -> None:
        self.path = path
        self.read_only = lock is None
        self.notices = [lock.notice] if lock and lock.notice else []
        """What a person should know of how the file is kept."""
        self._by = by
        self._lock_file = lock
        self._follower = Follower(path)
        self._contents = self._follower.contents
        loaded = self._follower.loaded
        self._old_schema = loaded.schema if loaded.schema < SCHEMA else None
        self._journal = Journal(path, loaded.seen, loaded.log, outdated=loaded.schema < SCHEMA)
        self._backups = backups
        self._memory = threading.RLock()
        self._disk = threading.Lock()
        self._version = 0
        self._durable = 0
        self._closed = False

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, by: str | None = None, backups: int = 0) -> Self:
        """Open a save file; one that does not exist yet is made by the first save.

        Args:
            path: The file; a symbolic link is followed.
            read_only: Take no lock and write nothing, whatever happens.
            by: Who changes things through `update_claim`: human:NAME or engine:VERSION; the configured
                reviewer by default.
            backups: How many older states of the file to keep beside it: one is kept when it is first written
                anew after each opening.

        Raises:
            StoreError: it cannot be used; the subclass says why. Nothing has been touched.
        """
        try:
            path = files.located(path, read_only=read_only)
            lock = None if read_only else WriterLock(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be opened: {error.strerror}", "name another file with --db") from None
        if lock is None:
            return cls(path, None, by, 0)
        try:
            store = cls(path, lock, by, backups)
        except BaseException:
            lock.release()
            raise
        with suppress(SaveError):  # what a killed program has left; it waits in the log as safely
            store.fold()
        store._journal.tidy()  # its own
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        finally:
            self._release()

    def close(self) -> None:
        """Save what is not durable, put everything into the one file and give the lock back.

        Raises:
            SaveError: it could not be saved. The store stays open and can be closed again.
        """
        if not self._closed:
            self.sync()
            try:
                self.fold()
            except SaveError as error:  # all is durable in the log: the next to open the file puts it in
                self.notices.append(f"the newest changes are in {log_path(self.path).name} for now: {error}")
            self._release()

    def _release(self) -> None:
        self._journal.close()
        if self._lock_file and not self._closed:
            self._lock_file.release()
        self._closed = True

    # ------------------------------------------------------------------ reading

    def ids(self) -> list[str]:
        """Return the ids of all articles, in the order they came."""
        with self._memory:
            return list(self._contents.articles)

    def refresh(self) -> bool:
        """Take in what the program that writes the file has done since; for a store open for reading only.

        Returns:
            Whether it had done anything.

        Raises:
            StoreError: the file cannot be used any more; what was read before stays.
        """
        if not self.read_only:
            return False
        with self._memory:
            changed = self._follower.read_on()
            self._contents = self._follower.contents
            return changed

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
            raise StoreDamagedError(f"{self.path} is damaged: {error}", files.REPAIR) from None

    def summaries(self) -> list[Summary]:
        """Return what a list of articles shows, without reading any text."""
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

    def history(self, article_id: str | None = None) -> list[HistoryEntry]:
        """Return who changed what when, oldest first, of one article or all."""
        with self._memory:
            lines = self._contents.history()
        entries = (HistoryEntry.from_dict(layout.document(line)) for line in lines)
        return [entry for entry in entries if article_id in (None, entry.article)]

    # ------------------------------------------------------------------ changing, durable on return

    def put(self, record: Record) -> None:
        """Add an article, or label a known one again (see `annotate.store.relabel`); durable on return.

        Raises:
            ModelError: the record contradicts itself.
            SaveError: it is in memory but could not be saved; `sync` tries again.
        """
        self.put_many((record,))

    def put_many(self, records: Iterable[Record]) -> None:
        """Do what `put` does for many, with one save at the end."""
        for record in _verified(records):
            self.stage(record)
        self.sync()

    def update_claim(self, article_id: str, claim_id: str, **fields: Any) -> None:
        """Set fields of a claim; durable on return.

        A new status is signed and dated; what else a person sets is named in `edited`.

        Raises:
            StoreError: there is no such article, claim or field, or the value does not fit.
            SaveError: it is in memory but could not be saved; `sync` tries again.
        """
        with self._memory:
            record = self.get(article_id)
            by = self._by or _reviewer()
            before, after = _updated(record, claim_id, fields, by)
            if before != after:
                self.apply(Change(article_id, "update", (Edit("claim", before, after),)), by)
        self.sync()

    # ------------------------------------------------------------------ changing, in memory

    def stage(self, record: Record, *, importer: str | None = None) -> Record:
        """Do what `put` does in memory only, and return the article as it is now.

        Args:
            record: What the engine made of the article, or somebody's record of it.
            importer: Who brought that, human:NAME; None for the engine's work.

        Raises:
            ModelError: the record contradicts itself.
            StoreDamagedError: what is stored of the article does.
        """
        _verified((record,))
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
        """Put a record in the place of the article with its id, in memory, whatever people have decided there.

        Raises:
            ModelError: the record contradicts itself.
        """
        _verified((record,))
        with self._memory:
            self._check_writable()
            self._put(record, REPLACE, by)

    def apply(self, change: Change, by: str) -> None:
        """Do what a person did, in memory only; its cost follows the change, not the store.

        Args:
            change: One action.
            by: human:NAME.

        Raises:
            StoreError: there is no such article, or the store is open for reading only.
        """
        self._apply(change, by, change.op)

    def undo(self, by: str) -> Change | None:
        """Take back the last action that has not been taken back, in memory; None when there is none.

        Returns:
            What was done to the article, named after the action; apply it to a record on the screen too.
        """
        return self._step(by, UNDO)

    def redo(self, by: str) -> Change | None:
        """Do again the last action that was undone, in memory; None when there is none."""
        return self._step(by, REDO)

    # ------------------------------------------------------------------ saving

    @property
    def dirty(self) -> bool:
        """Whether something is not durable yet."""
        return self._durable != self._version

    @property
    def waits(self) -> bool:
        """Whether something durable stands in the log and not in the file yet."""
        return self._journal.waits

    def sync(self) -> None:
        """Make everything durable that was done before this call.

        Raises:
            SaveError: it could not be saved. It stays in memory, and the next call tries again.
        """
        with self._disk:
            with self._memory:
                if not self.dirty:
                    return
                version, unsaved = self._version, self._contents.take_unsaved()
                delta = self._contents.delta(unsaved)
            try:
                if self._journal.takes(len(delta)):
                    self._journal.append(delta)
                else:
                    self._fold()
            except BaseException as error:
                with self._memory:
                    self._contents.put_back(unsaved)
                if isinstance(error, OSError):
                    raise files.save_error(self.path, error) from error
                raise
            self._durable = version

    def fold(self) -> None:
        """Put what stands in the log beside the file into the file.

        Raises:
            SaveError: that could not be done; nothing is lost.
        """
        with self._disk:
            if self._journal.waits and not self.read_only:
                try:
                    self._fold()
                except OSError as error:
                    raise files.save_error(self.path, error) from error

    def _fold(self) -> None:
        if self._old_schema:
            backups.keep_as(self.path, self.path.with_name(f"{self.path.name}.schema-{self._old_schema}.bak"))
        backups.keep(self.path, self._backups)
        self._old_schema, self._backups = None, 0
        with self._memory:
            tables = self._contents.tables(self._journal.id)
        self._journal.fold(layout.render(tables))

    # ------------------------------------------------------------------ inside

    def _article(self, article_id: str) -> Stored:
        try:
            return self._contents.articles[article_id]
        except KeyError:
            raise StoreError(f"{self.path} has no article {article_id!r}") from None

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreReadOnlyError(f"{self.path} is open for reading only", "open it without --read-only")
        if self._closed:
            raise StoreError(f"{self.path} has been closed")

    def _apply(self, change: Change, by: str, op: str, of: int | None = None) -> None:
        with self._memory:
            self._check_writable()
            self._article(change.article)
            timeline = self._contents.timeline
            entry = HistoryEntry(
                timeline.last_seq + 1, _now(), by, change.article, timeline.last_group + 1, op, None, None, None, of
            )
            entries = [entry.about(edit, entry.seq + i) for i, edit in enumerate(change.edits)] or [entry]
            self._contents.apply(change, entries)
            self._version += 1

    def _step(self, by: str, op: str) -> Change | None:
        with self._memory:
            self._check_writable()
            timeline = self._contents.timeline
            while groups := timeline.undoable if op == UNDO else timeline.undone:
                group = groups[-1]
                entries = self._contents.group(group)
                edits = [edit for entry in entries if (edit := entry.edit())]
                if op == UNDO:
                    edits = [edit.inverted() for edit in reversed(edits)]
                change = replay(self.get(entries[0].article), entries[0].op, edits)
                self._apply(change, by, op, of=group)
                if change.edits:
                    return change
            return None

    def _put(self, record: Record, op: str, by: str) -> None:
        timeline, articles = self._contents.timeline, self._contents.articles
        before = articles[record.id].outline if record.id in articles else None
        self._contents.put(record)
        after = articles[record.id].outline
        number = timeline.last_seq + 1, timeline.last_group + 1
        self._contents.remember(HistoryEntry(number[0], _now(), by, record.id, number[1], op, None, before, after))
        self._version += 1


def _relabelled(old: Record, new: Record) -> Record:
    from annotate.store.relabel import relabel  # the app needs it after its first paint only

    return relabel(old, new)


def _verified(records: Iterable[Record]) -> list[Record]:
    records = list(records)
    for record in records:
        for problem in record.problems():
            raise ModelError(f"{record.id}: {problem}")
    return records


def _updated(record: Record, claim_id: str, fields: dict[str, Any], by: str) -> tuple[Claim, Claim]:
    """Return a claim before and after a person or the engine sets fields of it."""
    try:
        before = record.claim(claim_id)
    except KeyError:
        raise StoreError(f"article {record.id!r} has no claim {claim_id!r}") from None
    settable = set(Claim.schema) - {"id"}
    if unknown := sorted(set(fields) - settable):
        raise StoreError(
            f"a claim has no field {', '.join(unknown)} to set", f"there are {', '.join(sorted(settable))}"
        )
    given = dict(fields)
    if "status" in fields:
        given.setdefault("decided_by", None if fields["status"] == "suggested" else by)
    given.setdefault("updated", _now())
    try:
        after = Claim.from_dict(before.to_dict() | given, f"claim {claim_id}")
        changed = [f for f in fields if f not in _BOOKKEEPING and getattr(before, f) != getattr(after, f)]
        if by.startswith("human:") and "edited" not in fields:
            after = replace(after, edited=(*before.edited, *(f for f in changed if f not in before.edited)))
        claims = tuple(after if c.id == claim_id else c for c in record.claims)
        _verified((replace(record, claims=claims),))
    except ModelError as error:
        raise StoreError(str(error)) from None
    return before, after


def _reviewer() -> str:
    from annotate.config import reviewer

    return f"human:{reviewer()}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
