"""The history of all changes, with time and author, and the actions in it that can be undone and redone.

Undo takes back the last change of a person that has not been taken back, and appends what it does: nothing in the
history is ever changed or deleted. Labelling by the engine is written down too and passed over by undo.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast, get_args

from annotate.changes import Change, Edit, EditKind, Item, apply
from annotate.errors import ModelError
from annotate.model import Claim, Record, position
from annotate.origin import is_human

UNDO, REDO = "undo", "redo"
LABEL = "label"
IMPORT = "import"
NEW_TEXT = "new text"
REPLACE = "replace"
"""Name of the action that puts another text or record in an article's place: earlier changes cannot be undone."""

_NEEDED: Mapping[str, type] = {"seq": int, "at": str, "by": str, "article": str, "group": int, "op": str}
_HIGHEST = 1 << 53
"""Upper limit, exclusive, for the numbers of entries and groups: larger ones differ between JSON readers."""
_KINDS = get_args(EditKind)


class HistoryEntry(NamedTuple):
    """One action's effect on one item."""

    seq: int
    at: str
    """ISO time, UTC."""
    by: str
    """human:NAME or engine:VERSION."""
    article: str
    group: int
    """The action: entries of one group were saved together and are undone together."""
    op: str
    """The action's name; `undo` and `redo` for those, `label` where the engine's work was taken in."""
    kind: EditKind | None = None
    """Kind of the item; None where the action changed no single item."""
    before: Mapping[str, Any] | None = None
    """The item as JSON; for an article its changed fields; None where there was none."""
    after: Mapping[str, Any] | None = None
    of: int | None = None
    """The group that was undone or redone."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types."""
        document = self._asdict()
        return document if self.of is not None else {k: v for k, v in document.items() if k != "of"}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> HistoryEntry:
        """Build from a document of the history; unknown keys are left in the file.

        Raises:
            ModelError: it is not an entry of the history.
        """
        for name, kind in _NEEDED.items():
            if type(document.get(name)) is not kind:
                raise ModelError(f"{name} is missing or not a {'number' if kind is int else 'string'}")
        entry = cls(**{name: document[name] for name in cls._fields if name in document})
        for name in ("seq", "group", "of"):
            number = document.get(name)
            if number is not None and not (type(number) is int and 0 < number < _HIGHEST):
                raise ModelError(f"{name}: expected a number of 1 or more, not {number!r:.60}")
        for name in ("before", "after"):
            item = document.get(name)
            if item is not None and not isinstance(item, dict):
                raise ModelError(f"{name}: expected an object or null, not {item!r:.60}")
        if entry.kind is not None:
            entry._check_item()
        return entry

    def _check_item(self) -> None:
        """Refuse `before` and `after` that are not states of one item.

        Raises:
            ModelError: they are not.
        """
        before, after = self.before, self.after
        if self.kind not in _KINDS:
            raise ModelError(f"kind: {self.kind!r:.60} is not a kind of edit")
        if self.kind == "article":
            same = before is not None and after is not None and before.keys() == after.keys()
        else:
            ids = [item.get("id") for item in (before, after) if item is not None]
            same = bool(ids) and ids[0] == ids[-1] and isinstance(ids[0], str)
        if not same:
            raise ModelError("before and after are not states of the same item")

    def is_about(self, claim_id: str) -> bool:
        """Return True if the entry is of a claim, or of the article as a whole."""
        item = self.after or self.before
        return self.kind is None or (self.kind == "claim" and item is not None and item.get("id") == claim_id)

    def about(self, edit: Edit, seq: int) -> HistoryEntry:
        """Return a copy of the entry, for one of the edits of its action."""
        return self._replace(seq=seq, **edit.to_dict())

    def edit(self) -> Edit | None:
        """Return the edit; None where the action changed no single item.

        Raises:
            ModelError: the item is not what the contract says.
        """
        try:
            return None if self.kind is None else Edit.from_dict(self._asdict())
        except ModelError as error:
            raise ModelError(f"history entry {self.seq}: {error.message.removeprefix('history ')}") from None


class Timeline:
    """Follows a history and knows which groups can be undone and redone."""

    def __init__(self) -> None:
        self.undoable: list[int] = []
        self.undone: list[int] = []
        self.last_group = 0
        self.last_seq = 0
        self.replaced: dict[str, int] = {}
        """By article, the last entry that replaced its text or record; actions before it cannot be undone."""
        self._groups: dict[int, tuple[str, range]] = {}
        """By group, its article (empty if it has several) and the positions of its entries."""

    def places(self, group: int) -> range:
        """Return the positions of a group's entries in the history."""
        return self._groups[group][1]

    def places_of(self, article: str) -> list[int]:
        """Return the positions of an article's entries in the history, and of actions on several articles."""
        groups = (places for owner, places in self._groups.values() if owner in (article, ""))
        return sorted({place for places in groups for place in places})

    def note(self, entry: HistoryEntry, place: int) -> None:
        """Add the next entry, at position `place`."""
        self.last_seq = max(self.last_seq, entry.seq)
        self.last_group = max(self.last_group, entry.group)
        known = self._groups.get(entry.group)
        start = known[1].start if known else place
        article = entry.article if known is None or known[0] == entry.article else ""
        self._groups[entry.group] = sys.intern(article), range(start, place + 1)
        if known is None:
            self._follow(entry)

    def _follow(self, entry: HistoryEntry) -> None:
        if entry.op == UNDO and entry.of in self.undoable:
            self.undoable.remove(entry.of)
            self.undone.append(entry.of)
        elif entry.op == REDO and entry.of in self.undone:
            self.undone.remove(entry.of)
            self.undoable.append(entry.of)
        elif entry.op in (NEW_TEXT, REPLACE):
            self.replaced[entry.article] = entry.seq
            for groups in (self.undoable, self.undone):
                groups[:] = [group for group in groups if self._groups[group][0] != entry.article]
        elif is_human(entry.by) and entry.op not in (LABEL, IMPORT, UNDO, REDO):
            self.undoable.append(entry.group)
            self.undone.clear()


def by_article(entries: Iterable[HistoryEntry]) -> dict[str, list[HistoryEntry]]:
    """Return entries by the article they are of, in their order."""
    found: dict[str, list[HistoryEntry]] = {}
    for entry in entries:
        found.setdefault(entry.article, []).append(entry)
    return found


def replay(record: Record, op: str, edits: Sequence[Edit]) -> Change:
    """Return the change that sets items of a record to the `after` of old edits, whatever their present state.

    The record may have been labelled again since: what is referred to stays, and a reference to what is gone is
    taken away. Nothing is done where the record would contradict itself. All of its claims are checked for that,
    unless every item is as the action left it: then those of the edits.
    """
    start, change, exact = record, Change(record.id, op, ()), True
    for edit in edits:
        current = _current(record, edit)
        wanted = _sound(record, edit.after)
        exact = exact and current == edit.before and wanted == edit.after
        if wanted is None and current is not None and _referred_to(record, edit.kind, current):
            exact = False
            continue
        if current != wanted:
            step = Edit(edit.kind, current, wanted)
            change = change._replace(edits=(*change.edits, step))
            record = apply(record, Change(record.id, op, (step,)))
    touched = change.ids()
    checked = replace(record, claims=tuple(c for c in record.claims if c.id in touched)) if exact else record
    return change if record is start or not any(checked.problems()) else change._replace(edits=())


def _current(record: Record, edit: Edit) -> Item | None:
    if edit.kind == "article":
        assert isinstance(edit.after, Mapping)
        return {name: getattr(record, name) for name in edit.after}
    items: tuple[Any, ...] = {"claim": record.claims, "date": record.dates, "speaker": record.speakers}[edit.kind]
    wanted: Any = edit.after or edit.before
    try:
        return cast("Item", items[position(items, wanted.id)])
    except KeyError:
        return None


def _sound(record: Record, item: Item | None) -> Item | None:
    if not isinstance(item, Claim):
        return item
    speaker = item.speaker if item.speaker in {s.id for s in record.speakers} else None
    date = item.date if item.date in {d.id for d in record.dates} else None
    return replace(item, speaker=speaker, date=date)


def _referred_to(record: Record, kind: EditKind, item: Item) -> bool:
    if kind == "speaker":
        return any(c.speaker == item.id for c in record.claims)  # type: ignore[union-attr] # a speaker has an id
    return kind == "date" and any(c.date == item.id for c in record.claims)  # type: ignore[union-attr] # so has a date
