"""The people, bodies and papers of one article, and which of them a name means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from annotate.model import SpeakerKind
from annotate.speakers.lexicon import plain, words
from annotate.speakers.names import Name


@dataclass(eq=False)
class Entity:
    """One speaker in the making: what is known so far."""

    words: tuple[str, ...]
    name: str
    kind: SpeakerKind = "unknown"
    gender: str = ""
    descriptions: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    """Tokens, end exclusive; in no order."""
    head: str = ""
    """The head noun, of those without a name: *officials*, *report*."""

    @property
    def is_named(self) -> bool:
        """Whether it has a name of its own, not only a description."""
        return not self.head

    def described_as(self, noun: str) -> bool:
        """Whether a description has this noun."""
        return any(noun in map(plain, description.split()) for description in self.descriptions)


class Cast:
    """All that are named in an article, found by any part of their names."""

    def __init__(self, doc: Doc, names: Iterable[Name]) -> None:
        self._doc = doc
        self._by_word: defaultdict[str, list[Entity]] = defaultdict(list)
        self._starting_at: dict[int, tuple[Name, Entity]] = {}
        for name in sorted(names, key=lambda name: (-len(name.words), name.start)):
            self.add(name)

    def add(self, name: Name) -> Entity:
        """Take in a mention: of somebody known, or of somebody new."""
        entity = self._known(name) or self._new(name)
        entity.mentions.append((name.start, name.end))
        entity.gender = entity.gender or name.gender
        if name.description and name.description not in entity.descriptions:
            entity.descriptions.append(name.description)
        if entity.kind == "unknown":
            entity.kind = kind_of(name)
        self._starting_at[name.start] = (name, entity)
        return entity

    def named(self) -> list[tuple[Name, Entity]]:
        """Return all mentions with whom they mean, in text order."""
        return [self._starting_at[start] for start in sorted(self._starting_at)]

    def entities(self) -> list[Entity]:
        """Return all that are named, in order of their first mention."""
        return list(dict.fromkeys(entity for _, entity in self.named()))

    def _new(self, name: Name) -> Entity:
        text = " ".join(self._doc[name.start : name.end].text.split())
        shown = " ".join(name.words) if name.words[-1] not in text.split() else text
        entity = Entity(name.words, shown, kind_of(name), name.gender)
        for word in {plain(word) for word in name.words} | {_initials(name.words)}:
            self._by_word[word].append(entity)
        return entity

    def _known(self, name: Name) -> Entity | None:
        """Find whom a name means: the same words, else a part of a longer name, surname before first name."""
        parts = tuple(map(plain, name.words))
        fitting = [
            (quality, entity)
            for entity in self._by_word[parts[-1]]
            if (quality := _fit(parts, tuple(map(plain, entity.words)), entity))
            and not (name.gender and entity.gender and name.gender != entity.gender)
        ]
        if not fitting:
            return None
        best = max(quality for quality, _ in fitting)
        return max(
            (entity for quality, entity in fitting if quality == best), key=lambda e: self._presence(e, name.start)
        )

    def _presence(self, entity: Entity, at: int) -> tuple[bool, int]:
        """Order those who share a name: mentioned a moment before, then mentioned most."""
        near = any(at - _NEAR <= start < at for start, _ in entity.mentions)
        return near, len(entity.mentions)


_NEAR = 60
"""Tokens: about a paragraph."""


def _fit(parts: tuple[str, ...], full: tuple[str, ...], entity: Entity) -> int:
    """Return how well a name fits a known one, 0 for not at all."""
    if parts == full:
        return 4
    if entity.kind in {"organisation", "place"}:
        return _fit_of_body(parts, full, entity.kind)
    if full[-len(parts) :] == parts:
        return 3
    if len(parts) > 1 and len(full) > 1 and (parts[0], parts[-1]) == (full[0], full[-1]):
        return 2
    return int(len(parts) == 1 and parts[0] == full[0])


def _fit_of_body(parts: tuple[str, ...], full: tuple[str, ...], kind: SpeakerKind) -> int:
    if kind == "organisation" and len(parts) == 1 and parts[0] == _initials(full):
        return 3
    is_place = " ".join(parts) in words("places")
    is_part = full[: len(parts)] == parts or full[-len(parts) :] == parts
    return 2 if kind == "organisation" and is_part and not is_place else 0


def _initials(parts: tuple[str, ...]) -> str:
    """Return the acronym of a name, by which it may be called later."""
    return "".join(part[0] for part in parts if part[:1].isalpha() and plain(part) not in _SMALL).lower()


_SMALL = frozenset({"of", "for", "the", "and", "on", "in"})


def kind_of(name: Name) -> SpeakerKind:
    """Tell people from bodies and places by title, word lists and shape."""
    parts = tuple(map(plain, name.words))
    whole = " ".join(parts)
    if name.title or (name.gender and len(parts) > 1):
        return "person"
    if whole in words("organisations"):
        return "organisation"
    if whole in words("places"):
        return "place"
    if any(part in words("organisation names") for part in (parts[0], parts[-1])) or "of" in parts or "&" in parts:
        return "organisation"
    if name.description:
        return "person"
    if name.after_the or (len(parts) == 1 and len(whole) > 1 and name.words[0].isupper()):
        return "organisation"
    return "person" if len(parts) in {2, 3} else "unknown"
