"""Onrecord's library: find, save and export attributed claims in news articles. Works without a terminal.

>>> from annotate import Record, Store, analyse
>>> record = analyse("“We are ready,” said the mayor.", date="2025-03-19")
>>> with Store.open("annotations.json") as store:
...     store.put(record)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotate.engine import analyse
    from annotate.model import Record
    from annotate.store import Store

__all__ = ["Record", "Store", "__version__", "analyse"]
__version__ = "0.1.0"

_HOME = {"Record": "annotate.model", "Store": "annotate.store", "analyse": "annotate.engine"}


def __getattr__(name: str) -> Any:
    """Import on first use: spaCy takes most of a second, and the app must never pay for it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
