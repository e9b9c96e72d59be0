"""Replace a file as a whole: any reader sees either the old content or the new one, complete."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotate.safe_files import create

if sys.platform != "win32":
    import fcntl

_CANNOT_SYNC_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""Errors of file systems that cannot sync a folder."""


def replace_file(path: Path, chunks: Iterable[bytes], like: Path | None = None) -> None:
    """Write a file so that it survives a kill and a power cut, or leave the old one untouched.

    The new file is written beside the old one, synced, renamed over it, and the folder synced: only then does this
    return.

    Args:
        path: The file.
        chunks: What to write.
        like: The file of which to take owner and permissions, by default the old one.

    Raises:
        OSError: it could not be written, or could not be made durable; nothing is left behind.
    """
    write_beside(path, chunks, like)
    put_in_place(path)


def write_beside(path: Path, chunks: Iterable[bytes], like: Path | None = None) -> None:
    """Write the new file beside the one to replace, and sync it.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    with _deleted_on_failure(temporary(path)) as new:
        descriptor = create(new)
        try:
            keep_owner(like or path, descriptor)
            for chunk in chunks:
                write_all(descriptor, chunk)
            sync_file(descriptor)
        finally:
            os.close(descriptor)


def put_in_place(path: Path) -> None:
    """Rename the output of `write_beside` over the file; durable on return.

    Raises:
        OSError: it could not be renamed, and nothing is left behind; or it was, but perhaps not durably.
    """
    with _deleted_on_failure(temporary(path)) as new:
        new.replace(path)
    sync_folder(path.parent)


@contextmanager
def _deleted_on_failure(new: Path) -> Iterator[Path]:
    """Delete a temporary file if the block fails."""
    try:
        yield new
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def temporary(path: Path) -> Path:
    """Return the path of the new file while it is written."""
    return path.with_name(f".{path.name}.tmp")


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


def sync_file(descriptor: int) -> None:
    """Make the written bytes of a file, and its length, durable."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # its fsync leaves the bytes in the drive's own memory
    elif sys.platform == "win32":
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all the bytes, in as many calls as that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def keep_owner(path: Path, descriptor: int) -> None:
    """Give an open file the owner and permissions of the one at `path`, if there is one."""
    if os.name == "nt":
        return
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    with suppress(PermissionError):  # a group's file, written by one of them, becomes that one's
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
