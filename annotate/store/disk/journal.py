"""Make changes of a save file durable: each by a line in the log, and now and then by rewriting the file.

The log applies to one state of the file, and the file names the log that was folded into it last. So after a kill or
a power cut at any moment, the two show which changes are only in the log:

1. append: write a line, sync the log (and, for its first line, the folder). Then the change is acknowledged.
2. fold: write the new file beside the old one, sync it, rename it over the old one, sync the folder; then remove the
   log. Between rename and removal the file names the log as folded, and the log is ignored.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annotate.errors import SaveError
from annotate.safe_files import create, open_regular
from annotate.store.disk import log
from annotate.store.disk.atomic import (
    keep_owner,
    put_in_place,
    sync_file,
    sync_folder,
    temporary,
    write_all,
    write_beside,
)
from annotate.store.disk.log import Log, log_path

_ROOM = 8_000_000
"""Bytes to which a log may always grow, even beside a smaller file."""


class Journal:
    """Writes one file and its log. Not thread-safe; the writer holds the lock of the file.

    Args:
        path: The file, which need not exist yet.
        seen: Its `fingerprint` when it was read.
        waiting: The log whose changes are not in it yet.
        outdated: True for a file of an older schema, which is rewritten before anything is appended.
    """

    def __init__(self, path: Path, seen: tuple[int, ...] | None, waiting: Log | None, *, outdated: bool) -> None:
        self.path = path
        self._seen = seen
        self.id = waiting.id if waiting else None
        """Id of the log; None while there is none."""
        self._end = waiting.end if waiting else 0
        self._descriptor: int | None = None
        self._left = False
        """True if an outdated log could not be deleted."""
        self._must_fold = outdated

    def tidy(self) -> None:
        """Remove leftovers of a killed program: a half-written file, a log already folded in."""
        with suppress(OSError):
            temporary(self.path).unlink(missing_ok=True)
        if not self.waits:
            self._take_log_away()

    @property
    def waits(self) -> bool:
        """True while the log holds changes that are not in the file."""
        return self.id is not None

    def takes(self, size: int) -> bool:
        """Tell whether a change of this size can be appended; otherwise the file has to be rewritten."""
        if self._must_fold or self._seen is None or fingerprint(self.path) is None or not self._is_there():
            return False
        return self._end + size <= max(_ROOM, self._seen[1])

    def append(self, delta: bytes) -> None:
        """Append a change to the log; durable on return.

        Raises:
            SaveError: another program has changed the file.
            OSError: it could not be written; what was durable before still is.
        """
        self._check_unchanged()
        line = log.line(delta)
        try:
            descriptor, start = self._opened()
            os.lseek(descriptor, start, os.SEEK_SET)
            os.ftruncate(descriptor, start)  # what a failed append has left
            write_all(descriptor, line)
        except OSError:
            if self._descriptor is not None and not self.waits:
                self._forget()
            raise
        self._sync(descriptor)
        self._end = start + len(line)

    def fold(self, chunks: Iterable[bytes]) -> None:
        """Rewrite the file and remove the log; durable on return.

        Args:
            chunks: The new file, which names `id` as the log that was folded into it last.

        Raises:
            SaveError: another program has changed the file.
            OSError: it could not be written; what was durable before still is.
        """
        self._check_unchanged()
        write_beside(self.path, chunks)
        new = fingerprint(temporary(self.path))
        try:
            self._check_unchanged()
            put_in_place(self.path)
        finally:
            if new and fingerprint(self.path) == new:
                self._seen = new
                self._must_fold = True  # the log counts no more; and perhaps the new file is not durable yet
            else:
                temporary(self.path).unlink(missing_ok=True)
        self._forget()

    def close(self) -> None:
        """Close the log."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _opened(self) -> tuple[int, int]:
        """Return the open log, and the offset of the next line."""
        if not self.waits:
            return self._begin()
        if self._descriptor is None:
            self._descriptor = open_regular(log_path(self.path), os.O_RDWR, follow=False)
        return self._descriptor, self._end

    def _is_there(self) -> bool:
        """Tell whether the log is still in its place; somebody may have removed it."""
        try:
            named = log_path(self.path).lstat()
        except OSError:
            return not self.waits
        return self._descriptor is None or os.path.samestat(os.fstat(self._descriptor), named)

    def _begin(self) -> tuple[int, int]:
        """Create a new log; it takes effect with its first durable line."""
        identity = os.urandom(8).hex()
        heading = log.heading(identity, log.digest(self.path))
        self._check_unchanged()
        if log_path(self.path).exists() and not self._left:  # the lock file has been removed, and somebody has come in
            raise self._changed()
        self._descriptor = create(log_path(self.path))
        keep_owner(self.path, self._descriptor)
        write_all(self._descriptor, heading)
        sync_file(self._descriptor)  # so that never more than one line may be torn
        sync_folder(self.path.parent)
        self.id, self._end = identity, len(heading)
        return self._descriptor, len(heading)

    def _sync(self, descriptor: int) -> None:
        try:
            sync_file(descriptor)
        except OSError:
            self._must_fold = True  # which of its pages have reached the disk, nobody can say any more
            raise

    def _forget(self) -> None:
        self.close()
        self._take_log_away()
        self.id, self._end, self._must_fold = None, 0, False

    def _take_log_away(self) -> None:
        try:
            log_path(self.path).unlink(missing_ok=True)
        except OSError:  # the file says that it is folded
            self._left = True

    def _check_unchanged(self) -> None:
        if fingerprint(self.path) not in (None, self._seen):
            raise self._changed()

    def _changed(self) -> SaveError:
        return SaveError(
            f"{self.path} could not be saved: another program has changed it",
            "move that file away; everything is then saved to a new one",
        )


def fingerprint(path: Path) -> tuple[int, ...] | None:
    """Return a value that changes with every write to the file; None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
