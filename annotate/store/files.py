"""Find and load a save file, and say what is wrong with one that cannot be used."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import orjson

from annotate.errors import (
    ModelError,
    SaveError,
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreNewerError,
    StoreReadOnlyError,
)
from annotate.store import layout
from annotate.store.contents import PROGRAM, SCHEMA, Contents

REPAIR = "nothing has been touched; save what can be saved with: onrecord check --repair OUT"
_READ_ONLY = "make it writable, or open it for reading only (--read-only)"
_SAVE_HINTS = {
    errno.ENOSPC: "make room on the disk; the changes are kept here and saved again",
    errno.EDQUOT: "make room within your quota; the changes are kept here and saved again",
}
_KEPT = "the changes are kept here and saved again when that is put right"


def located(path: str | Path, *, read_only: bool) -> Path:
    """Return the real path of a save file that can be opened as asked, whether it exists yet or not.

    Raises:
        StoreError: it is no file, its folder is missing, or it cannot be written.
    """
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise StoreError(f"{path} is a folder", "name a file in it: --db FOLDER/annotations.json")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is not a regular file")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist", "make the folder first")
    if read_only:
        if not path.exists():
            raise StoreError(f"{path} does not exist", "open it for writing first, or name another with --db")
        return path
    # The mode is looked at too: to the superuser everything is writable, also what was protected on purpose.
    if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise StoreReadOnlyError(f"{path} cannot be written: the file is read-only", _READ_ONLY)
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnlyError(f"{path} cannot be written: its folder is read-only", _READ_ONLY)
    return path


def load(path: Path) -> Contents:
    """Return what a save file holds; nothing when there is none.

    Raises:
        StoreError: it cannot be read, is damaged, foreign, or newer than this program.
    """
    try:
        contents = _read(path)
    except FileNotFoundError:
        return Contents()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from None
    except ModelError as error:
        raise StoreDamagedError(f"{path} is damaged: {error.message}", REPAIR) from None
    except orjson.JSONDecodeError as error:
        if not error.doc:
            raise StoreDamagedError(f"{path} is empty", "take it away, or put a backup in its place") from None
        raise StoreDamagedError(f"{path} is damaged: it is cut off or not JSON ({error})", REPAIR) from None
    except layout.NotTablesError:
        contents = None
    schema = contents.meta.get("schema") if contents and contents.recognised else None
    if contents is None or not isinstance(schema, int):
        raise StoreForeignError(f"{path} was not written by {PROGRAM}", "name another file with --db")
    newer = f"its schema is {schema}" if schema > SCHEMA else contents.newer and f"it holds {contents.newer}"
    if newer:
        raise StoreNewerError(
            f"{path} was written by a newer {PROGRAM} ({newer}, this one knows {SCHEMA})",
            "update this program; nothing has been touched",
        )
    return contents


def fingerprint(path: Path) -> tuple[int, ...] | None:
    """Return what changes when anybody writes a file, None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def save_error(path: Path, error: OSError) -> SaveError:
    """Return what a person needs to know of a failed save."""
    why = error.strerror or str(error)
    return SaveError(f"{path} could not be saved: {why}", _SAVE_HINTS.get(error.errno or 0, _KEPT))


def _read(path: Path) -> Contents:
    try:
        with path.open("rb") as stream:
            return Contents.of(layout.rows(stream))
    except layout.OtherLayoutError:
        return Contents.of(layout.rows_of(path.read_bytes()))
