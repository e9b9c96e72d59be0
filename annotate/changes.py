"""A change: what one action of a person does to one record, as before and after.

The same value is applied to the record on the screen, written to the save file and kept in its history; its
inverse is undo. Cost follows the size of the change, not of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from annotate.model import Claim, DateMention, Record, Speaker

Item = Claim | DateMention | Speaker | dict[str, Any]
EditKind = Literal["claim", "date", "speaker", "article"]

_TABLE: dict[str, str] = {"claim": "claims", "date": "dates", "speaker": "speakers"}


@dataclass(frozen=True)
class Edit:
    """One item before and after; None before is an item made, None after one taken away.

    For kind `article`, both are the changed fields of the record itself as {name: value}.
    """

    kind: EditKind
    before: Item | None
    after: Item | None

    def inverted(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.kind, self.after, self.before)


@dataclass(frozen=True)
class Change:
    """One action of a person: saved together, undone together."""

    article: str
    op: str
    """The name of the action: accept, reject, speaker, merge, …"""
    edits: tuple[Edit, ...]

    def inverted(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.article, self.op, tuple(e.inverted() for e in reversed(self.edits)))

    def claim_ids(self) -> tuple[str, ...]:
        """Return the ids of the claims it touches, for showing where it happened."""
        items = [e.after or e.before for e in self.edits if e.kind == "claim"]
        return tuple(item.id for item in items if isinstance(item, Claim))


def apply(record: Record, change: Change) -> Record:
    """Return the record after a change; items made stand last, items replaced keep their place."""
    for edit in change.edits:
        if edit.kind == "article":
            fields = edit.after if isinstance(edit.after, dict) else {}
            record = replace(record, **fields)
        else:
            table = _TABLE[edit.kind]
            items: dict[str, Any] = {table: _with(getattr(record, table), edit)}
            record = replace(record, **items)
    return record


def _with(items: tuple[Any, ...], edit: Edit) -> tuple[Any, ...]:
    old, new = edit.before, edit.after
    if old is None:
        return (*items, new)
    wanted = old.id  # type: ignore[union-attr] # article edits do not come here
    at = next(i for i, item in enumerate(items) if item.id == wanted)
    return items[:at] + (() if new is None else (new,)) + items[at + 1 :]
