"""Find and load a save file, and follow it while another program writes it; the errors are meant for a person."""

from __future__ import annotations

import errno
import os
import re
from collections import deque
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotate.errors import (
    ModelError,
    OnrecordError,
    SaveError,
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreMismatchError,
    StoreNewerError,
    StoreReadOnlyError,
)
from annotate.safe_files import open_for_reading, open_input, read_bytes
from annotate.store.disk import layout
from annotate.store.disk.journal import fingerprint
from annotate.store.disk.log import REPAIR, Log, bodies, damaged, delta, digest, log_path
from annotate.store.disk.log import read as read_log
from annotate.store.memory import document_faults
from annotate.store.memory.contents import LOG, PROGRAM, SCHEMA, Contents

_READ_ONLY = "make it writable, or open it for reading only (--read-only)"
_SAVE_HINTS = {
    errno.ENOSPC: "free some disk space; the changes are kept in memory and saved then",
    errno.EDQUOT: "free some of your quota; the changes are kept in memory and saved then",
}
_KEPT = "the changes are kept in memory and saved when that is fixed"
_OUR_START = re.compile(rb'\0|(\xef\xbb\xbf)?\s*(\{\s*("|\Z)|\Z)')
_OUR_MARK = f'"{PROGRAM}"'.encode()


def located(path: str | Path, *, read_only: bool) -> Path:
    """Return the real path of a save file, existing or not, that can be opened as asked.

    Raises:
        StoreError: it is not a file, its folder is missing, or it cannot be written.
    """
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise StoreError(f"{path} is a folder", "name a file in it: --db FOLDER/annotations.json")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is not a regular file", "name a file with --db")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist", "create the folder first")
    if read_only:
        if not path.exists():
            raise StoreError(f"{path} does not exist", "create it without --read-only, or name another with --db")
        return path
    # The mode is looked at too: to the superuser everything is writable, also what was protected on purpose.
    if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise StoreReadOnlyError(f"{path} cannot be written: the file is read-only", _READ_ONLY)
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnlyError(f"{path} cannot be written: its folder is read-only", _READ_ONLY)
    return path


class Loaded(NamedTuple):
    """Content of a save file and its log, with their fingerprints at the time of reading."""

    contents: Contents
    seen: tuple[int, ...] | None
    log: Log | None
    """The log, if its changes are not in the file yet."""
    schema: int
    """Schema of the file."""


def load(path: Path) -> Loaded:
    """Load a save file and the log beside it; empty contents where there is no file.

    Raises:
        StoreError: it cannot be read, is damaged, foreign, or newer than this program.
    """
    seen = fingerprint(path)
    contents = _contents(path)
    schema: int = contents.meta["schema"]
    contents.meta = contents.meta | {"schema": SCHEMA}  # the documents of older schemas are those of today's
    try:
        log = waiting(path, contents.meta.get(LOG))
    except StoreMismatchError:
        if fingerprint(path) == seen:
            raise
        log = None
    if fingerprint(path) != seen:  # written anew in between: file and log may not be of one state
        return load(path)
    for number, change in enumerate(log.deltas if log else (), 2):
        try:
            contents.update(change)
        except ModelError as error:
            raise damaged(log_path(path), number, error.message) from None
    return Loaded(contents, seen, log, schema)


def waiting(path: Path, folded: Any) -> Log | None:
    """Return the log beside a file if its changes are not in the file yet.

    Args:
        path: The file.
        folded: What the file says: the id of the log that was folded into it last.

    Raises:
        StoreMismatchError: it applies to another state of the file.
        StoreDamagedError: it is damaged.
        StoreError: it cannot be read.
    """
    where = log_path(path)
    try:
        log = read_log(path)
        if log is None or log.id == folded:
            return None
        fits = path.exists() and digest(path) == log.base
    except OSError as error:
        raise StoreError(f"{where} cannot be read: {error.strerror}", f"move {where.name} away") from None
    if not fits:
        raise StoreMismatchError(
            f"{where} does not fit {path.name}, which is missing or was changed after the log was begun",
            f"restore {path.name}, combine both with onrecord check --db FILE --repair OUT, or move {where.name} away",
        )
    return log


def _contents(path: Path) -> Contents:
    try:
        contents = _read(path)
    except FileNotFoundError:
        return Contents()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}", "check its permissions") from None
    except ModelError as error:
        raise StoreDamagedError(f"{path} is damaged: {error.message}", REPAIR) from None
    except orjson.JSONDecodeError as error:
        data = bytes_of(path)
        if not data:
            raise StoreDamagedError(f"{path} is empty", "remove it, or restore a backup") from None
        if _was_ours(data):
            raise StoreDamagedError(f"{path} is damaged: it is cut off or not JSON ({error})", REPAIR) from None
        contents = None
    except layout.NotTablesError as error:
        if _names_us(error.tables):
            raise StoreDamagedError(f"{path} is damaged: {error}", REPAIR) from None
        contents = None
    if contents is None or not contents.recognised:
        raise StoreForeignError(f"{path} is not an Onrecord save file", "name another file with --db")
    schema: Any = contents.meta.get("schema")
    if why := document_faults.meta_fault("schema", schema):
        raise StoreDamagedError(f"{path} is damaged: meta: {why}", REPAIR)
    newer = f"its schema is {schema}" if schema > SCHEMA else contents.newer and f"it holds {contents.newer}"
    if newer:
        raise StoreNewerError(
            f"{path} was written by a newer {PROGRAM} ({newer}; this version reads up to {SCHEMA})",
            "update this program; nothing has been changed",
        )
    return contents


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a save file.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        return read_bytes(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}", "check its permissions") from None


def _was_ours(data: bytes) -> bool:
    """Tell whether bytes that are not JSON were a save file once, by their beginning or this program's name.

    A power cut can leave a file of zeros. Whole JSON on the first line, and more, is JSON Lines.
    """
    if not _OUR_START.match(data) and _OUR_MARK not in data:
        return False
    try:
        deque(layout.rows_of(data.partition(b"\n")[0]), maxlen=0)
    except orjson.JSONDecodeError:
        return True
    except layout.NotTablesError:
        return False
    return True


def _names_us(tables: object) -> bool:
    """Tell whether JSON of another shape names this program as its writer."""
    meta = tables.get("meta") if isinstance(tables, dict) else None
    documents = meta.values() if isinstance(meta, dict) else ()
    return any(isinstance(document, dict) and document.get("program") == PROGRAM for document in documents)


def new_file(path: str | Path) -> Path:
    """Return the real path of a new file.

    Raises:
        StoreError: there is one, a link of that name, or the log of one.
    """
    path = Path(path)
    for there in (path, log_path(path)):
        if os.path.lexists(there):
            raise StoreError(f"{there} exists already", "name a new file: existing files are never overwritten")
    return Path(os.path.realpath(path))


def save_error(path: Path, error: OSError) -> SaveError:
    """Return the error for a failed save."""
    why = error.strerror or str(error)
    return SaveError(f"{path} could not be saved: {why}", _SAVE_HINTS.get(error.errno or 0, _KEPT))


def _read(path: Path) -> Contents:
    try:
        with open_input(path) as stream:
            return Contents.of(layout.rows(stream))
    except layout.OtherLayoutError:
        return Contents.of(layout.rows_of(read_bytes(path)))


class Follower:
    """Content of a save file and its log, as of the last time they were read.

    Raises:
        StoreError: they cannot be used; the subclass says why.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.loaded = self._load()

    @property
    def contents(self) -> Contents:
        """Content of file and log."""
        return self.loaded.contents

    def has_news(self) -> bool:
        """Tell whether the file or the log has been written since."""
        return (fingerprint(self.path), fingerprint(log_path(self.path))) != (self.loaded.seen, self._log_seen)

    def again(self) -> Follower:
        """Read everything again.

        Raises:
            StoreError: they cannot be used any more.
        """
        return Follower(self.path)

    def _load(self) -> Loaded:
        log_seen = fingerprint(log_path(self.path))
        loaded = load(self.path)
        self._log_seen = log_seen
        self._end = loaded.log.end if loaded.log else 0
        return loaded

    def read_on(self) -> bool:
        """Read the log's new lines; False if file or log were replaced, and everything must be read again."""
        where, before = log_path(self.path), self._log_seen
        now = fingerprint(where)
        same = before and now and now[0] == before[0] and fingerprint(self.path) == self.loaded.seen
        if not (same and now and 0 < self._end <= now[1]):
            return False
        try:
            with open_for_reading(where, follow=False) as file:
                file.seek(self._end)
                data = file.read()
            start = self._end
            for body, end in bodies(where, data):
                self.contents.update(delta(where, 0, body))
                self._end = start + end
        except (OSError, OnrecordError):
            return False
        self._log_seen = now
        return True
