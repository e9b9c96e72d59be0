"""Referents of descriptions: *the Ohio senator* for Sen. Ana Li (D-Ohio), *the agency* for the Water Department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Span as Tokens

from annotate.speakers.cast import Cast, Entity, Meant
from annotate.speakers.descriptions import head_noun
from annotate.speakers.facts import Description, Facts, facts_of, kinds_of, read
from annotate.speakers.phrases import is_definite
from annotate.speakers.salience import Salience
from annotate.speakers.word_lists import is_body, is_role, plain, words

_AS_BODY = {"organisation": 1.0, "unknown": 0.5}
"""Factor on the weight of candidates for *the company*, by their kind."""


class DefiniteDescriptions:
    """The speakers of an article, looked up by description.

    Args:
        cast: All entities named in it.
        salience: Their mentions.
        speaking: First tokens of the names in sources.
    """

    def __init__(self, cast: Cast, salience: Salience, speaking: frozenset[int]) -> None:
        self._speaking = speaking
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
        """Return the referent of a definite description for which there is evidence in the text."""
        description = read(span, self._cast)
        if description.is_pair:
            return None
        called = self._called_so(description)
        if called is not None or not description.is_one:
            return called
        return self._aged(description) or self._titled(description) or self._of_kind(description)

    def guessed(self, span: Tokens) -> Meant | None:
        """Return a likely referent of a definite description: somebody spoken of, but not called so."""
        description = read(span, self._cast)
        return self._spoken_of(description) if description.is_one and not description.is_pair else None

    def announced(self, span: Tokens) -> Meant | None:
        """Return the speaker described before being named, as in headlines and leads: *A judge*, then Judge Li."""
        description = read(span, self._cast)
        if not self._salience.is_lead(span.start) or not description.is_one:
            return None
        later = [entity for entity in self._cast.entities if self._salience.is_later(entity, span.start)]
        if is_body(description.noun):
            return Meant.of(self._announced_bodies(description, later)[:1])
        if not _is_telling(description.noun):
            return None
        titled = [e for e in self._people(description, later) if description.noun in self._facts[e].roles]
        return Meant.of(titled) if len(titled) == 1 and self._facts[titled[0]].allows(description) else None

    def named_next(self, span: Tokens) -> Meant | None:
        """Return the next person who speaks, if introduced without a role soon after an undefined one: *A judge*.

        A definite description (*The judge*) does so only before anybody is named.
        """
        description = read(span, self._cast)
        if not (self._salience.is_lead(span.start) and description.is_one and _is_telling(description.noun)):
            return None
        people = [entity for entity in self._cast.entities if entity.kind == "person"]
        if is_definite(span) and self._salience.is_before(people, span.start):
            return None
        later = [entity for entity in people if self._salience.is_later(entity, span.start)]
        others = self._people(description, later)
        if any(description.noun in self._facts[entity].roles for entity in others):
            return None
        speaking = (e for e in others if not e.descriptions and e.first in self._speaking)
        return Meant.of([e for e in speaking if self._salience.is_brought_in(e, span.end)][:1])

    def _people(self, description: Description, among: Sequence[Entity]) -> list[Entity]:
        return [entity for entity in among if entity.kind == "person" and not self._clashes(entity, description)]

    def _announced_bodies(self, description: Description, later: Sequence[Entity]) -> list[Entity]:
        bodies = [e for e in later if e.kind == "organisation" and description.noun in self._facts[e].words]
        return sorted(bodies, key=lambda entity: -self._facts[entity].matches(description))

    def _aged(self, description: Description) -> Meant | None:
        """Find the person of that age: *the 34-year-old*."""
        aged = [
            entity
            for entity in self._people(description, self._cast.entities)
            if description.age in self._facts[entity].ages and self._may_be(entity, description)
        ]
        return self._salience.latest(aged, description.start) if description.age else None

    def _called_so(self, description: Description) -> Meant | None:
        """Find the last entity already described with the same noun and details."""
        candidates = [
            entity
            for entity in self._by_noun[description.noun]
            if not (description.is_plural and entity.is_named and entity.kind != "group")
            and self._facts[entity].allows(description)
            and self._facts[entity].has_all(description)
        ]
        exactly = [e for e in candidates if description.noun in {e.head, *e.titles, *map(head_noun, e.descriptions)}]
        return self._salience.latest(exactly or candidates, description.start)

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
        """Find the most salient entity, if none has been called so before: *the nominee*, *the company*."""
        if description.noun in words("companies") or description.noun.endswith("maker"):
            return self._salience.best(description.start, lambda entity: self._bodyhood(entity, description))
        if _is_telling(description.noun) or description.is_epithet:
            return self._salience.best(description.start, lambda entity: self._personhood(entity, description))
        return None

    def _personhood(self, entity: Entity, description: Description) -> float:
        """Return how well a role fits a person not called so before.

        Most roles are somebody else's; one that people have for a time, or beside another, may be anybody's.
        """
        facts = self._facts[entity]
        known = facts.matches(description)
        is_passing = description.is_epithet or description.noun in words("passing roles")
        is_known = known > 0 and (facts.has_all(description) or not description.is_trade)
        is_other = description.noun in facts.roles or not self._may_be(entity, description)
        if not entity.is_named or entity.kind != "person" or is_other or not (is_passing or is_known):
            return 0.0
        return 1.0 + known

    def _may_be(self, entity: Entity, description: Description) -> bool:
        """Return whether nothing known of a person rules a role out."""
        facts = self._facts[entity]
        other_age = description.age and facts.ages and description.age not in facts.ages
        has_another = not (facts.is_open or description.is_epithet)
        return not (has_another or other_age or self._clashes(entity, description))

    def _bodyhood(self, entity: Entity, description: Description) -> float:
        """Return how well a kind of organisation fits a named one of unknown kind."""
        is_other = self._facts[entity].words & words("organisation nouns") - {description.noun}
        is_vague = entity.kind == "unknown" and not self._facts[entity].has_all(description)
        if not entity.is_named or entity.descriptions or is_other or is_vague:
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
