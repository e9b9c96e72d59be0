"""Check a save file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotate.errors import ModelError, StoreDamagedError
from annotate.store import loading
from annotate.store.disk import layout
from annotate.store.memory import document_faults
from annotate.store.memory.contents import Contents
from annotate.store.memory.history import HistoryEntry


def check(path: str | Path) -> list[str]:
    """Return all faults of a save file, one sentence each, with their places.

    Raises:
        StoreError: there is no such file, or it is foreign or newer than this program.
    """
    try:
        contents = loading.load(loading.located(path, read_only=True)).contents
    except StoreDamagedError as error:
        return [error.message]
    return list(_problems(contents))


def _problems(contents: Contents) -> Iterator[str]:
    if wrong := document_faults.fault("meta", contents.meta, ()):
        yield f"meta: {wrong}"
    yield from contents.faults
    for stored in contents.articles.values():
        try:
            stored.reader()()
        except ModelError as error:
            yield error.message
    yield from _history_problems(map(HistoryEntry.from_dict, map(layout.document, contents.history())))


def _history_problems(entries: Iterator[HistoryEntry]) -> Iterator[str]:
    last, groups = 0, set()
    for entry in entries:
        try:
            entry.edit()
        except ModelError as error:
            yield error.message
        if entry.seq <= last:
            yield f"history entry {entry.seq}: it is out of order, after entry {last}"
        if entry.of is not None and entry.of not in groups:
            yield f"history entry {entry.seq}: it undoes or redoes action {entry.of}, which is missing"
        last = max(last, entry.seq)
        groups.add(entry.group)
