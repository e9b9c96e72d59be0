"""The list of a library's entries, with possible duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotate.directory.appearance import Appearance
from annotate.directory.entries import Entry
from annotate.directory.names import Forms, forms, identity, plain


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
        self.entries = tuple(sorted(said, key=lambda e: (-e.claims, e.name.casefold(), e.mark)))
        self._texts = tuple(map(_text, self.entries))
        self._forms = {entry.key: forms(entry.kind, (entry.name, *entry.aliases)) for entry in self.entries}
        self._called = tuple(defaultdict[str, list[Entry]](list) for _ in Forms._fields)
        self._named = defaultdict[str, list[Entry]](list)
        for entry in self.entries:
            for called, mine in zip(self._called, self._forms[entry.key], strict=True):
                for form in mine:
                    called[form].append(entry)
        for entry in entries:
            for name in {plain(name) for name in (entry.name, *entry.aliases)}:
                self._named[name].append(entry)
        # Once and for all: a list may be asked for the next one at each key.
        self._unsure = frozenset(e.key for e in self.entries if e.namesakes or any(self._alike(e)))

    def find(self, words: str) -> list[Entry]:
        """Return the entries that have all given words in their names and descriptions, ignoring case."""
        wanted = words.casefold().split()
        pairs = zip(self.entries, self._texts, strict=True)
        return [entry for entry, text in pairs if all(word in text for word in wanted)]

    def maybe(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the possible duplicates of an entry, for a person to decide; most claims first."""
        return _most_first({other.key: other for other in self._alike(entry)}.values())

    def is_unsure(self, entry: Entry) -> bool:
        """Tell whether a person should look at an entry: it may duplicate another one, or mix people of one name."""
        return entry.key in self._unsure

    def _alike(self, entry: Entry) -> Iterator[Entry]:
        """Yield the possible duplicates of an entry; some come more than once."""
        (whole, short, single), mine = self._called, self._forms[entry.key]
        pairs = ((whole, mine.whole), (short, mine.single), (single, mine.short))
        others = (other for called, some in pairs for form in some for other in called.get(form, ()))
        return (other for other in others if other.key != entry.key and not _are_apart(entry, other))

    def called(self, name: str, besides: Entry) -> tuple[Entry, ...]:
        """Return the other entries that have or had a name, of whatever kind; most claims first."""
        return _most_first(other for other in self._named.get(plain(name), ()) if other.key != besides.key)


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


def _text(entry: Entry) -> str:
    """Return the names and descriptions of an entry, case-folded."""
    said = {appearance.speaker.description or "" for appearance in entry.appearances}
    return "\n".join((entry.name, *entry.aliases, *said)).casefold()


def _are_apart(entry: Entry, other: Entry) -> bool:
    """Tell whether a person decided that two entries of one name are different beings."""
    return entry.is_decided and other.is_decided and plain(entry.name) == plain(other.name)


def _most_first(found: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(found, key=lambda entry: (-entry.claims, entry.mark)))
