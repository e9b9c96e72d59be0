"""Read records from JSON and JSONL files, folders of them, and save files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import orjson

from annotate.cli import saved
from annotate.cli.terminal import Terminal
from annotate.errors import FormatError, OnrecordError, ReadError
from annotate.formats import jsonl
from annotate.formats.base import Importer
from annotate.model import Record
from annotate.read import Source, expand
from annotate.read.paths import elsewhere
from annotate.safe_files import leads_out, limits, lines, open_input

_ROWS = (".jsonl", ".jsonl.gz")


def read(path: Path | None, importer: Importer) -> Iterator[Record | OnrecordError]:
    """Yield the records of a file, gzipped or not; if reading fails midway, the last item is the error.

    Args:
        path: The file; None is standard input.
        importer: Reads its format.
    """
    try:
        with _opened(path) as stream:
            yield from importer(stream)
    except OnrecordError as error:
        yield error


def holds_records(path: Path) -> bool:
    """Tell if a path holds records rather than texts to analyse first.

    Raises:
        ReadError: it cannot be read.
        FormatError: it is gzipped and damaged.
    """
    if path.is_dir():
        return not any(isinstance(source, Source) for source in expand([str(path)], follow_links=True))
    if path.name.endswith(_ROWS):
        with _opened(path) as stream:
            return _is_record(next((line for line in lines(stream) if line and line.strip()), b""))
    return path.suffix == ".json"


def records(path: Path, terminal: Terminal, *, follow_links: bool = False) -> Iterator[Record]:
    """Yield the records of a file, of a save file, or of the JSON and JSONL files of a folder.

    Unusable records are reported with the file's name and skipped.

    Args:
        path: The file or folder.
        terminal: Where to report.
        follow_links: Whether links may lead out of the folder.
    """
    if not path.is_dir():
        yield from _reported(_file(path, terminal), terminal)
        return
    files = sorted(p for p in path.iterdir() if p.name.endswith((".json", *_ROWS)))
    if not files:
        terminal.problem(ReadError(f"{path} holds no records", "name a folder of .json or .jsonl files"))
    for file in files:
        if not follow_links and leads_out(file, path):
            terminal.problem(elsewhere(str(file)))
        else:
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
    if path.name.endswith(_ROWS):
        yield from read(path, lambda stream: (_named(path, item) for item in jsonl.read(stream)))
        return
    with _opened(path) as stream:
        data = stream.read(limits().article_bytes + 1)
    if len(data) <= limits().article_bytes and _is_record(data):
        try:
            yield Record.from_json(data)
        except OnrecordError as error:
            yield _named(path, error)
    else:
        yield from saved.records(path, terminal)


@contextmanager
def _opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open a file of records, or standard input; later read errors are raised as `OnrecordError`s, too."""
    name = "standard input" if path is None else path
    try:
        with open_input(path, unpack=True) as stream:
            yield stream
    except gzip.BadGzipFile as error:
        raise FormatError(f"{name} is damaged ({error})") from None
    except OSError as error:
        raise ReadError(f"{name} cannot be read ({error.strerror})") from None


def _named(path: Path, item: Record | OnrecordError) -> Record | OnrecordError:
    return item if isinstance(item, Record) else FormatError(f"{path}: {item.message}", item.hint)


def _is_record(data: bytes) -> bool:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, dict) and "schema" in value
