"""A save file open for changes: its lock, its log, and the moments at which changes become durable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from annotate.errors import SaveError, StoreError, StoreReadOnlyError
from annotate.plural import count
from annotate.store import loading
from annotate.store.disk import layout
from annotate.store.disk.journal import Journal
from annotate.store.disk.lock import WriterLock
from annotate.store.disk.log import log_path
from annotate.store.memory.contents import SCHEMA
from annotate.store.memory.unsaved import Unsaved
from annotate.store.reader import Reader


class Writer(Reader):
    """The content of one save file, and how its changes are made durable; `Store` makes the changes.

    Changes are made in memory, each counted with `_changed`; `sync` and `fold` write them, from any thread.
    """

    def __init__(self, path: Path, lock: WriterLock | None, by: str | None) -> None:
        super().__init__(path, read_only=lock is None)
        self.notices = [lock.notice] if lock and lock.notice else []
        """Warnings about how the file is kept."""
        if self.faults:
            self.notices.append(
                f"{path} is damaged: {count(len(self.faults), 'document')} left out; see onrecord check --db {path}"
            )
        self._by = by
        self._lock_file = lock
        loaded = self._follower.loaded
        self._old_schema = loaded.schema if loaded.schema < SCHEMA else None
        self._journal = Journal(path, loaded.seen, loaded.log, outdated=loaded.schema < SCHEMA)
        self._backups = 0
        self._disk = threading.Lock()
        self._version = 0
        self._durable = 0
        self._closed = False

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, by: str | None = None, backups: int = 0) -> Self:
        """Open a save file; one that does not exist yet is made by the first save.

        Args:
            path: The file; a symbolic link is followed.
            read_only: Take no lock and never write.
            by: Who changes things through `update_claim`: human:NAME or engine:VERSION; the configured
                reviewer by default.
            backups: Number of older states of the file to keep beside it: one is kept when the file is first
                rewritten after each opening.

        Raises:
            StoreError: it cannot be used; the subclass says why. Nothing has been touched.
        """
        try:
            path = loading.located(path, read_only=read_only)
            lock = None if read_only else WriterLock(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be opened: {error.strerror}", "name another file with --db") from None
        if lock is None:
            return cls(path, None, by)
        try:
            store = cls(path, lock, by)
        except BaseException:
            lock.release()
            raise
        with suppress(SaveError):  # what a killed program has left; it waits in the log as safely
            store.fold()
        store._journal.tidy()
        store._backups = backups  # from now on: what has been folded in belongs to the sitting before
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
        """Save all changes, fold the log into the file and release the lock.

        Raises:
            SaveError: it could not be saved. The store stays open and can be closed again.
        """
        if not self._closed:
            self.sync()
            try:
                self.fold()
            except SaveError as error:  # all is durable in the log: the next to open the file puts it in
                self.notices.append(
                    f"the newest changes are still in {log_path(self.path).name}, to be read with the file: {error}"
                )
            self._release()

    def _release(self) -> None:
        self._journal.close()
        if self._lock_file and not self._closed:
            self._lock_file.release()
        self._closed = True

    # ------------------------------------------------------------------ saving

    @property
    def dirty(self) -> bool:
        """True while some changes are not durable yet."""
        return self._durable != self._version

    @property
    def waits(self) -> bool:
        """True while durable changes are in the log but not in the file."""
        return self._journal.waits

    def sync(self) -> None:
        """Make all changes made before this call durable.

        Raises:
            SaveError: it could not be saved. It stays in memory, and the next call tries again.
        """
        with self._disk:
            with self._memory:
                if not self.dirty:
                    return
                self._check_open()
                version, unsaved = self._version, self._contents.take_unsaved()
                delta = self._contents.delta(unsaved)
                fits = self._journal.takes(len(delta))
                if not fits:
                    self._contents.put_back(unsaved)
            if fits:
                self._save(version, unsaved, partial(self._journal.append, delta))
            else:
                self._fold()

    def fold(self) -> None:
        """Fold the log and all unsaved changes into the file.

        Raises:
            SaveError: that could not be done; nothing is lost.
        """
        with self._disk:
            if self._journal.waits and not self.read_only:
                self._check_open()
                self._fold()

    def _fold(self) -> None:
        with self._memory:
            version, unsaved = self._version, self._contents.take_unsaved()
            tables = self._contents.tables(self._journal.id)
        self._save(version, unsaved, partial(self._write_anew, tables))

    def _write_anew(self, tables: Mapping[str, Iterable[bytes]]) -> None:
        if self._old_schema or self._backups:
            self._keep_old_state()
        self._journal.fold(layout.render(tables))
        self._old_schema, self._backups = None, 0

    def _save(self, version: int, unsaved: Unsaved, write: Callable[[], None]) -> None:
        """Write the changes up to a version; if that fails, they count as unsaved again."""
        try:
            write()
        except BaseException as error:
            with self._memory:
                self._contents.put_back(unsaved)
            if isinstance(error, OSError):
                raise loading.save_error(self.path, error) from error
            raise
        self._durable = version

    def _check_open(self) -> None:
        if self._closed:
            raise SaveError(f"{self.path} could not be saved: it has already been closed", "open it again")

    def _keep_old_state(self) -> None:
        from annotate.store.disk import backups  # seldom needed, and never before the first paint

        if self._old_schema and self.path.exists():
            backups.keep_as(self.path, self.path.with_name(f"{self.path.name}.schema-{self._old_schema}.bak"))
        backups.keep(self.path, self._backups)

    # ------------------------------------------------------------------ for subclasses

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreReadOnlyError(f"{self.path} is open for reading only", "open it without --read-only")
        if self._closed:
            raise StoreError(f"{self.path} has been closed")

    def _changed(self) -> None:
        """Count a change in memory, which is not durable yet."""
        self._version += 1
