"""Output files, written whole or not at all, and standard output."""

from __future__ import annotations

import errno
import gzip
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from annotate.cli.terminal import write_stdout
from annotate.errors import OutputError
from annotate.safe_files import leads_out

Write = Callable[[bytes], object]


STDOUT = "-"


@contextmanager
def output(target: str) -> Iterator[Write]:
    """Open an output for writing; yields the function that writes bytes.

    A file appears under its name only when complete and on the disk; one that was there stays as it was until
    then. A name ending in `.gz` is compressed. Pipes and devices are written to directly; a pipe that nobody reads is
    not waited for. A link stays one where it leads to a file in its own folder, and none is followed out of it.

    Args:
        target: A path, or `-` for standard output.

    Raises:
        OutputError: it cannot be written; the message names it.
    """
    if target == STDOUT:
        yield write_stdout
        return
    path = Path(target)
    try:
        with _direct(path) if path.exists() and not path.is_file() else _atomic(_real(path)) as stream:
            yield stream.write
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{target} cannot be written ({error.strerror})") from None


def _real(path: Path) -> Path:
    """Return the file to write: a link's target if it lies in the link's own folder; refuse other links."""
    if path.is_symlink() and leads_out(path, path.parent):
        raise OutputError(f"{path} is a link that leads out of its folder", "name the file itself")
    return Path(os.path.realpath(path))


@contextmanager
def _direct(path: Path) -> Iterator[IO[bytes]]:
    try:
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OutputError(f"no program reads from the pipe {path}", "start its reader first, or use -o -") from None
        raise
    with os.fdopen(descriptor, "wb") as stream:
        if os.name != "nt":
            os.set_blocking(descriptor, True)
        yield stream


@contextmanager
def _atomic(path: Path) -> Iterator[IO[bytes]]:
    descriptor, temporary = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions of the file to replace, or of a new file."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
