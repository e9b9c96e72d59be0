"""The log beside a save file: the changes since the file was written, a line for each save.

    f0a1b2c3 {"log":1,"id":"5f0c…","base":"9b74…"}
    0c77d2e1 {"put":{"claims":{"17":{…}},"history":{"9":{…}}}}

Each line is the CRC-32 of its JSON in eight hexadecimal digits, a space, the JSON and a line feed. The first gives
the log's id and the SHA-256 of the file that its changes apply to; each other holds a `Delta`. A last line that is cut
off, or has holes (zero bytes, as a power cut leaves them), was never acknowledged and is ignored; any other line with a
wrong checksum is damage.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotate.errors import ModelError, StoreDamagedError, StoreNewerError
from annotate.safe_files import open_for_reading, read_bytes
from annotate.store.disk.delta import Delta

REPAIR = "nothing has been changed; recover the data with: onrecord check --db FILE --repair OUT"
VERSION = 1
_BEGINNING = b'00000000 {"log":'
"""First bytes of every log, its checksum's digits as zeros."""
_LINE = re.compile(rb"([0-9a-f]{8}) ([^\n]*)\n", re.DOTALL)


class Log(NamedTuple):
    """Content of a log file."""

    id: str
    base: str
    """SHA-256 of the save file that the log's changes apply to."""
    deltas: tuple[Delta, ...]
    end: int
    """Number of valid bytes."""


def log_path(path: Path) -> Path:
    """Return where the log of a save file is."""
    return path.with_name(f"{path.name}.log")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with open_for_reading(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def line(body: bytes) -> bytes:
    """Return a line of a log."""
    return b"%08x %s\n" % (zlib.crc32(body), body)


def heading(log_id: str, base: str) -> bytes:
    """Return the first line of a log."""
    return line(orjson.dumps({"log": VERSION, "id": log_id, "base": base}))


def read(path: Path) -> Log | None:
    """Return the log of a save file; None if there is none, or its first line is unfinished.

    Raises:
        StoreDamagedError: a line that counts is damaged.
        StoreNewerError: it is of a later version.
        OSError: it cannot be read.
    """
    where = log_path(path)
    try:
        data = read_bytes(where, follow=False)
    except FileNotFoundError:
        return None
    lines = list(bodies(where, data))
    if not lines:
        if not _may_begin(data):
            raise damaged(where, 1, "it is not the first line of a log")
        return None
    first = first_line(where, lines[0][0])
    deltas = tuple(delta(where, number, body) for number, (body, _) in enumerate(lines[1:], 2))
    return Log(first["id"], first["base"], deltas, lines[-1][1])


def bodies(where: Path, data: bytes, start: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield the JSON of each valid line, and the offset of its end.

    Args:
        where: The log file, for messages.
        data: What stands in it.
        start: Where to begin: the end of a line.

    Raises:
        StoreDamagedError: a checksum is wrong.
    """
    number = 0
    while start < len(data):
        number += 1
        end = data.find(b"\n", start) + 1 or len(data)
        body = whole(data[start:end])
        if body is None:
            if is_torn(data[start:]):
                return
            raise damaged(where, number, "its checksum is wrong")
        start = end
        yield body, end


def whole(line: bytes) -> bytes | None:
    """Return the JSON of a line; None if its checksum does not match."""
    found = _LINE.fullmatch(line)
    return found[2] if found and int(found[1], 16) == zlib.crc32(found[2]) else None


def _may_begin(data: bytes) -> bool:
    """Tell whether some bytes may be what is left of a log's first line."""
    head = data.partition(b"\0")[0][: len(_BEGINNING)]
    like = re.sub(rb"[0-9a-f]", b"0", head[:8]) + head[8:]
    return _BEGINNING.startswith(like)


def is_torn(rest: bytes) -> bool:
    """Tell whether the end of a log is a line cut off by a kill or power cut."""
    if b"\n" in rest[:-1]:
        return False
    if not rest.endswith(b"\n"):  # unless it is whole but for a line feed that has become something else
        return whole(rest[:-1] + b"\n") is None
    return b"\0" in rest and not _is_one_bit_off(rest)


def _is_one_bit_off(line: bytes) -> bool:
    """Tell whether a line would be valid if one zero byte had one more bit set: a flipped bit, not a cut."""
    place = line.find(b"\0")
    return line.count(b"\0") == 1 and any(
        whole(line[:place] + bytes([1 << bit]) + line[place + 1 :]) is not None for bit in range(8)
    )


def delta(where: Path, number: int, body: bytes) -> Delta:
    """Return the change that a line holds.

    Raises:
        StoreDamagedError: it holds something else.
    """
    try:
        return Delta.parse(body)
    except ModelError as error:
        raise damaged(where, number, error.message) from None


def damaged(where: Path, number: int, why: str) -> StoreDamagedError:
    """Return the error for a damaged line."""
    return StoreDamagedError(f"{where} is damaged in line {number}: {why}", REPAIR)


def first_line(where: Path, body: bytes) -> dict[str, Any]:
    """Return the parsed first line of a log.

    Raises:
        StoreDamagedError: it says something else.
        StoreNewerError: it is of a later version.
    """
    try:
        first = orjson.loads(body)
    except orjson.JSONDecodeError:
        first = None
    if not isinstance(first, dict) or not isinstance(first.get("log"), int):
        raise damaged(where, 1, "it is not the first line of a log")
    if first["log"] > VERSION:
        raise StoreNewerError(
            f"{where} was written by a newer onrecord (log version {first['log']}; this version reads up to {VERSION})",
            "update this program; nothing has been changed",
        )
    if not isinstance(first.get("id"), str) or not isinstance(first.get("base"), str):
        raise damaged(where, 1, "it is not the first line of a log")
    return first
