"""The people, organisations, places and documents named in one article, and the lookup of a name among them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, Self

from annotate.model import SpeakerKind
from annotate.speakers.descriptions import head_noun
from annotate.speakers.names import Name
from annotate.speakers.word_lists import implied, is_body, plain, words
from annotate.tables import word_lists


@dataclass(eq=False)
class Entity:
    """A speaker under construction, with everything known so far."""

    words: tuple[str, ...]
    name: str
    kind: SpeakerKind = "unknown"
    gender: str = ""
    descriptions: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    """Token ranges, end exclusive, in no particular order."""
    starts: set[int] = field(default_factory=set)
    """First tokens of the mentions."""
    first: int = sys.maxsize
    """First token of the first mention."""
    titles: set[str] = field(default_factory=set)
    affiliation: set[str] = field(default_factory=set)
    """Party, place and age after the name: *D*, *Ohio*, *34*."""
    head: str = ""
    """Head noun of a speaker without a name: *officials*, *report*."""

    @property
    def is_named(self) -> bool:
        """True for a speaker with a name; False if only described."""
        return not self.head


class Meant(NamedTuple):
    """The referent of some words, with its rivals."""

    entity: Entity
    rivals: tuple[Entity, ...] = ()
    """Other possible referents, the likeliest first."""

    @classmethod
    def likeliest(cls, weights: Mapping[Entity, float]) -> Self | None:
        """Return the entity with the greatest weight, with the rivals that come near it."""
        least = _RIVAL * max(weights.values(), default=0.0)
        return cls.of(sorted(filter(lambda entity: weights[entity] > least, weights), key=lambda e: -weights[e]))

    @classmethod
    def of(cls, likely: Sequence[Entity]) -> Self | None:
        """Return the first of several entities, the likeliest first, with the next ones as rivals."""
        return cls(likely[0], tuple(likely[1 : 1 + _RIVALS])) if likely else None


_RIVAL = 0.5
"""Minimum weight of a rival, as a share of the greatest weight."""
_RIVALS = 3
"""Maximum number of rivals."""


_ARTICLE = re.compile(r"^(?:al|el|ul)-")
_MARKS = "“”‘’\"'()"


class Cast:
    """All entities named in an article, found by any part of their names.

    Args:
        names: The names in its text.
        doubtful: Names found in headlines only, whose capitals and omissions make poor full names.
    """

    def __init__(self, names: Iterable[Name], doubtful: Iterable[Name]) -> None:
        self._by_word: defaultdict[str, list[Entity]] = defaultdict(list)
        by_length = sorted(names, key=lambda name: (-len(name.words), name.start))
        self._rivals: dict[int, tuple[Entity, ...]] = {}
        self._people = {key(name.words[-1]) for name in by_length if kind_of(name) == "person"}
        pairs = [(name, self._add(name)) for name in (*by_length, *doubtful)]
        self.mentions = tuple(sorted(pairs, key=lambda pair: pair[0].start))
        """All mentions with their entities, in text order."""
        self._starts = [name.start for name, _ in self.mentions]
        self.entities = tuple(dict.fromkeys(entity for _, entity in self.mentions))
        """All named entities, in order of their first mention."""
        self._tell_places()

    def within(self, start: int, end: int) -> Sequence[tuple[Name, Entity]]:
        """Return the mentions within a range of tokens."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [(name, entity) for name, entity in self.mentions[first:last] if name.end <= end]

    def meant(self, name: Name, entity: Entity) -> Meant:
        """Return the referent of a mention, with the rivals that share its name."""
        return Meant(entity, self._rivals.get(name.start, ()))

    def _tell_places(self) -> None:
        """Set the kind of entities mostly mentioned as locations to place, if it is unknown."""
        where = Counter(entity for name, entity in self.mentions if name.is_where)
        for entity, times in where.items():
            if entity.kind == "unknown" and 2 * times >= len(entity.mentions):
                entity.kind, entity.gender = "place", ""

    def _add(self, name: Name) -> Entity:
        meant = self._known(name) or Meant(self._new(name))
        entity = meant.entity
        self._rivals[name.start] = meant.rivals
        entity.mentions.append((name.start, name.end))
        entity.starts.add(name.start)
        entity.first = min(entity.first, name.start)
        entity.gender = entity.gender or name.gender
        entity.titles |= {name.title} - {""}
        entity.affiliation |= set(name.affiliation)
        if name.description and name.description not in entity.descriptions:
            entity.descriptions.append(name.description)
        kind = kind_of(name)
        by_surname = len(name.words) < len(entity.words) and name.words[-1] == entity.words[-1]
        if by_surname and entity.kind == "unknown":
            kind = "person"  # organisations are shortened at the other end
        if entity.kind == "unknown" or (kind == "person" and len(entity.words) == 1):
            entity.kind = kind
        if len(name.words) == len(entity.words) and entity.name.isupper():
            entity.name = " ".join(name.words)
        return entity

    def _new(self, name: Name) -> Entity:
        entity = Entity(name.words, " ".join(name.words), kind_of(name), name.gender)
        keys = [key(word) for word in name.words]
        for word in {*keys, *_other_forms(keys[0]), *_acronyms(name.words)}:
            self._by_word[word].append(entity)
        return entity

    def _known(self, name: Name) -> Meant | None:
        """Find the entity for a name: the same words, else part of a longer name, surname before first name."""
        parts = tuple(map(key, name.words))
        # Who fits a name has its first and its last word: the rarer of them leaves fewer to look at.
        sharing = min(self._by_word[parts[-1]], self._by_word[parts[0]], key=len)
        fitting = [
            (quality, entity)
            for entity in sharing
            if (quality := _fit(parts, tuple(map(key, entity.words)), entity))
            and not (entity.kind == "organisation" and len(parts) == 1 and parts[0] in self._people)
            and not (_clash(name, entity) and not (name.may_be_surname and parts[0] == key(entity.words[-1])))
        ]
        if not fitting:
            return None
        best = max(quality for quality, _ in fitting)
        equal = [entity for quality, entity in fitting if quality == best]
        return _most_present(equal, name)


def _clash(name: Name, entity: Entity) -> bool:
    return bool(name.gender and entity.gender and name.gender != entity.gender)


_NEAR = 60
"""Number of tokens before a name that count as near it, about a paragraph."""
_STEM = 6
"""Number of letters that related words share: *councillor* and *council leader*."""
_NEARNESS = 3
"""Weight of a recent mention, in mentions."""


def _most_present(sharing: Sequence[Entity], name: Name) -> Meant | None:
    """Choose among entities that share a name: by title, then gender, then recent and frequent mention."""
    meant = {word[:_STEM] for word in implied(name.title) if word}

    def fits(entity: Entity) -> tuple[bool, bool, bool]:
        called = {plain(word)[:_STEM] for text in entity.descriptions for word in text.split()}
        same_gender = bool(name.gender) and name.gender == entity.gender
        return name.title in entity.titles, not meant.isdisjoint(called), same_gender

    def presence(entity: Entity) -> int:
        near = not entity.starts.isdisjoint(range(name.start - _NEAR, name.start))
        return _NEARNESS * near + len(entity.mentions)

    best = max(map(fits, sharing))
    return Meant.likeliest({entity: presence(entity) for entity in sharing if fits(entity) == best})


def _fit(parts: tuple[str, ...], full: tuple[str, ...], entity: Entity) -> int:
    """Return how well a name fits a known one, from 0 (not at all) to 4."""
    if parts == full:
        return 4
    if entity.kind in {"organisation", "place"}:
        return _fit_of_body(parts, full, entity.kind)
    if full[-len(parts) :] == parts:
        return 3
    if len(parts) > 1 and len(full) > 1 and parts[-1] == full[-1] and _same_first_name(parts[0], full):
        return 2
    return int(len(parts) == 1 and parts[0] in full[:-1] and parts[0] not in words("particles"))


def _same_first_name(first: str, full: tuple[str, ...]) -> bool:
    """Return whether a first name is one of a full name's, or its short or long form: *Bill* of William Tarrant."""
    return first in full[:-1] or first in _other_forms(full[0])


def _other_forms(first: str) -> frozenset[str]:
    """Return the short and long forms of a first name."""
    return _nicknames().get(first, frozenset())


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for short, names in word_lists("speakers/nicknames.tsv").items():
        forms[short] |= names
        for name in names:
            forms[name].add(short)
    return {name: frozenset(others) for name, others in forms.items()}


def key(word: str) -> str:
    """Return a word of a name as it is compared: without quotation marks, brackets and an article: *al-Amin*."""
    return _ARTICLE.sub("", plain(word).strip(_MARKS))


def _fit_of_body(parts: tuple[str, ...], full: tuple[str, ...], kind: SpeakerKind) -> int:
    if kind == "organisation" and len(parts) == 1 and parts[0] in _acronyms(full):
        return 3
    is_place = " ".join(parts) in words("places")
    is_part = full[: len(parts)] == parts or full[-len(parts) :] == parts
    return 2 if kind == "organisation" and is_part and not is_place else 0


def _acronyms(parts: tuple[str, ...]) -> set[str]:
    """Return possible acronyms of a name: DVA and VA for Department of Veterans Affairs."""
    of = next((i + 1 for i, part in enumerate(parts) if plain(part) == "of"), 0)
    return {found for found in (_initials(parts), _initials(parts[of:])) if len(found) > 1}


def _initials(parts: tuple[str, ...]) -> str:
    return "".join(part[0] for part in parts if part[:1].isalpha() and plain(part) not in _SMALL).lower()


_SMALL = frozenset({"of", "for", "the", "and", "on", "in"})


def kind_of(name: Name) -> SpeakerKind:
    """Return the kind of a name by title, word lists and shape; unknown if nothing decides."""
    parts = tuple(map(plain, name.words))
    whole = " ".join(parts)
    if name.title or name.affiliation or (name.gender and len(parts) > 1):
        return "person"
    if whole in words("organisations"):
        return "organisation"
    if whole in words("places"):
        return "place"
    if len(parts) == 1 and parts[0].endswith(_PEOPLES):
        return "group"
    if any(part in words("organisation names") for part in (parts[0], parts[-1])) or {"of", "&"} & set(parts):
        return "organisation"
    if name.description:
        return "organisation" if is_body(head_noun(name.description)) else "person"
    if {parts[0], parts[-1]} & words("geographic words"):
        return "place"
    is_acronym = len(parts) == 1 and 1 < len(whole) <= _LONGEST_ACRONYM and name.words[0].isupper()
    return "organisation" if name.after_the or is_acronym else "unknown"


_LONGEST_ACRONYM = 5
_PEOPLES = ("icans", "ians", "crats", "ists", "ives", "itons")
