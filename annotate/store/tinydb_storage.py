"""A TinyDB storage that loses no writes; each costs one appended line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from annotate.errors import StoreDamagedError, StoreError
from annotate.store.disk import delta, layout
from annotate.store.disk.journal import Journal, fingerprint
from annotate.store.disk.lock import WriterLock
from annotate.store.loading import bytes_of, waiting

_LOG_TABLE = "_log"
"""Table of the file, hidden from TinyDB, that names the log folded into it last."""

Tables = dict[str, dict[str, Any]]


class LoggedJSONStorage(Storage):
    """Keep a TinyDB in a UTF-8 JSON file, with a log beside it of the changes since the file was written.

    >>> db = TinyDB("notes.json", storage=LoggedJSONStorage)

    A write appends the documents that it changes to the log and syncs it; `close` folds the log into the file. A kill
    or a power cut loses no write that has returned: the next to open the file finds it in the log. Unlike TinyDB's own
    storage it makes no file before the first write, and nobody else can open the file with it at the same time.

    Args:
        path: The file; a symbolic link is followed.

    Raises:
        StoreError: somebody else has it open, what stands on the disk contradicts itself or is no tables of documents,
            or it has a table `_log`.
        orjson.JSONDecodeError: the file is damaged.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self.path = Path(path).resolve()
        self._lock = WriterLock(self.path)
        try:
            self._tables, self._journal = self._opened()
        except BaseException:
            self._lock.release()
            raise
        self._journal.tidy()

    def read(self) -> Tables | None:
        """Return all tables, None when nothing was ever written."""
        if self._tables is None:
            return None
        return {
            name: {layout.key(line): layout.document(line) for line in lines.values()}
            for name, lines in self._tables.items()
        }

    def write(self, data: Tables) -> None:
        """Replace all tables; durable on return.

        Raises:
            TypeError: something in them is no JSON; nothing is written.
            OSError: it could not be saved; nothing is lost.
        """
        new = {
            name: {str(number): layout.line(number, document) for number, document in documents.items()}
            for name, documents in data.items()
        }
        change = _delta(self._tables or {}, new)
        if set(new) == set(self._tables or {}) and self._journal.takes(len(change)):
            self._journal.append(change)
        else:  # tables have come or gone
            self._fold(new)
        self._tables = new

    def close(self) -> None:
        """Fold the log into the file, if there is room, and let others open it."""
        with suppress(OSError, StoreError):
            if self._journal.waits and self._tables is not None:
                self._fold(self._tables)
        self._journal.close()
        self._lock.release()

    def _fold(self, tables: dict[str, dict[str, bytes]]) -> None:
        mark = [layout.line(1, {"folded": self._journal.id})] if self._journal.id else []
        lines = {name: list(documents.values()) for name, documents in tables.items()}
        self._journal.fold(layout.render({**lines, _LOG_TABLE: mark} if mark else lines))

    def _opened(self) -> tuple[dict[str, dict[str, bytes]] | None, Journal]:
        seen = fingerprint(self.path)
        data = bytes_of(self.path) if seen else b""
        tables: Tables = {}
        try:
            for row in layout.rows_of(data) if data else ():
                tables.setdefault(row.table, {})[layout.key(row.line)] = row.document
        except layout.NotTablesError as error:
            raise StoreDamagedError(f"{self.path} is damaged: {error}", "restore a backup") from None
        marks = list(tables.pop(_LOG_TABLE, {}).values())
        if any(mark.keys() != {"folded"} for mark in marks):
            raise StoreError(
                f"{self.path} has a table {_LOG_TABLE} of its own",
                "rename it: this storage uses that name itself",
            )
        folded = [mark["folded"] for mark in marks]
        log = waiting(self.path, next(iter(folded), None))
        for change in log.deltas if log else ():
            change.apply(tables)
        lines = {
            name: {number: layout.line(number, document) for number, document in documents.items()}
            for name, documents in tables.items()
        }
        return lines if data else None, Journal(self.path, seen, log, outdated=False)


def _delta(old: dict[str, dict[str, bytes]], new: dict[str, dict[str, bytes]]) -> bytes:
    """Return the delta from one set of tables to another."""
    put = {
        name: [line for number, line in lines.items() if old.get(name, {}).get(number) != line]
        for name, lines in new.items()
    }
    return delta.render(put, {}, {name: list(_gone(lines, new.get(name, {}))) for name, lines in old.items()})


def _gone(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[bytes]:
    return (layout.line(number, {}) for number in old if number not in new)
