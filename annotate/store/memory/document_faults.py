"""Faults that keep a document of a save file from being used, and names for its place."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from annotate.errors import ModelError
from annotate.store.memory.history import HistoryEntry

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "meta": ("program",),
    "articles": ("id", "text"),
    "claims": ("article", "id"),
}
"""Text fields that identify a document, by table."""


def place(table: str, number: str, document: Mapping[str, Any]) -> str:
    """Return a name for a document: by its own id, else by TinyDB's number.

    Args:
        table: The one it stands in.
        number: TinyDB's.
        document: The document, of any shape.
    """
    id_, article, seq = (document.get(name) for name in ("id", "article", "seq"))
    if table == "articles" and isinstance(id_, str):
        return f"article {id_!r:.60}"
    if table == "claims" and isinstance(id_, str) and isinstance(article, str):
        return f"claim {id_!r:.60} of article {article!r:.60}"
    if table == "history" and type(seq) is int:
        return f"history entry {seq}"
    return f"document {number} of {table}"


def meta_fault(name: str, value: object) -> str | None:
    """Return the fault of a field of the document in `meta`; None where it has none."""
    if name == "schema" and not (type(value) is int and value >= 1):
        return f"schema: expected a number of 1 or more, not {value!r:.60}"
    if name in ("engine", "log") and not isinstance(value, str | None):
        return f"{name}: expected a string or null, not {value!r:.60}"
    return None


def fault(table: str, document: Mapping[str, Any], articles: Container[object]) -> str | None:
    """Return the fault that keeps a document from being used; None where there is none.

    The fields of articles and claims that nothing needs to find them are left to `Record`, which decodes them on use.

    Args:
        table: Its table; other tables than the program's own are not checked.
        document: The document, of any shape.
        articles: Ids of those there are: a claim belongs to one.
    """
    for name in _NEEDED.get(table, ()):
        if not isinstance(value := document.get(name), str):
            return f"{name}: expected a string, not {value!r:.60}" if name in document else f"{name} is missing"
    if table == "meta":
        return next(filter(None, (meta_fault(name, document.get(name)) for name in ("schema", "engine", "log"))), None)
    if table == "history":
        try:
            HistoryEntry.from_dict(document)
        except ModelError as error:
            return error.message
    if table == "claims" and document["article"] not in articles:
        return f"its article {document['article']!r:.60} is missing"
    return None
