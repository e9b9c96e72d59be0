"""Lossless JSON Lines: one record per line, unknown keys included."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from annotate.errors import FormatError, ModelError, OnrecordError
from annotate.formats.base import Exported, Options
from annotate.model import Record
from annotate.safe_files import lines, too_long


def export(records: Iterable[Record], options: Options) -> Exported:
    """Write records with the selected claims, in the order of the record."""
    chosen = (replace(record, claims=tuple(filter(options.wanted, record.claims))) for record in records)
    return Exported("".join(record.to_json() + "\n" for record in chosen).encode())


def read(stream: BinaryIO) -> Iterator[Record | OnrecordError]:
    """Yield the record of each line, or the line's error; empty lines are skipped."""
    for number, line in enumerate(lines(stream), start=1):
        if line is None:
            yield FormatError(*too_long(f"line {number}"))
            continue
        row = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not row.strip():
            continue
        try:
            yield Record.from_json(row)
        except ModelError as error:
            yield FormatError(f"line {number}: {error.message}", error.hint)
