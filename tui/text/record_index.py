"""An index of a record's parts by id, and the fast search for differences between two records."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Generic, Protocol, TypeVar

_SLICE = 512


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


class ById(Generic[T]):
    """The items of one of a record's tuples, by id.

    An edit replaces an item in place or adds one at the end; this is found at the speed of comparing identities.
    After any other change the index is rebuilt.
    """

    def __init__(self) -> None:
        self._items: tuple[T, ...] = ()
        self._positions: dict[str, int] = {}

    def take(self, items: tuple[T, ...], touched: Collection[str] | None = None) -> list[tuple[T | None, T | None]]:
        """Set the tuple of the next record; return the changed items as pairs of before and after, None for absent.

        Args:
            items: The tuple.
            touched: The ids of all items that may have changed, if known: then only these are compared.
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
        """Return the item with an id; None if there is none."""
        at = self._positions.get(wanted) if wanted is not None else None
        return None if at is None else self._items[at]

    def _sort_out(self, old: tuple[T, ...]) -> list[tuple[T | None, T | None]]:
        """Rebuild the index; return the changes by id."""
        self._positions = {item.id: at for at, item in enumerate(self._items)}
        before = {item.id: item for item in old}
        gone = [(item, None) for item in old if item.id not in self._positions]
        rest = [(before.get(item.id), item) for item in self._items if before.get(item.id) is not item]
        return [*gone, *rest]


def _differing(old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[int]:
    """Yield indices present in both tuples, including all at which they differ.

    Whole slices are compared: this skips identical items without calling their methods.
    """
    common = min(len(old), len(new))
    for start in range(0, common, _SLICE):
        end = min(start + _SLICE, common)
        if old[start:end] != new[start:end]:
            yield from range(start, end)
