"""Entries of a directory: all appearances of one being."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from annotate.directory.appearance import Appearance, Joined
from annotate.directory.roles import by_role
from annotate.model import SpeakerKind


@dataclass(frozen=True)
class Entry:
    """One being with its appearances."""

    key: str
    """Unique key of the entry."""
    appearances: tuple[Appearance, ...]

    @cached_property
    def name(self) -> str:
        """Name with the most claims; the longest of several."""
        counts: Counter[str] = Counter()
        for appearance in self.appearances:
            counts[appearance.speaker.name] += appearance.claims
        return max(counts, key=lambda name: (counts[name], len(name)))

    @cached_property
    def kind(self) -> SpeakerKind:
        """Most frequent kind among the articles in which it is known."""
        kinds = Counter(a.speaker.kind for a in self.appearances if a.speaker.kind != "unknown")
        return kinds.most_common(1)[0][0] if kinds else "unknown"

    @cached_property
    def description(self) -> str:
        """Description in the article with most of its claims, if that has one; the longest of several."""
        said = ((a.claims, len(text), text) for a in self.appearances if (text := a.speaker.description))
        return max(said, default=(0, 0, ""))[-1]

    @cached_property
    def namesakes(self) -> tuple[Entry, ...]:
        """The groups of its appearances that may be different people of one name, most claims first; empty otherwise.

        Articles that say of a person things that share no word, *director* and *governor*, may speak of two.
        """
        groups = by_role(self.appearances) if self.kind == "person" else []
        parts = [Entry(f"{self.key}/{i}", tuple(group)) for i, group in enumerate(groups)]
        return tuple(sorted(parts, key=lambda part: -part.claims)) if len(parts) > 1 else ()

    @cached_property
    def is_decided(self) -> bool:
        """True if a person decided the identity of at least one of its speakers."""
        return any(appearance.entity for appearance in self.appearances)

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        names = dict.fromkeys(name for a in self.appearances for name in (a.speaker.name, *a.aliases))
        return tuple(name for name in names if name != self.name)

    @cached_property
    def claims(self) -> int:
        """The number of its claims."""
        return sum(appearance.claims for appearance in self.appearances)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles it speaks in."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances if appearance.claims))

    def marks_in(self, *articles: str) -> set[tuple[str, str]]:
        """Return the marks of its speakers in some articles."""
        wanted = frozenset(articles)  # there may be thousands
        return {appearance.mark for appearance in self.appearances if appearance.article in wanted}

    @property
    def mark(self) -> tuple[str, str]:
        """Ids of an article and a speaker, to find the entry again after a person's decision has changed its key."""
        return self.appearances[0].mark

    def __contains__(self, speaker: tuple[str, str]) -> bool:
        """Tell whether the entry includes a speaker, given the ids of article and speaker."""
        return any(a.mark == speaker for a in self.appearances)

    @cached_property
    def joined(self) -> tuple[Joined, ...]:
        """Speakers of its articles that a person merged with it."""
        return tuple(part for appearance in self.appearances for part in appearance.joined)
