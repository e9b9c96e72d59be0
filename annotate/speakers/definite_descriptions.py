"""Referents of descriptions: *the Ohio senator* for Sen. Ana Li (D-Ohio), *the agency* for the Water Department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Span as Tokens

from annotate.speakers.cast import Cast, Entity, Meant
from annotate.speakers.facts import Description, Facts, facts_of, kinds_of, read
from annotate.speakers.salience import Salience
from annotate.speakers.word_lists import is_body, is_role, plain, words

_AS_PERSON = {"person": 1.0, "unknown": 0.3}
"""Factor on the weight of candidates for a role, by their kind."""
_AS_BODY = {"organisation": 1.0, "unknown": 0.5}
"""Factor on the weight of candidates for *the company*, by their kind."""


class DefiniteDescriptions:
    """The speakers of an article, looked up by description.

    Args:
        cast: All entities named in it.
        salience: Their mentions.
    """

    def __init__(self, cast: Cast, salience: Salience) -> None:
        self._cast = cast
        self._salience = salience
        self._facts: dict[Entity, Facts] = {}
        self._by_noun: defaultdict[str, list[Entity]] = defaultdict(list)
        """Entities by the nouns used for them."""
        self._by_kind: defaultdict[str, list[Entity]] = defaultdict(list)
        """Entities by the nouns that could be used for them."""
        self._nameless: dict[str, Entity] = {}
        for entity in cast.entities:
            self._index(entity)

    def add(self, entity: Entity) -> None:
        """Add a speaker without a name."""
        self._nameless.setdefault(plain(entity.name), entity)
        self._index(entity)

    def _index(self, entity: Entity) -> None:
        facts = self._facts[entity] = facts_of(entity)
        is_body_named = entity.kind == "organisation" and entity.is_named
        for noun in facts.roles.keys() | (set(map(plain, entity.words)) if is_body_named else set()):
            self._by_noun[noun].append(entity)
        for noun in kinds_of(entity):
            self._by_kind[noun].append(entity)

    def called(self, text: str) -> Entity | None:
        """Return the unnamed speaker already described with the same words."""
        return self._nameless.get(plain(text))

    def meant(self, span: Tokens) -> Meant | None:
        """Return the referent of a definite description; the most reliable evidence is tried first."""
        description = read(span, self._cast)
        if description.is_pair:
            return None
        called = self._called_so(description)
        if called is not None or not description.is_one:
            return called
        return self._titled(description) or self._of_kind(description) or self._spoken_of(description)

    def announced(self, span: Tokens) -> Entity | None:
        """Return the speaker described before being named, as in headlines and leads: *A judge*, then Judge Li."""
        if not self._salience.is_lead(span.start):
            return None
        description = read(span, self._cast)
        if not description.is_one:
            return None
        later = [entity for entity in self._cast.entities if self._salience.is_later(entity, span.start)]
        if is_body(description.noun):
            return self._announced_body(description, later)
        return self._announced_person(description, later) if _is_telling(description.noun) else None

    def _announced_body(self, description: Description, later: Sequence[Entity]) -> Entity | None:
        bodies = [e for e in later if e.kind == "organisation" and description.noun in self._facts[e].words]
        return max(bodies, key=lambda entity: self._facts[entity].matches(description), default=None)

    def _announced_person(self, description: Description, later: Sequence[Entity]) -> Entity | None:
        """Return the only person with that role, else the next one introduced without a role."""
        people = [e for e in later if e.kind == "person" and not self._clashes(e, description)]
        titled = [entity for entity in people if description.noun in self._facts[entity].roles]
        if titled:
            return titled[0] if len(titled) == 1 and self._facts[titled[0]].allows(description) else None
        others = (e for e in people if not e.descriptions and self._salience.is_brought_in(e, description.end))
        return next(others, None)

    def _called_so(self, description: Description) -> Meant | None:
        """Find the last entity already described with the same noun and details."""
        candidates = [
            entity
            for entity in self._by_noun[description.noun]
            if not (description.is_plural and entity.is_named and entity.kind != "group")
            and self._facts[entity].allows(description)
            and self._facts[entity].has_all(description)
        ]
        return self._salience.latest(candidates, description.start)

    def _titled(self, description: Description) -> Meant | None:
        """Find the named person with a description's title that matches most of its details and contradicts none."""
        candidates = [
            entity
            for entity in self._by_noun[description.noun]
            if entity.is_named
            and entity.kind == "person"
            and self._facts[entity].allows(description)
            and not self._clashes(entity, description)
        ]
        most = max((self._facts[entity].matches(description) for entity in candidates), default=0)
        best = [entity for entity in candidates if self._facts[entity].matches(description) == most]
        return self._salience.latest(best, description.start) if most or len(best) == 1 else None

    def _of_kind(self, description: Description) -> Meant | None:
        """Find the last mentioned organisation or document of that kind, or the article's only one."""
        fitting = [e for e in self._by_kind[description.noun] if self._facts[e].has_all(description)]
        is_known = len(fitting) == 1 or self._salience.is_before(fitting, description.start)
        return self._salience.latest(fitting, description.start) if is_known else None

    def _spoken_of(self, description: Description) -> Meant | None:
        """Find the most salient entity that no phrase of this kind has described before: *the baker*, *the company*."""
        if description.noun in words("companies") or description.noun.endswith("maker"):
            return self._salience.best(description.start, lambda entity: self._bodyhood(entity, description))
        if _is_telling(description.noun):
            return self._salience.best(description.start, lambda entity: self._personhood(entity, description))
        return None

    def _personhood(self, entity: Entity, description: Description) -> float:
        """Return how well a role fits a person who has not been described with it."""
        facts = self._facts[entity]
        is_other = description.noun in facts.roles or not facts.is_open or self._clashes(entity, description)
        is_vague = description.is_trade or entity.kind != "person"
        if not entity.is_named or is_other or (is_vague and not facts.has_all(description)):
            return 0.0
        return _AS_PERSON.get(entity.kind, 0.0) * (1 + facts.matches(description))

    def _bodyhood(self, entity: Entity, description: Description) -> float:
        """Return how well a kind of organisation fits a named one of unknown kind."""
        is_other = self._facts[entity].words & words("organisation nouns") - {description.noun}
        if not entity.is_named or entity.descriptions or is_other:
            return 0.0
        return _AS_BODY.get(entity.kind, 0.0)

    def _clashes(self, entity: Entity, description: Description) -> bool:
        """Return whether gender or party rules somebody out."""
        parties = self._facts[entity].parties
        other_gender = description.gender and entity.gender and description.gender != entity.gender
        return bool(other_gender or (parties and description.parties and parties.isdisjoint(description.parties)))


def _is_telling(noun: str) -> bool:
    """Return whether a role identifies somebody, as *mayor* does and *man* does not."""
    return is_role(noun) and noun not in words("anybody's roles")
