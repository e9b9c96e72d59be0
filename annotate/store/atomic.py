"""Replace a file as a whole: whoever reads it, whenever, sees the old one or the new one, complete."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CANNOT_SYNC_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems say that have no way to sync a folder."""


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that it survives a kill and a power cut, or leave the old one untouched.

    The new file is written beside the old one, synced, renamed over it, and the folder synced: only then does this
    return. Owner and permissions are the old file's.

    Raises:
        OSError: it could not be written, or could not be made durable; nothing is left behind.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o666)
        try:
            _keep_owner(path, descriptor)
            for chunk in chunks:
                _write(descriptor, chunk)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names made or changed in a folder durable."""
    if os.name == "nt":
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def _write(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_owner(path: Path, descriptor: int) -> None:
    if os.name == "nt":
        return
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    with suppress(PermissionError):  # a group's file, written by one of them, becomes that one's
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
