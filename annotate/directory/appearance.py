"""Speakers of single articles, the material of a directory, and the keys of a person's decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from annotate.codec import texts_in
from annotate.errors import ModelError
from annotate.model import Claim, Record, Speaker
from annotate.spans import Span

ENTITY, ALIASES, JOINED, WAS = "entity", "aliases", "joined", "was"
"""Keys that the directory adds to a speaker."""


class Appearance(NamedTuple):
    """A speaker of one article."""

    article: str
    speaker: Speaker
    claims: int
    """Number of its claims that are neither deleted nor rejected."""

    @property
    def mark(self) -> tuple[str, str]:
        """Ids of the article and the speaker."""
        return self.article, self.speaker.id

    @property
    def entity(self) -> str:
        """Id of the entry that a person assigned it to; empty if nobody has."""
        said = self.speaker.extra.get(ENTITY)
        return said if isinstance(said, str) else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its earlier names."""
        return aliases_of(self.speaker)

    @property
    def joined(self) -> tuple[Joined, ...]:
        """Other speakers of the article that a person merged with this one."""
        known = self.speaker.extra.get(JOINED)
        parts = known if isinstance(known, list | tuple) else ()
        return tuple(joined for part in parts if (joined := Joined.of(self.article, self.speaker.id, part)))


class Joined(NamedTuple):
    """A speaker as it was before it was merged with another of its article."""

    article: str
    heir: str
    """Id of the speaker it was merged into, which has its claims now."""
    heir_name: str
    """Name of the heir before the merge."""
    speaker: Speaker
    claims: tuple[str, ...]
    """Ids of the claims it had."""

    @classmethod
    def of(cls, article: str, heir: str, part: object) -> Joined | None:
        """Read the output of `as_json`; None if it is invalid."""
        match part:
            case {"heir_name": str(name), "speaker": dict(speaker), "claims": [*ids]} if all(
                isinstance(i, str) for i in ids
            ):
                with suppress(ModelError):
                    return cls(article, heir, name, Speaker.from_dict(speaker), tuple(ids))
        return None

    def as_json(self) -> dict[str, object]:
        """Return the JSON form stored under the heir's key `joined`."""
        return {"heir_name": self.heir_name, "speaker": self.speaker.to_dict(), "claims": list(self.claims)}


def aliases_of(speaker: Speaker) -> tuple[str, ...]:
    """Return the names a speaker had before a person renamed or merged it."""
    return texts_in(speaker.extra.get(ALIASES))


def stands(claim: Claim) -> bool:
    """Tell whether a claim counts for its speaker: it is neither deleted nor rejected."""
    return not claim.deleted and claim.status != "rejected"


def of_record(record: Record) -> Iterator[Appearance]:
    """Yield the speakers of an article, those without claims included: they may get claims back."""
    counts = Counter(claim.speaker for claim in record.claims if stands(claim))
    for speaker in record.speakers:
        yield Appearance(record.id, speaker, counts[speaker.id])


def ids_of(speaker: Speaker) -> Iterator[str]:
    """Yield the ids of a speaker and of all speakers merged with it, which a split or an undo can restore."""
    yield speaker.id
    for joined in Appearance("", speaker, 0).joined:
        yield from ids_of(joined.speaker)


def moved(speaker: Speaker, place: Callable[[Span], Span | None]) -> Speaker:
    """Return a speaker with its mentions, and those of all speakers merged with it, moved to another text.

    Args:
        speaker: As in the old text.
        place: Returns where a span of the old text stands now, if it does.
    """
    joined = Appearance("", speaker, 0).joined
    parts = [part._replace(speaker=moved(part.speaker, place)).as_json() for part in joined]
    extra = {**speaker.extra} | ({JOINED: parts} if parts else {})
    return replace(speaker, mentions=tuple(filter(None, map(place, speaker.mentions))), extra=extra)
