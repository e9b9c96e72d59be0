"""Open untrusted files safely: without blocking, without unexpected links, within size limits.

All files that the package reads from outside, or writes beside another file, are opened here. A refusal is an
`OSError` whose `strerror` gives the reason and the option that allows it; callers add the file and the operation.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MB = 1_000_000
_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"
_INPUT = "--max-input"
_FREE = 10 * _MB
"""Bytes to which any packed input may unpack, whatever its ratio: short repetitive texts pack very well."""
_PORTABLE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags for opening: a pipe does not wait for its other end, and Windows changes no byte."""
_KINDS = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"))


class RefusedError(OSError):
    """A file that is not opened, or not read to its end.

    Args:
        number: The nearest of the system's error numbers.
        why: What the file is, and what to do about it.
    """

    def __init__(self, number: int, why: str) -> None:
        super().__init__(number, why)


@dataclass(frozen=True)
class Limits:
    """Size limits of input."""

    article: int = 20
    """Megabytes of an article, and of a line of a file of articles or records."""
    input: int = 2_000
    """Megabytes of a whole input, unpacked, or of a save file."""
    ratio: int = 200
    """Largest ratio of an input's unpacked to its packed size."""

    @property
    def article_bytes(self) -> int:
        """The limit of an article in bytes."""
        return self.article * _MB


_limits = Limits()


def limits() -> Limits:
    """Return the limits that hold in this process."""
    return _limits


@contextmanager
def limited(to: Limits) -> Iterator[None]:
    """Let other limits hold in this process, in all its threads, until the end of the block."""
    global _limits  # noqa: PLW0603 # one process has one command line
    before, _limits = _limits, to
    try:
        yield
    finally:
        _limits = before


def open_regular(path: str | Path, flags: int = os.O_RDONLY, *, follow: bool = True) -> int:
    """Return a descriptor of a regular file, without ever waiting for it.

    Args:
        path: The file.
        flags: As of `os.open`.
        follow: Whether the name may be a symbolic link: a file beside a save file may not.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, a folder, or a link that is not to be followed.
    """
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
        if os.path.islink(path):  # noqa: PTH114 # strings stay strings
            raise RefusedError(errno.ELOOP, "it is a link, and links are not followed here")
    descriptor = os.open(path, flags | _PORTABLE, 0o666)
    try:
        _require_regular(os.fstat(descriptor).st_mode)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def require_regular(path: str | Path) -> None:
    """Refuse a path that is not a regular file, before a library opens it by name.

    Raises:
        OSError: it is not one.
    """
    _require_regular(os.stat(path).st_mode)  # noqa: PTH116 # strings stay strings


def create(path: Path) -> int:
    """Create a file and return its descriptor; an existing file of that name is removed, never written into.

    Raises:
        OSError: it cannot be made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _PORTABLE
    try:
        return os.open(path, flags, 0o666)
    except FileExistsError:
        path.unlink(missing_ok=True)
        return os.open(path, flags, 0o666)


@contextmanager
def replaced(path: Path, suffix: str = ".part") -> Iterator[BinaryIO]:
    """Write a file beside its destination, and move it there when complete.

    Args:
        path: The destination.
        suffix: The ending of the temporary name.

    Raises:
        OSError: it cannot be written.
    """
    part = path.with_name(path.name + suffix)
    try:
        with os.fdopen(create(part), "wb") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def open_for_reading(path: str | Path, *, follow: bool = True) -> io.BufferedReader:
    """Open a regular file; see `open_regular`."""
    return os.fdopen(open_regular(path, follow=follow), "rb")


def read_bytes(path: str | Path, *, most: int | None = None, follow: bool = True) -> bytes:
    """Return the bytes of a regular file.

    Args:
        path: The file.
        most: Megabytes that it may have; by default the limit of an input.
        follow: Whether the name may be a symbolic link.

    Raises:
        OSError: it cannot be read, or is too large.
    """
    option = "" if most else _INPUT
    most = most or _limits.input
    with open_for_reading(path, follow=follow) as stream:
        _require_size(os.fstat(stream.fileno()).st_size, most, option)
        return stream.read()


@contextmanager
def open_input(path: str | Path | None, *, unpack: bool = False) -> Iterator[io.BufferedReader[Any]]:
    """Open an input to read once from its beginning, up to the limits.

    Args:
        path: A regular file; None is standard input, which may be anything.
        unpack: Whether to unpack it where it is gzipped, as its name or its first bytes say.

    Raises:
        OSError: it cannot be opened; or, from reading it, it is too large.
        gzip.BadGzipFile: from reading it: it is damaged.
    """
    with ExitStack() as stack:
        if path is None:
            plain = _Metered(_standard_input())
        else:
            file = stack.enter_context(open_for_reading(path))
            _require_size(os.fstat(file.fileno()).st_size, _limits.input, _INPUT)
            plain = _Metered(file)
        stream = io.BufferedReader(plain, _PIECE)
        if unpack and (str(path).lower().endswith(".gz") or stream.peek(2).startswith(_GZIP)):
            import gzip

            packed = gzip.GzipFile(fileobj=stream, mode="rb")
            stream = io.BufferedReader(_Metered(cast("BinaryIO", packed), plain), _PIECE)
        yield stream


def lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines, None for one longer than an article may be: a file without line ends must not fill the memory."""
    most = _limits.article_bytes
    while line := stream.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
            continue
        while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
            pass
        yield None


def too_long(where: str) -> tuple[str, str]:
    """Return the message and hint for a line that is too long."""
    return f"{where} is longer than {_limits.article:,} MB", "split the article, or raise the limit with --max-article"


def leads_out(path: str | Path, folder: str | Path) -> bool:
    """Tell if links on the path to a file lead out of the folder in which it was found."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    return real != root and not real.startswith(root.rstrip(os.sep) + os.sep)


class _Metered(io.RawIOBase):
    """A stream that counts its bytes and stops at the limits.

    Args:
        stream: The stream to read.
        packed: The packed stream, if `stream` is its unpacked content.
    """

    def __init__(self, stream: BinaryIO, packed: _Metered | None = None) -> None:
        self._stream = stream
        self._packed = packed
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._total += (count := self._read(buffer))
        _require_size(self._total, _limits.input, _INPUT)
        if self._packed and self._total > max(_FREE, _limits.ratio * self._packed._total):  # noqa: SLF001 # its own kind
            raise RefusedError(
                errno.EFBIG,
                f"it unpacks to more than {_limits.ratio:,} times its size; --max-ratio raises that limit",
            )
        return count

    def _read(self, buffer: WriteableBuffer) -> int:
        import zlib

        try:
            return cast("io.BufferedReader", self._stream).readinto1(buffer) or 0
        except (EOFError, zlib.error) as error:
            import gzip

            raise gzip.BadGzipFile(str(error)) from None


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise RefusedError(errno.EBADF, "it is closed")
    return sys.stdin.buffer


def _require_regular(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "a device")
    raise RefusedError(errno.EINVAL, f"it is {kind}, not a regular file")


def _require_size(size: int, megabytes: int, option: str) -> None:
    if size > megabytes * _MB:
        hint = f"; {option} raises that limit" if option else ""
        raise RefusedError(errno.EFBIG, f"it is larger than {megabytes:,} MB{hint}")
