"""Bring the documents of older save files up to date, one schema after the other.

A file is written with the schema of today by the first save, and its old state is kept beside it before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotate.store.disk.layout import Row


def _may_have_a_log(row: Row) -> Row:
    """1 → 2: changes may wait in a log beside the file, which older programs do not know. Documents are the same."""
    return row


STEPS: tuple[Callable[[Row], Row], ...] = (_may_have_a_log,)
"""The first makes a document of schema 1 one of schema 2, and so on."""


def migrated(rows: Iterable[Row], schema: int) -> Iterable[Row]:
    """Return documents of a schema as documents of today's."""
    for step in STEPS[schema - 1 :]:
        rows = map(step, rows)
    return rows
