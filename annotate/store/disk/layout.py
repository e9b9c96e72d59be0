"""The text of a save file: a TinyDB JSON file with one document a line.

    {
    "meta":{
    "1":{…}
    },"articles":{
    "1":{…},
    "2":{…}
    }
    }

A line is `"17":{…}` without its comma: documents are kept in memory as lines, so that writing the file is joining
them, reading it never holds it whole, and a damaged file can be saved line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import orjson

from annotate import safe_json

_DIGITS = 18
"""Maximum number of digits in TinyDB's number of a document."""
_LINES = 200
"""Lines joined at a time: joining blocks other threads, and a key must not wait for it."""


class DocumentLine(NamedTuple):
    """One document of a file."""

    table: str
    line: bytes
    document: dict[str, Any]


class OtherLayoutError(Exception):
    """The file is not one document a line; it may still be JSON."""


class NotTablesError(Exception):
    """The file is JSON, but not tables of documents; the message names the place, `tables` is the parsed JSON."""

    def __init__(self, message: str, tables: Any) -> None:
        super().__init__(message)
        self.tables = tables


def is_number(key: str) -> bool:
    """Tell whether a document's key is a number such as TinyDB gives."""
    return key.isascii() and key.isdecimal() and len(key) <= _DIGITS


def line(key: int | str, document: Mapping[str, Any]) -> bytes:
    """Return a document as a line.

    Raises:
        TypeError: something in it is no JSON.
    """
    return orjson.dumps(str(key)) + b":" + safe_json.dumps(document)


def document(line: bytes) -> dict[str, Any]:
    """Return the document of a line."""
    parsed: dict[str, Any] = orjson.loads(_split(line)[1])
    return parsed


def key(line: bytes) -> str:
    """Return TinyDB's number of a line's document."""
    name: str = orjson.loads(_split(line)[0])
    return name


def number(line: bytes) -> int:
    """Return TinyDB's number of a line's document."""
    return int(line[1 : line.index(b'"', 1)])


def render(tables: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the file of some tables in pieces."""
    opening = b"{\n"
    for name, lines in tables.items():
        yield opening + orjson.dumps(name) + b":{"
        start, rest = b"\n", iter(lines)
        while batch := list(islice(rest, _LINES)):
            batch[0] = start + batch[0]
            yield b",\n".join(batch)
            start = b",\n"
        opening = b"\n},"
    yield b"{}\n" if not tables else b"\n}\n}\n"


def rows(stream: BinaryIO) -> Iterator[DocumentLine]:
    """Read a file of this layout, a document at a time.

    Raises:
        OtherLayoutError: it has another layout, or is damaged; found only on the way.
    """
    if stream.readline(3) != b"{\n":  # a file without line ends is not read for its first
        raise OtherLayoutError
    heading = stream.readline()
    while heading != b"}\n":
        table = _table(heading)
        heading = b""
        comma = True
        for raw in stream:
            if raw.startswith(b"}"):
                heading = raw.removeprefix(b"},")
                break
            if not comma:
                raise OtherLayoutError
            body = raw.removesuffix(b"\n").removesuffix(b",")
            comma = raw.endswith(b",\n")
            yield DocumentLine(table, body, _parsed(body))
    if stream.read() != b"}\n":
        raise OtherLayoutError


def rows_of(data: bytes) -> Iterator[DocumentLine]:
    """Read a file of any layout.

    Raises:
        orjson.JSONDecodeError: it is no JSON.
        NotTablesError: it is JSON of another kind; found only on the way.
    """
    tables = orjson.loads(data)
    if not isinstance(tables, dict):
        raise NotTablesError("it is not an object of tables", tables)
    for table, documents in tables.items():
        if not isinstance(documents, dict):
            raise NotTablesError(f"the table {table!r:.40} is not an object of documents", tables)
        for number, parsed in documents.items():
            where = f"document {number!r:.40} of {table!r:.40}"
            if not isinstance(parsed, dict):
                raise NotTablesError(f"{where} is not an object", tables)
            if not is_number(number):
                raise NotTablesError(f"{where} has a key that is not a TinyDB number", tables)
            try:
                yield DocumentLine(table, line(number, parsed), parsed)
            except TypeError:
                raise NotTablesError(f"{where} has too many nested lists and objects", tables) from None


def _table(raw: bytes) -> str:
    if not raw.endswith(b":{\n"):
        raise OtherLayoutError
    try:
        name = orjson.loads(raw[:-3])
    except orjson.JSONDecodeError:
        raise OtherLayoutError from None
    if not isinstance(name, str):
        raise OtherLayoutError
    return name


def _split(line: bytes) -> tuple[bytes, bytes]:
    number, _, body = line.partition(b'":')
    return number + b'"', body


def _parsed(line: bytes) -> dict[str, Any]:
    number, body = _split(line)
    try:
        parsed = safe_json.loads(body, safe_json.DOCUMENT)
    except orjson.JSONDecodeError:
        raise OtherLayoutError from None
    if not isinstance(parsed, dict) or not (number.startswith(b'"') and number[1:-1].isdigit()):
        raise OtherLayoutError
    if len(number) > _DIGITS + len('""'):
        raise OtherLayoutError
    return parsed
