"""Whom a description means: *the Ohio senator* after Sen. Ana Li (D-Ohio), *the agency* after the Water Department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens

from annotate.speakers import phrases
from annotate.speakers.cast import Cast, Entity
from annotate.speakers.descriptions import head_noun
from annotate.speakers.lexicon import gender_of_title, implied, is_body, is_role, plain, words
from annotate.speakers.salience import Salience

_DETAILS = frozenset({"compound", "amod", "nmod"})
_AHEAD = 8
"""Tokens after a description in which a pronoun goes back to it."""
_UNSURE = 0.3
"""Factor for one of whom nothing tells that it is a person, or a body."""


@dataclass(frozen=True)
class _Facts:
    """What is said of a speaker."""

    roles: frozenset[tuple[str, frozenset[str]]]
    """Head nouns of its descriptions, each with the words that make it another one: *vice* president."""
    words: frozenset[str]
    parties: frozenset[str]
    is_open: bool
    """Whether it may be more than it was called: a *candidate* may be a *businesswoman*, a *spokesman* hardly."""


@dataclass(frozen=True)
class _Description:
    """What a phrase says."""

    noun: str
    details: tuple[str, ...]
    is_trade: bool
    """Whether a common noun says what it is the role of: *club doctor*, *tax commissioner*."""
    restricting: frozenset[str]
    parties: frozenset[str]
    gender: str
    is_plural: bool
    names_another: bool
    """Whether somebody's name stands in it: *the Li campaign*."""
    start: int


class Known:
    """The speakers of an article, found by what is said of them."""

    def __init__(self, cast: Cast, salience: Salience) -> None:
        self._cast = cast
        self._salience = salience
        self._facts: dict[Entity, _Facts] = {}
        self._by_head: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_kind: defaultdict[str, list[Entity]] = defaultdict(list)
        self._nameless: dict[str, Entity] = {}
        for entity in cast.entities:
            self._index(entity, entity.descriptions)

    def add(self, entity: Entity) -> None:
        """Note somebody who has no name."""
        self._nameless.setdefault(plain(entity.name), entity)
        self._index(entity, [entity.head])

    def called(self, text: str) -> Entity | None:
        """Return the nameless one of whom the same words were said before."""
        return self._nameless.get(plain(text))

    def meant(self, span: Tokens) -> Entity | None:
        """Return whom a definite description means; of two together, *the nominee and his aides*, nobody."""
        if _is_pair(span):
            return None
        description = self._read(span)
        return (
            self._said(description)
            or self._titled(description)
            or self._of_kind(description)
            or self._spoken_of(description)
        )

    def announced(self, span: Tokens) -> Entity | None:
        """Return who is described before being named, as headlines and first sentences do: *A judge*, then Judge Li."""
        if not self._salience.is_lead(span.start) or _is_pair(span):
            return None
        description = self._read(span)
        if description.is_plural or description.names_another:
            return None
        later = [e for e in self._cast.entities if self._salience.is_later(e, span.start)]
        if is_body(description.noun):
            return self._announced_body(description, later)
        if not is_role(description.noun) or description.noun in words("anybody's roles"):
            return None
        return self._announced_person(description, later, span.end)

    def _announced_body(self, description: _Description, later: Sequence[Entity]) -> Entity | None:
        bodies = [e for e in later if e.kind == "organisation" and description.noun in self._facts[e].words]
        return max(bodies, key=lambda entity: self._matches(entity, description), default=None)

    def _announced_person(self, description: _Description, later: Sequence[Entity], end: int) -> Entity | None:
        people = [e for e in later if e.kind == "person" and not self._clashes(e, description)]
        titled = [e for e in people if any(noun == description.noun for noun, _ in self._facts[e].roles)]
        if titled:
            return titled[0] if len(titled) == 1 and self._is_role(titled[0], description) else None
        return next((e for e in people if not e.descriptions and self._salience.is_brought_in(e, end)), None)

    def _index(self, entity: Entity, descriptions: Iterable[str]) -> None:
        facts = _facts(entity, descriptions)
        self._facts[entity] = facts
        heads = {noun for noun, _ in facts.roles}
        if entity.kind == "organisation" and entity.is_named:
            heads |= set(map(plain, entity.words))
        kinds = entity.words if entity.kind == "organisation" else [entity.head]
        for kind in _implied(kinds) & (words("organisation nouns") | words("documents")):
            self._by_kind[kind].append(entity)
        for noun in heads:
            self._by_head[noun].append(entity)

    def _read(self, span: Tokens) -> _Description:
        head = phrases.head_of(span)
        noun = phrases.singular(head.text)
        before = [token for token in span if token.dep_ in _DETAILS and token.i < span.root.i]
        after = [token for token in head.subtree if head.i < token.i < span.end and token.tag_ == "NNP"]
        said = _implied(token.text for token in before)
        inside = self._cast.within(span.start, span.end)
        return _Description(
            noun=noun,
            details=tuple(plain(token.text) for token in (*before, *after)),
            is_trade=noun not in words("passing roles") and any(token.tag_ == "NN" for token in before),
            restricting=said & words("restricting words"),
            parties=said & words("parties"),
            gender=gender_of_title(noun) or _gender_ahead(span),
            is_plural=phrases.is_plural(head),
            names_another=any(token.dep_ == "poss" and token.tag_[:3] != "NNP" for token in span[: head.i - span.start])
            or any(e.kind != "place" and not _implied(n.words) & words("parties") for n, e in inside),
            start=span.start,
        )

    def _said(self, description: _Description) -> Entity | None:
        """Find the last one who was called so, every detail included."""
        candidates = [
            entity
            for entity in self._by_head[description.noun]
            if not (description.is_plural and entity.is_named and entity.kind != "group")
            and self._is_role(entity, description)
            and all(implied(detail) & self._facts[entity].words for detail in description.details)
        ]
        return self._salience.latest(candidates, before=description.start)

    def _is_role(self, entity: Entity, description: _Description) -> bool:
        roles = [restricting for noun, restricting in self._facts[entity].roles if noun == description.noun]
        return not roles or description.restricting in roles

    def _titled(self, description: _Description) -> Entity | None:
        """Find the named person of that title of whom most of the details were said, and nothing against them."""
        if description.is_plural or description.names_another:
            return None
        candidates = [
            (self._matches(entity, description), entity)
            for entity in self._by_head[description.noun]
            if entity.is_named and entity.kind == "person" and self._is_role(entity, description)
            and not self._clashes(entity, description)
        ]
        most = max((matches for matches, _ in candidates), default=0)
        best = [entity for matches, entity in candidates if matches == most]
        if most == 0 and len(best) > 1:
            return None
        return self._salience.latest(best, before=description.start)

    def _matches(self, entity: Entity, description: _Description) -> int:
        return sum(bool(implied(detail) & self._facts[entity].words) for detail in description.details)

    def _clashes(self, entity: Entity, description: _Description) -> bool:
        parties = self._facts[entity].parties
        return bool(
            (description.gender and entity.gender and description.gender != entity.gender)
            or (parties and description.parties and not parties & description.parties)
        )

    def _of_kind(self, description: _Description) -> Entity | None:
        """Find the last body whose name says that it is one: *the agency* of the Water Department."""
        if description.is_plural or description.names_another:
            return None
        fitting = [
            entity
            for entity in self._by_kind[description.noun]
            if self._matches(entity, description) == len(description.details)
        ]
        known = self._salience.last_before(fitting, description.start)
        return fitting[0] if known is None and len(fitting) == 1 else known

    def _spoken_of(self, description: _Description) -> Entity | None:
        """Find who is spoken of now, where nobody was called so before: *the baker*, *the company*."""
        if description.is_plural or description.names_another:
            return None
        if description.noun in words("companies") or description.noun.endswith("maker"):
            return self._salience.best(description.start, lambda entity: self._bodyhood(entity, description))
        if is_role(description.noun) and description.noun not in words("anybody's roles"):
            return self._salience.best(description.start, lambda entity: self._personhood(entity, description))
        return None

    def _personhood(self, entity: Entity, description: _Description) -> float:
        """Return how well a role fits somebody who was not called so."""
        facts = self._facts[entity]
        if not entity.is_named or not facts.is_open or self._clashes(entity, description):
            return 0.0
        if any(noun == description.noun for noun, _ in facts.roles):
            return 0.0
        matches = self._matches(entity, description)
        if description.is_trade and matches < len(description.details):
            return 0.0
        if entity.kind == "person":
            return 1.0 + matches
        return _UNSURE if entity.kind == "unknown" and matches == len(description.details) else 0.0

    def _bodyhood(self, entity: Entity, description: _Description) -> float:
        """Return how well a kind of body fits a named one, of which no other kind is known."""
        if not entity.is_named or entity.descriptions:
            return 0.0
        kinds = _implied(entity.words) & words("organisation nouns")
        if kinds and description.noun not in kinds:
            return 0.0
        return {"organisation": 1.0, "unknown": 0.5}.get(entity.kind, 0.0)


def _facts(entity: Entity, descriptions: Iterable[str]) -> _Facts:
    roles = {
        (noun, said & words("restricting words"))
        for description in descriptions
        for said in [_implied(description.split())]
        for noun in implied(head_noun(description))
    }
    name = entity.words or entity.name.split()
    said = _implied((*name, *entity.affiliation, *(word for text in descriptions for word in text.split())))
    return _Facts(
        roles=frozenset(roles),
        words=said,
        parties=_implied((*entity.affiliation, *(word for text in descriptions for word in text.split()))) & words("parties"),
        is_open=not any(map(_is_lasting, descriptions)),
    )


def _gender_ahead(span: Tokens) -> str:
    """Return what the next words tell: *The nominee attacked her rival*."""
    last = min(span.end + _AHEAD, span.root.sent.end)
    for token in span.doc[span.end : last]:
        if token.is_quote or token.tag_ == "NNP":
            return ""
        if token.lower_ in {"he", "she"} or token.tag_ == "PRP$":
            return "m" if token.lower_ in phrases.MALE else "f" if token.lower_ in phrases.FEMALE else ""
    return ""


def _is_lasting(description: str) -> bool:
    """Whether a description leaves no room for another: *spokesman*, but neither *nominee* nor *former spokesman*."""
    said = set(map(plain, description.split()))
    return "former" not in said and not implied(head_noun(description)) & words("passing roles")


def _is_pair(span: Tokens) -> bool:
    """Whether a phrase joins two beings, not two roles of one: *the senator and her aides*, *the senator and lawyer*."""
    head = phrases.head_of(span)
    others = (token for token in span if token.dep_ == "conj" and token.head == head)
    return any(child.dep_ in {"det", "poss"} for other in others for child in other.children)


def _implied(found: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(implied, found))
