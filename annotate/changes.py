"""A change: the effect of one action of a person on one record, as before and after.

The same value is applied to the record on the screen, written to the save file and kept in its history; its
inverse is undo. Cost follows the size of the change, not of the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from annotate import codec
from annotate.errors import ModelError
from annotate.model import Claim, DateMention, Record, Speaker, position

EditKind = Literal["claim", "date", "speaker", "article"]
Item = Claim | DateMention | Speaker | Mapping[str, Any]

CONFLICT = "conflict"
"""Tag of claims that two people decided differently: merged save files keep both."""
CONFLICT_GROUP = "conflict_group"
"""Key in the `extra` of such claims: one value for all versions of a claim. It stays when the tag is removed."""
LAST_CLAIM = "last_claim"
"""Key in a record's `extra`: the highest number of a claim that no longer exists."""

_NUMBERED = re.compile(r"c([1-9][0-9]{0,17})")
_TABLES: dict[str, str] = {"claim": "claims", "date": "dates", "speaker": "speakers"}
_OWN_FIELDS = ("path", "url", "title", "date", "language", "review")
"""Fields of a record that an edit of the article itself can change."""
_CLASSES: dict[str, type[Claim | DateMention | Speaker]] = {"claim": Claim, "date": DateMention, "speaker": Speaker}


class Edit(NamedTuple):
    """One item before and after; None before means created, None after means removed.

    For kind `article` both are the changed fields of the record itself, {name: value}; `review` is a `Review`.
    """

    kind: EditKind
    before: Item | None
    after: Item | None

    def inverted(self) -> Edit:
        """Return the edit that undoes this one."""
        return Edit(self.kind, self.after, self.before)

    def to_dict(self) -> dict[str, Any]:
        """Return {kind, before, after} as plain JSON types."""
        return {"kind": self.kind, "before": _encode(self.before), "after": _encode(self.after)}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Edit:
        """Build an edit from the value returned by `to_dict`.

        Raises:
            ModelError: the kind is unknown or an item violates the contract.
        """
        kind = value.get("kind")
        if kind not in (*_TABLES, "article"):
            raise ModelError(f"{kind!r:.40} is not a kind of edit")
        return cls(kind, _decode(kind, value.get("before")), _decode(kind, value.get("after")))


class Change(NamedTuple):
    """One action of a person: saved together, undone together."""

    article: str
    op: str
    """The name of the action: accept, reject, speaker, merge, …"""
    edits: tuple[Edit, ...]

    def inverted(self) -> Change:
        """Return the change that undoes this one."""
        return Change(self.article, self.op, tuple(e.inverted() for e in reversed(self.edits)))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the claims, dates and speakers it touches."""
        items = (e.after or e.before for e in self.edits)
        return tuple(item.id for item in items if isinstance(item, Claim | DateMention | Speaker))

    def claim_ids(self) -> tuple[str, ...]:
        """Return the ids of the claims it touches, for showing where it happened."""
        items = [e.after or e.before for e in self.edits if e.kind == "claim"]
        return tuple(item.id for item in items if isinstance(item, Claim))


def joined(changes: Sequence[Change]) -> Change:
    """Join changes of one record, each made after the one before, into one action named like the first.

    Several edits of an item become one, from its first state to its last; an item that ends as it began has none.
    """
    found: dict[tuple[str, str], Edit] = {}
    for edit in (edit for change in changes for edit in change.edits):
        item = edit.after or edit.before
        key = edit.kind, item.id if isinstance(item, Claim | DateMention | Speaker) else ""
        found[key] = _joined(found[key], edit) if key in found else edit
    edits = tuple(edit for edit in found.values() if edit.before != edit.after)
    return changes[0]._replace(edits=edits)


def apply(record: Record, change: Change) -> Record:
    """Return the record after a change; new items come last, replaced ones keep their place."""
    for edit in change.edits:
        if isinstance(edit.after, Mapping):
            record = replace(record, **edit.after)
        elif edit.kind != "article":
            table = _TABLES[edit.kind]
            items: dict[str, Any] = {table: _with(getattr(record, table), edit)}
            if gone := claim_gone(edit):
                items["extra"] = {**record.extra, LAST_CLAIM: max(gone, remembered(record.extra))}
            record = replace(record, **items)
    return record


def last_claim(record: Record) -> int:
    """Return the highest number a claim of the article has or had."""
    return max([remembered(record.extra), *(claim_number(claim.id) for claim in record.claims)])


def remembered(extra: Mapping[str, Any]) -> int:
    """Return the highest number of a removed claim, stored under an unknown key of the record."""
    said = extra.get(LAST_CLAIM)
    return said if isinstance(said, int) and said < 10**18 else 0


def claim_gone(edit: Edit) -> int:
    """Return the number of the claim that an edit removes, or 0: its id must not be used again."""
    return claim_number(edit.before.id) if edit.after is None and isinstance(edit.before, Claim) else 0


def claim_number(claim_id: str) -> int:
    """Return the number in an id like c12, 0 for others."""
    found = _NUMBERED.fullmatch(claim_id)
    return int(found[1]) if found else 0


def _joined(first: Edit, then: Edit) -> Edit:
    if isinstance(first.before, Mapping) and isinstance(first.after, Mapping):
        assert isinstance(then.before, Mapping)
        assert isinstance(then.after, Mapping)
        before, after = {**then.before, **first.before}, {**first.after, **then.after}
        changed = [name for name in before if before[name] != after[name]]
        return Edit(first.kind, {name: before[name] for name in changed}, {name: after[name] for name in changed})
    return Edit(first.kind, first.before, then.after)


def _with(items: tuple[Any, ...], edit: Edit) -> tuple[Any, ...]:
    new = edit.after
    if edit.before is None:
        return (*items, new)
    wanted = edit.before.id  # type: ignore[union-attr] # edits of the article itself do not come here
    try:
        at = position(items, wanted)
    except KeyError:
        at = len(items)
    return items[:at] + (() if new is None else (new,)) + items[at + 1 :]


def _encode(item: Item | None) -> Any:
    if isinstance(item, Mapping):
        return {name: codec.plain(value) for name, value in item.items()}
    return codec.plain(item)


def _decode(kind: str, value: Any) -> Item | None:
    if value is None:
        return None
    if kind in _CLASSES:
        return _CLASSES[kind].from_dict(value, kind)
    if not isinstance(value, Mapping):
        raise ModelError(f"expected an object, not {value!r:.40}")
    if foreign := sorted(set(value) - set(_OWN_FIELDS)):
        raise ModelError(f"{', '.join(foreign)!r:.60} cannot be changed by an edit of the article")
    return {name: Record.schema[name](item, f"article.{name}") for name, item in value.items()}
