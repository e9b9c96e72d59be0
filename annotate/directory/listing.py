"""The list of entries of a library, and which of them may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotate.directory.entries import Appearance, Entry
from annotate.directory.names import Forms, forms, identity


class Directory:
    """The entries of a library, most claims first.

    Speakers with the same `entity` are one entry. Of the others those of the same kind and full name are, and belong to
    the one `entity` that has or had this name; where several have, or where a person goes by one word, each article's
    is an entry of its own until somebody says whose it is.

    Args:
        appearances: All speakers; those of whom no claim is left are not listed, but follow what is said of them.
    """

    def __init__(self, appearances: Iterable[Appearance]) -> None:
        entries = [Entry(key, tuple(group)) for key, group in _grouped(appearances).items()]
        said = (entry for entry in entries if entry.claims)
        self.entries = tuple(sorted(said, key=lambda e: (-e.claims, e.name.casefold(), e.key)))
        self._forms = {entry.key: forms(entry.kind, (entry.name, *entry.aliases)) for entry in self.entries}
        self._called = tuple(defaultdict[str, list[Entry]](list) for _ in Forms._fields)
        self._identified = defaultdict[str, list[Entry]](list)
        for entry in self.entries:
            for called, mine in zip(self._called, self._forms[entry.key], strict=True):
                for form in mine:
                    called[form].append(entry)
        for entry in entries:
            for same in {
                identity(a.speaker.kind, name) for a in entry.appearances for name in (a.speaker.name, *a.aliases)
            }:
                self._identified[same].append(entry)

    def maybe(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries that may be the same being, most claims first: a person has to say."""
        (whole, short, single), mine = self._called, self._forms[entry.key]
        pairs = ((whole, mine.whole), (short, mine.single), (single, mine.short))
        found = {other.key: other for called, some in pairs for form in some for other in called.get(form, ())}
        found.pop(entry.key, None)
        return _most_first(found)

    def would_be(self, entry: Entry, name: str) -> tuple[Entry, ...]:
        """Return the entries that an entry would be taken for if it had a name; most claims first."""
        sames = {identity(a.speaker.kind, name) for a in entry.appearances} - {""}
        found = {other.key: other for same in sames for other in self._identified.get(same, ())}
        found.pop(entry.key, None)
        return _most_first(found)


def _grouped(appearances: Iterable[Appearance]) -> dict[str, list[Appearance]]:
    groups: defaultdict[str, list[Appearance]] = defaultdict(list)
    free: list[Appearance] = []
    entities: defaultdict[str, set[str]] = defaultdict(set)
    for appearance in appearances:
        if not appearance.entity:
            free.append(appearance)
            continue
        groups[appearance.entity].append(appearance)
        for name in (appearance.speaker.name, *appearance.aliases):
            entities[identity(appearance.speaker.kind, name)].add(appearance.entity)
    for appearance in free:
        same = identity(appearance.speaker.kind, appearance.speaker.name)
        known = entities.get(same, set()) if same else set()
        alone = f"{appearance.article}/{appearance.speaker.id}"
        key = alone if not same or len(known) > 1 else next(iter(known), same)
        groups[key].append(appearance)
    return groups


def _most_first(found: Mapping[str, Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(found.values(), key=lambda entry: (-entry.claims, entry.key)))
