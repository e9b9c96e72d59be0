"""The people who corrected claims, field by field, followed through the history."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.origin import is_human
from annotate.store.memory.history import HistoryEntry


class Correctors:
    """Knows who made the last correction of each field of a claim."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], dict[str, str]] = {}

    def note(self, entry: HistoryEntry) -> None:
        """Add the next entry of the history; what damage has made of another type is passed over."""
        if entry.kind != "claim" or entry.after is None or not is_human(entry.by):
            return
        before, claim, edited = entry.before or {}, entry.after.get("id"), entry.after.get("edited")
        if not isinstance(claim, str) or not isinstance(edited, list):
            return
        for name in (name for name in edited if isinstance(name, str)):
            known = before.get("edited")
            is_new = not isinstance(known, list) or name not in known
            if is_new or before.get(name) != entry.after.get(name):
                self._by.setdefault((entry.article, claim), {})[name] = entry.by

    def of(self, article: str, claim: str) -> Mapping[str, str]:
        """Return who corrected a claim, by field; corrections that were undone are in it, too."""
        return dict(self._by.get((article, claim), {}))
