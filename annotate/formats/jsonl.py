"""Records as they are, one JSON object a line: nothing is lost, unknown keys included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotate.errors import FormatError, ModelError, OnrecordError
from annotate.formats.base import Exported, Options
from annotate.model import Record


def export(records: Iterable[Record], options: Options) -> Exported:
    """Write records with the claims chosen, in the order they have in the record."""
    chosen = (replace(record, claims=tuple(filter(options.wanted, record.claims))) for record in records)
    return Exported("".join(record.to_json() + "\n" for record in chosen).encode())


def read(data: bytes) -> Iterator[Record | OnrecordError]:
    """Yield the record of each line, or what is wrong with the line; empty lines count for nothing."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Record.from_json(line)
        except ModelError as error:
            yield FormatError(f"line {number}: {error.message}", error.hint)
