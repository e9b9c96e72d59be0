"""One writer: a lock on a small file beside the save file, freed by the system when its holder dies."""

from __future__ import annotations

import errno
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from annotate.errors import StoreError, StoreLockedError

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30

    def _take(descriptor: int) -> None:
        # Windows locks bytes, and nobody may read those: lock one far behind the holder's name.
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write one save file, held until `release` or the end of the process.

    Args:
        path: The save file; the lock file is `PATH.lock`.

    Raises:
        StoreLockedError: somebody else holds it; the message names process and host.
        StoreError: the file system has no locks.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(f"{path.name}.lock")
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _take(descriptor)
            except OSError as error:
                holder = os.pread(descriptor, 1000, 0) if hasattr(os, "pread") else b""
                os.close(descriptor)
                raise _refusal(path, error, holder.decode(errors="replace")) from None
            if self._is_named(descriptor):
                break
            os.close(descriptor)  # its last holder took the file away between our opening and our locking it
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()}\n{socket.gethostname()}\n".encode())

    def release(self) -> None:
        """Give the right back and take the lock file away."""
        if os.name == "nt":
            os.close(self._descriptor)
            with suppress(OSError):
                self._file.unlink()
        else:
            with suppress(OSError):
                self._file.unlink()  # before unlocking: afterwards it may be somebody else's
            os.close(self._descriptor)

    def _is_named(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._file.stat())
        except FileNotFoundError:
            return False


def _refusal(path: Path, error: OSError, holder: str) -> StoreError:
    if error.errno not in _HELD:
        return StoreError(f"{path} cannot be locked: {error.strerror}", "keep the save file on a local disk")
    pid, _, host = holder.strip().partition("\n")
    who = f"process {pid} on {host}" if host else "another program"
    return StoreLockedError(
        f"{path} is open for writing in {who}",
        "close it there, or open it for reading only (--read-only)",
    )
