"""The save file: articles, claims and everything that was ever done to them, in one TinyDB JSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotate.store.history import HistoryEntry
from annotate.store.store import Store
from annotate.store.stored import Summary

if TYPE_CHECKING:
    from annotate.store.index import ClaimRef
    from annotate.store.joining import Conflict
    from annotate.store.merging import Merged, merge
    from annotate.store.salvage import Repair, repair
    from annotate.store.storage import LoggedJSONStorage
    from annotate.store.verify import check

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
    "ClaimRef": "annotate.store.index",
    "Conflict": "annotate.store.joining",
    "Merged": "annotate.store.merging",
    "merge": "annotate.store.merging",
    "LoggedJSONStorage": "annotate.store.storage",
    "Repair": "annotate.store.salvage",
    "check": "annotate.store.verify",
    "repair": "annotate.store.salvage",
}


def __getattr__(name: str) -> Any:
    """Import on first use what the app does not need to start: TinyDB takes a while."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
