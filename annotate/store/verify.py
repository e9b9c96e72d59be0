"""Check a save file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotate.errors import ModelError, StoreDamagedError
from annotate.store import files, layout
from annotate.store.delta import Documents
from annotate.store.history import HistoryEntry
from annotate.store.stored import record_of


def check(path: str | Path) -> list[str]:
    """Return everything that is wrong with a save file, a sentence each.

    Raises:
        StoreError: there is no such file, or it is foreign or newer than this program.
    """
    path = files.located(path, read_only=True)
    try:
        loaded = files.load(path)
    except StoreDamagedError as error:
        return [error.message]
    tables: dict[str, Documents] = {}
    for row in layout.rows_of(files.bytes_of(path)):
        tables.setdefault(row.table, {})[layout.key(row.line)] = row.document
    for delta in loaded.log.deltas if loaded.log else ():
        delta.apply(tables)
    return list(_problems({name: list(documents.values()) for name, documents in tables.items()}))


def _problems(by_table: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    articles, claims = by_table.get("articles", []), by_table.get("claims", [])
    for article, times in Counter(str(a.get("id")) for a in articles).items():
        if times > 1:
            yield f"the article {article!r} is there {times} times"
    known = {a.get("id"): a for a in reversed(articles)}
    claims_of: dict[Any, list[dict[str, Any]]] = {}
    for claim in claims:
        claims_of.setdefault(claim.get("article"), []).append(claim)
    for article, its_claims in claims_of.items():
        if article not in known:
            yield f"{len(its_claims)} claims belong to the article {article!r}, which is missing"
    for article, document in known.items():
        try:
            record_of(document, claims_of.get(article, []))
        except ModelError as error:
            yield error.message
    yield from _history_problems(by_table.get("history", []))


def _history_problems(documents: list[dict[str, Any]]) -> Iterator[str]:
    last, groups = 0, set()
    for document in documents:
        try:
            entry = HistoryEntry.from_dict(document)
            entry.edit()
        except ModelError as error:
            yield f"history: {error.message}"
            continue
        if entry.seq <= last:
            yield f"history: entry {entry.seq} stands behind entry {last}"
        if entry.of is not None and entry.of not in groups:
            yield f"history: entry {entry.seq} takes back {entry.of}, which is missing"
        last = max(last, entry.seq)
        groups.add(entry.group)
