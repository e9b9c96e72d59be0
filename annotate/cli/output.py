"""Results written to a file whole or not at all, or to standard output."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from annotate.cli.terminal import write_stdout
from annotate.errors import OutputError

Write = Callable[[bytes], object]


STDOUT = "-"


@contextmanager
def output(target: str) -> Iterator[Write]:
    """Open a result for writing; yields the function that writes bytes.

    A file appears under its name only when complete and on the disk; one that was there stays as it was until
    then. A name ending in `.gz` is compressed. Pipes and devices are written to directly.

    Args:
        target: A path, or `-` for standard output.

    Raises:
        OutputError: it cannot be written; the message names it.
    """
    if target == STDOUT:
        yield write_stdout
        return
    path = Path(os.path.realpath(target))
    try:
        with _direct(path) if path.exists() and not path.is_file() else _atomic(path) as stream:
            yield stream.write
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{target} cannot be written ({error.strerror})") from None


@contextmanager
def _direct(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as stream:
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
    """Return the permissions of the file that is replaced, else those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
