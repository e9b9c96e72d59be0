"""What a directory is made of: speakers of single articles, and entries that put together those who are one being."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from annotate.codec import texts_in
from annotate.directory.roles import by_role
from annotate.errors import ModelError
from annotate.model import Claim, Record, Speaker, SpeakerKind
from annotate.spans import Span

ENTITY, ALIASES, JOINED, WAS = "entity", "aliases", "joined", "was"
"""Keys of a speaker, beside those of the contract."""


class Appearance(NamedTuple):
    """A speaker of one article."""

    article: str
    speaker: Speaker
    claims: int
    """Those neither deleted nor rejected."""

    @property
    def mark(self) -> tuple[str, str]:
        """Ids of the article and the speaker."""
        return self.article, self.speaker.id

    @property
    def entity(self) -> str:
        """What a person said it is; empty where nobody did."""
        said = self.speaker.extra.get(ENTITY)
        return said if isinstance(said, str) else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Names it had before."""
        return aliases_of(self.speaker)

    @property
    def joined(self) -> tuple[Joined, ...]:
        """Other speakers of the article that a person said are this one."""
        known = self.speaker.extra.get(JOINED)
        parts = known if isinstance(known, list | tuple) else ()
        return tuple(joined for part in parts if (joined := Joined.of(self.article, self.speaker.id, part)))


class Joined(NamedTuple):
    """A speaker that is one with another of its article, as it was before."""

    article: str
    heir: str
    """Id of the speaker that has its claims now."""
    heir_name: str
    """What that one was called before."""
    speaker: Speaker
    claims: tuple[str, ...]
    """Ids of those it had."""

    @classmethod
    def of(cls, article: str, heir: str, part: object) -> Joined | None:
        """Read what `as_json` wrote; None where it makes no sense."""
        match part:
            case {"heir_name": str(name), "speaker": dict(speaker), "claims": [*ids]} if all(
                isinstance(i, str) for i in ids
            ):
                with suppress(ModelError):
                    return cls(article, heir, name, Speaker.from_dict(speaker), tuple(ids))
        return None

    def as_json(self) -> dict[str, object]:
        """Return what is kept of it under the heir's key `joined`."""
        return {"heir_name": self.heir_name, "speaker": self.speaker.to_dict(), "claims": list(self.claims)}


def aliases_of(speaker: Speaker) -> tuple[str, ...]:
    """Return the names a speaker had before a person renamed it or put it together with another."""
    return texts_in(speaker.extra.get(ALIASES))


def stands(claim: Claim) -> bool:
    """Tell whether a claim counts for its speaker: it is neither deleted nor rejected."""
    return not claim.deleted and claim.status != "rejected"


def of_record(record: Record) -> Iterator[Appearance]:
    """Yield the speakers of an article, those who have lost all their claims too: they may get them back."""
    counts = Counter(claim.speaker for claim in record.claims if stands(claim))
    for speaker in record.speakers:
        yield Appearance(record.id, speaker, counts[speaker.id])


def ids_of(speaker: Speaker) -> Iterator[str]:
    """Yield the ids of a speaker and of all who are one with it: they may be parted again, and undone."""
    yield speaker.id
    for joined in Appearance("", speaker, 0).joined:
        yield from ids_of(joined.speaker)


def moved(speaker: Speaker, place: Callable[[Span], Span | None]) -> Speaker:
    """Return a speaker with its mentions, and those of all who are one with it, where they stand in another text.

    Args:
        speaker: As in the old text.
        place: Returns where a span of the old text stands now, if it does.
    """
    joined = Appearance("", speaker, 0).joined
    parts = [part._replace(speaker=moved(part.speaker, place)).as_json() for part in joined]
    extra = {**speaker.extra} | ({JOINED: parts} if parts else {})
    return replace(speaker, mentions=tuple(filter(None, map(place, speaker.mentions))), extra=extra)


@dataclass(frozen=True)
class Entry:
    """One being and where it speaks."""

    key: str
    """What tells it from other entries."""
    appearances: tuple[Appearance, ...]

    @cached_property
    def name(self) -> str:
        """The name of most claims, the longest of those."""
        counts: Counter[str] = Counter()
        for appearance in self.appearances:
            counts[appearance.speaker.name] += appearance.claims
        return max(counts, key=lambda name: (counts[name], len(name)))

    @cached_property
    def kind(self) -> SpeakerKind:
        """What it is in most articles, of those that know."""
        kinds = Counter(a.speaker.kind for a in self.appearances if a.speaker.kind != "unknown")
        return kinds.most_common(1)[0][0] if kinds else "unknown"

    @cached_property
    def description(self) -> str:
        """What the article says of it in which it makes most claims, of those that say something; the most of it."""
        said = ((a.claims, len(text), text) for a in self.appearances if (text := a.speaker.description))
        return max(said, default=(0, 0, ""))[-1]

    @cached_property
    def namesakes(self) -> tuple[Entry, ...]:
        """Its parts, most claims first, where it may be several people of one name; none where nothing says so.

        Articles that say of a person things that share no word, *director* and *governor*, may speak of two.
        """
        groups = by_role(self.appearances) if self.kind == "person" else []
        parts = [Entry(f"{self.key}/{i}", tuple(group)) for i, group in enumerate(groups)]
        return tuple(sorted(parts, key=lambda part: -part.claims)) if len(parts) > 1 else ()

    @cached_property
    def is_decided(self) -> bool:
        """Whether a person said of one of its speakers at least who it is."""
        return any(appearance.entity for appearance in self.appearances)

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        names = dict.fromkeys(name for a in self.appearances for name in (a.speaker.name, *a.aliases))
        return tuple(name for name in names if name != self.name)

    @cached_property
    def claims(self) -> int:
        """How many it makes."""
        return sum(appearance.claims for appearance in self.appearances)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles it speaks in."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances if appearance.claims))

    def marks_in(self, *articles: str) -> set[tuple[str, str]]:
        """Return the marks of what it is in some articles."""
        wanted = frozenset(articles)  # there may be thousands
        return {appearance.mark for appearance in self.appearances if appearance.article in wanted}

    @property
    def mark(self) -> tuple[str, str]:
        """Ids of an article and a speaker by which it is found again: its key changes with what a person says of it."""
        return self.appearances[0].mark

    def __contains__(self, speaker: tuple[str, str]) -> bool:
        """Tell whether an article's speaker, by the ids of both, is this one."""
        return any(a.mark == speaker for a in self.appearances)

    @cached_property
    def joined(self) -> tuple[Joined, ...]:
        """Speakers of its articles that a person said are one with it."""
        return tuple(part for appearance in self.appearances for part in appearance.joined)
