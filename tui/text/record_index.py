"""Find the parts of a record by id, and what is new in the next record, without going through them all in Python."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Generic, Protocol, TypeVar

_SLICE = 512


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


class ById(Generic[T]):
    """Items of one of a record's tuples by id.

    An edit replaces an item where it stands or adds one at the end; that is found at the speed of comparing
    identities. Anything else is worked out anew.
    """

    def __init__(self) -> None:
        self._items: tuple[T, ...] = ()
        self._positions: dict[str, int] = {}

    def take(self, items: tuple[T, ...], touched: Collection[str] | None = None) -> list[tuple[T | None, T | None]]:
        """Take in the tuple of the next record; return what changed as before and after, None for not there.

        Args:
            items: The tuple.
            touched: The ids of all items that may be others than before, where that is known: then nothing else
                is looked at.
        """
        old, self._items = self._items, items
        if old is items:
            return []
        places = _differing(old, items) if touched is None else map(self._positions.get, touched)
        replaced = [at for at in places if at is not None and at < len(items) and old[at] is not items[at]]
        if len(items) < len(old) or any(old[at].id != items[at].id for at in replaced):
            return self._sort_out(old)
        added = range(len(old), len(items))
        self._positions.update((items[at].id, at) for at in added)
        return [*((old[at], items[at]) for at in replaced), *((None, items[at]) for at in added)]

    def get(self, wanted: str | None) -> T | None:
        """Return the item of that id; None for None and where there is none."""
        at = self._positions.get(wanted) if wanted is not None else None
        return None if at is None else self._items[at]

    def _sort_out(self, old: tuple[T, ...]) -> list[tuple[T | None, T | None]]:
        """Compare by id; return what changed."""
        self._positions = {item.id: at for at, item in enumerate(self._items)}
        before = {item.id: item for item in old}
        gone = [(item, None) for item in old if item.id not in self._positions]
        rest = [(before.get(item.id), item) for item in self._items if before.get(item.id) is not item]
        return [*gone, *rest]


def _differing(old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[int]:
    """Yield places, of those both have; where two tuples differ is among them.

    Slices are compared whole, which passes over the items that are one and the same without asking them anything.
    """
    common = min(len(old), len(new))
    for start in range(0, common, _SLICE):
        end = min(start + _SLICE, common)
        if old[start:end] != new[start:end]:
            yield from range(start, end)
