"""Rows of the list of speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.cells import cell_len, set_cell_size

from annotate.directory import Directory, Entry
from annotate.model import Speaker
from annotate.plural import count
from annotate.safe import safe_line
from tui.text.shorten import shortened

_KIND_CELLS = 14
_TITLE_CELLS = 30


class SpeakerLines:
    """Describes the entries of a directory so that the user can tell them apart.

    Args:
        directory: All entries.
        titles: Names of articles by id.
    """

    def __init__(self, directory: Directory, titles: Mapping[str, str]) -> None:
        self._directory = directory
        self._titles = titles
        self._names = Counter(entry.name for entry in directory.entries)

    def line(self, entry: Entry, width: int, *, marked: bool, carried: bool) -> str:
        """Return a row of a width in cells: kind, name, numbers of claims and articles."""
        others = self._directory.maybe(entry)
        where = self.where(entry) if self._names[entry.name] > 1 else ""
        is_several = len(entry.namesakes)
        about = f"{entry.name} · maybe {is_several}: {roles_of(entry, ' / ')}" if is_several else called(entry)
        about += f" · {where}" if where else ""
        about += f" · also {', '.join(entry.aliases)}" if entry.aliases else ""
        about += f" · maybe {self._names_of(entry, others)}" if others else ""
        head = ("▶ " if marked else "  ") + set_cell_size(entry.kind, _KIND_CELLS)
        head += "+ " if carried else "~ " if others or is_several else "  "
        tail = f" {count(entry.claims, 'claim'):>11} {count(len(entry.articles), 'article'):>12} "
        room = max(0, width - cell_len(head) - cell_len(tail))
        return set_cell_size(head + set_cell_size(shortened(safe_line(about), room), room) + tail, width)

    def _names_of(self, entry: Entry, others: Sequence[Entry]) -> str:
        names = [f"the one {self.where(o)}" if o.name == entry.name else self._told_apart(o) for o in others[:2]]
        return " or ".join(names if len(others) <= len(names) else [names[0], f"{len(others) - 1} others"])

    def _told_apart(self, entry: Entry) -> str:
        return called(entry) if self._names[entry.name] > 1 else entry.name

    def about(self, entry: Entry) -> str:
        """Return description, number of claims, and articles of a speaker, without the name."""
        return " · ".join(filter(None, (entry.description, count(entry.claims, "claim"), self.where(entry))))

    def how_much(self, entry: Entry) -> str:
        """Return the numbers of a speaker's articles and claims."""
        return f"{count(len(entry.articles), 'article')} · {count(entry.claims, 'claim')}"

    def where(self, entry: Entry) -> str:
        """Return the title of a speaker's article, or the number of articles."""
        if len(entry.articles) > 1:
            return f"in {count(len(entry.articles), 'article')}"
        return f"in {shortened(self.title(entry.articles[0]), _TITLE_CELLS)}"

    def title(self, article: str) -> str:
        """Return the title of an article, else its id."""
        return self._titles.get(article, article)


def roles_of(entry: Entry, between: str = " and ") -> str:
    """Return the roles of a name that may belong to several people."""
    return between.join(part.description for part in entry.namesakes)


def called(entry: Entry | Speaker) -> str:
    """Return name and description of a speaker."""
    return ", ".join(filter(None, (entry.name, entry.description)))
