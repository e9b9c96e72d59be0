"""One writer: a lock on a small file beside the save file, freed by the system when its holder dies.

Some file systems, mostly network shares, have no locks. There a file that only one process can create is used instead;
it names the process, its start and the host, so that a file left by a killed program is recognised on the same host.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
from contextlib import suppress
from pathlib import Path

from annotate.errors import StoreError, StoreLockedError
from annotate.safe_files import RefusedError, open_regular, read_bytes

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_LONGEST = 1000
"""Number of bytes to read of a lock file, more than it ever has."""
_HOLDER = re.compile(rb"\0{0,400}|\d{0,10}|\d{1,10}\n[^\n]{0,255}(\n\d{0,20}\n?)?")
"""Pattern of a lock file's content, including what a full disk or a power cut leaves of it."""
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)

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
        path: The save file; the lock file is `PATH.lock`, or `PATH.locked` where the file system has no locks.

    Raises:
        StoreLockedError: somebody else holds it; the message names process and host.
        StoreError: it can neither be locked nor marked.
    """

    def __init__(self, path: Path) -> None:
        self.notice = ""
        """A warning for the person; empty if there is none."""
        self._file = path.with_name(f"{path.name}.lock")
        try:
            self._descriptor = _locked(path, self._file)
        except _NoLocksError:
            self._file.unlink(missing_ok=True)
            self._file = path.with_name(f"{path.name}.locked")
            self._descriptor = _marked(path, self._file)
            self.notice = (
                f"the file system of {path.parent} has no file locks, so {self._file.name} is used instead; "
                "do not open the save file on two computers at once"
            )
        pid = os.getpid()
        with suppress(OSError):  # on a full disk: it only tells others who holds the lock
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, f"{pid}\n{socket.gethostname()}\n{_started(pid)}\n".encode())

    def release(self) -> None:
        """Release the lock and remove the lock file."""
        if os.name == "nt":
            os.close(self._descriptor)
            with suppress(OSError):
                self._file.unlink()
        else:
            with suppress(OSError):
                self._file.unlink()  # before unlocking: afterwards it may be somebody else's
            os.close(self._descriptor)


def _opened(path: Path, file: Path) -> int:
    """Open the lock file, or create it; a file that is not ours is never locked, truncated or removed."""
    try:
        descriptor = open_regular(file, os.O_RDWR | os.O_CREAT, follow=False)
    except RefusedError as error:
        raise _foreign(path, file, error.strerror) from None
    if not _HOLDER.fullmatch(_written(descriptor)):
        os.close(descriptor)
        raise _foreign(path, file, "it has other content")
    return descriptor


def _written(descriptor: int) -> bytes:
    """Return the beginning of an open lock file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, _LONGEST)


def _foreign(path: Path, file: Path, why: str | None) -> StoreError:
    return StoreError(
        f"{path} cannot be locked: {file.name} beside it is not a lock file of Onrecord: {why}",
        f"move {file.name} away",
    )


class _NoLocksError(Exception):
    """The file system has no locks."""


def _locked(path: Path, file: Path) -> int:
    """Return the open and locked lock file."""
    while True:
        descriptor = _opened(path, file)
        try:
            _take(descriptor)
        except OSError as error:
            holder = _written(descriptor)
            os.close(descriptor)
            if error.errno in _HELD:
                raise _refusal(path, holder, "close it there, or open it for reading only (--read-only)") from None
            if error.errno in _NO_LOCKS:
                raise _NoLocksError from None
            raise StoreError(f"{path} cannot be locked: {error.strerror}", "keep it on a local disk") from None
        if _is_named(descriptor, file):
            return descriptor
        os.close(descriptor)  # its last holder took the file away between our opening and our locking it


def _marked(path: Path, file: Path) -> int:
    """Create the file that replaces a lock, which only one process can do; return it open."""
    while True:
        try:
            return os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            holder = _holder(path, file)
        if not _is_dead(holder):
            raise _refusal(path, holder, f"close it there; if it has ended, remove {file.name}")
        _take_away(path, file, holder)


def _holder(path: Path, file: Path) -> bytes:
    """Return the content of the file that replaces a lock."""
    try:
        return read_bytes(file, most=1, follow=False)
    except RefusedError as error:
        raise _foreign(path, file, error.strerror) from None


def _take_away(path: Path, file: Path, holder: bytes) -> None:
    """Remove the lock of a dead process, unless another process has taken it meanwhile."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        file.rename(aside)
        if (found := _holder(path, aside)) != holder:
            aside.rename(file)
            raise _refusal(path, found, "close it there")
        aside.unlink()


def _is_dead(holder: bytes) -> bool:
    """Tell whether the process that made a lock file ended without taking it away."""
    pid, host, started = [*holder.decode(errors="replace").split("\n"), "", "", ""][:3]
    if host != socket.gethostname() or not _HOLDER.fullmatch(holder):
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """Return the start time of a process as the system counts it; empty if unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _is_named(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.lstat())
    except FileNotFoundError:
        return False


def _refusal(path: Path, holder: bytes, hint: str) -> StoreLockedError:
    pid, host = [*holder.decode(errors="replace").split("\n"), "", ""][:2]
    who = f"process {pid} on {host}" if host else "another program"
    return StoreLockedError(f"{path} is open for writing in {who}", hint)
