"""The save file: articles, claims and everything that was ever done to them, in one TinyDB JSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotate.store.memory.article import Summary
from annotate.store.memory.history import HistoryEntry
from annotate.store.store import Store

if TYPE_CHECKING:
    from annotate.store.combine.article_merge import Conflict
    from annotate.store.file_merge import Merged, merge
    from annotate.store.memory.queries import ClaimRef
    from annotate.store.recovery.salvage import Repair, repair
    from annotate.store.recovery.verify import check
    from annotate.store.tinydb_storage import LoggedJSONStorage

__all__ = [
    "ClaimRef",
    "Conflict",
    "HistoryEntry",
    "LoggedJSONStorage",
    "Merged",
    "Repair",
    "Store",
    "Summary",
    "check",
    "merge",
    "repair",
]


_LATER = {
    "ClaimRef": "annotate.store.memory.queries",
    "Conflict": "annotate.store.combine.article_merge",
    "Merged": "annotate.store.file_merge",
    "merge": "annotate.store.file_merge",
    "LoggedJSONStorage": "annotate.store.tinydb_storage",
    "Repair": "annotate.store.recovery.salvage",
    "check": "annotate.store.recovery.verify",
    "repair": "annotate.store.recovery.salvage",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the app starts without these, and TinyDB takes a while."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
