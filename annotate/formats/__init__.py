"""Export and import formats: one module per format, all listed in `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.errors import UsageError
from annotate.formats import csv_table, jsonl, markdown
from annotate.formats.base import DEFAULT_STATUSES, SELECTABLE, Exported, Format, Options

__all__ = ["DEFAULT_STATUSES", "FORMATS", "SELECTABLE", "Exported", "Format", "Options", "get"]

_ALL = (
    Format("jsonl", ".jsonl", "everything, a record a line; comes back as it went", jsonl.export, jsonl.read),
    Format("csv", ".csv", "a row per claim, for spreadsheets and scripts", csv_table.export),
    Format("csv-excel", ".csv", "csv with the byte order mark that Excel knows UTF-8 by", csv_table.export_for_excel),
    Format("markdown", ".md", "quotes by speaker with their dates, to read", markdown.export),
)

FORMATS: Mapping[str, Format] = {format_.name: format_ for format_ in _ALL}


def get(name: str) -> Format:
    """Return a format by name.

    Raises:
        UsageError: No format has that name; the hint lists those available.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"unknown format {name!r}", f"choose from {', '.join(FORMATS)}") from None
