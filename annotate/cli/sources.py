"""Records from wherever a person keeps them: JSON and JSONL files, folders of them, save files."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from annotate.cli import saved
from annotate.cli.terminal import Terminal
from annotate.errors import FormatError, OnrecordError, ReadError
from annotate.formats import jsonl
from annotate.model import Record
from annotate.read import Source, expand

_GZIP = b"\x1f\x8b"
_ROWS = (".jsonl", ".jsonl.gz")


def load(path: Path) -> bytes:
    """Return a file's bytes, unpacked where it is gzipped.

    Raises:
        ReadError: it cannot be read.
        FormatError: it is gzipped and damaged.
    """
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(_GZIP) else data
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FormatError(f"{path} is damaged ({error})") from None
    except OSError as error:
        raise ReadError(f"{path} cannot be read ({error.strerror})") from None


def holds_records(path: Path) -> bool:
    """Whether a path stands for records, and not for texts that have to be analysed first."""
    if path.is_dir():
        return not any(isinstance(source, Source) for source in expand([str(path)]))
    if path.name.endswith(_ROWS):
        return _is_record(load(path).lstrip().split(b"\n", 1)[0])
    return path.suffix == ".json"


def records(path: Path, terminal: Terminal) -> Iterator[Record]:
    """Yield the records of a file, of a save file, or of the JSON and JSONL files of a folder.

    What cannot be used is reported with the file's name, and the rest goes on.
    """
    if not path.is_dir():
        yield from _reported(_file(path, terminal), terminal)
        return
    files = sorted(p for p in path.iterdir() if p.name.endswith((".json", *_ROWS)))
    if not files:
        terminal.problem(ReadError(f"{path} holds no records", "a folder of .json or .jsonl files is wanted"))
    for file in files:
        yield from _reported(_file(file, terminal), terminal)


def _reported(items: Iterable[Record | OnrecordError], terminal: Terminal) -> Iterator[Record]:
    try:
        for item in items:
            if isinstance(item, OnrecordError):
                terminal.problem(item)
            else:
                yield item
    except OnrecordError as error:
        terminal.problem(error)


def _file(path: Path, terminal: Terminal) -> Iterator[Record | OnrecordError]:
    data = load(path)
    if path.name.endswith(_ROWS):
        yield from (_named(path, item) for item in jsonl.read(data))
    elif _is_record(data):
        try:
            yield Record.from_json(data)
        except OnrecordError as error:
            yield _named(path, error)
    else:
        yield from saved.records(path, terminal)


def _named(path: Path, item: Record | OnrecordError) -> Record | OnrecordError:
    return item if isinstance(item, Record) else FormatError(f"{path}: {item.message}", item.hint)


def _is_record(data: bytes) -> bool:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, dict) and "schema" in value
