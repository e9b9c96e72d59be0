"""Facts about speakers, and requirements of descriptions, in comparable words: *Sen.* is a senator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from annotate.speakers import phrases
from annotate.speakers.cast import Cast, Entity
from annotate.speakers.descriptions import head_noun
from annotate.speakers.word_lists import TITLES, gender_of_title, implied, plain, words

_DETAILS = frozenset({"compound", "amod", "nmod"})
_YEARS = re.compile(r"\b(\d{1,3})[- ]year[- ]old\b")
_AHEAD = 8
"""Number of tokens after a description in which a pronoun may refer back to it."""


@dataclass(frozen=True)
class Description:
    """Requirements of a phrase such as *the former Orlo mayor*."""

    noun: str
    """Head noun, singular: *mayor*."""
    details: tuple[str, ...]
    restricting: frozenset[str]
    """Details that change the role: *vice* president, *deputy* mayor."""
    parties: frozenset[str]
    gender: str
    is_trade: bool
    """True if a common noun specifies the role: *club doctor*, *tax commissioner*."""
    is_epithet: bool
    """True for an age or a family, which anybody may have beside a role: *the 34-year-old*, *the mother of three*."""
    is_one: bool
    """True for a single entity by itself: not *mayors*, *the mayor’s aide* or *the Li campaign*."""
    is_plural: bool
    age: str
    """The age that a phrase such as *the 34-year-old teacher* gives."""
    is_pair: bool
    """True for two entities, not two roles of one: *the senator and her aides*, not *the lawyer and mayor*."""
    start: int
    end: int


@dataclass(frozen=True)
class Facts:
    """The descriptions of a speaker in an article."""

    roles: dict[str, set[frozenset[str]]]
    """Head nouns of the descriptions, each with the details that change the role."""
    words: frozenset[str]
    parties: frozenset[str]
    ages: frozenset[str]
    is_open: bool
    """True if the speaker may have other roles, too: a *candidate* may be a *businesswoman*, a *spokesman* hardly."""

    def matches(self, description: Description) -> int:
        """Return the number of a description's details that are known of the speaker."""
        return sum(not self.words.isdisjoint(implied(detail)) for detail in description.details)

    def has_all(self, description: Description) -> bool:
        """Return whether all details of a description are known of the speaker."""
        return self.matches(description) == len(description.details)

    def allows(self, description: Description) -> bool:
        """Return whether both mean the same role, unlike *the vice president* and *the president*."""
        return description.restricting in self.roles.get(description.noun, (description.restricting,))


def read(span: Tokens, cast: Cast) -> Description:
    """Return the requirements of a phrase.

    Args:
        span: The phrase.
        cast: All entities named in the article.
    """
    head = phrases.head_of(span)
    noun = phrases.singular(head.text)
    span = span.doc[span.start : _end_of_phrase(span, head)]
    before = [token for token in span if token.dep_ in _DETAILS and token.i < span.root.i]
    after = [token for token in head.subtree if head.i < token.i < span.end and token.tag_ == "NNP"]
    said = _implied(token.text for token in before)
    is_plural, is_pair = phrases.is_plural(head), _is_pair(span)
    return Description(
        noun=noun,
        details=tuple(plain(token.text) for token in (*before, *after)),
        restricting=said & words("restricting words"),
        parties=said & words("parties"),
        gender=gender_of_title(noun) or _gender_ahead(span),
        is_trade=noun not in words("passing roles") and any(token.tag_ == "NN" for token in before),
        is_one=not (is_plural or is_pair or _is_of_another(span, cast)),
        is_plural=is_plural,
        age=_age_of(span),
        is_epithet=noun in words("epithets") or (noun == phrases.YEAR and _age_of(span) != ""),
        is_pair=is_pair,
        start=span.start,
        end=span.end,
    )


def facts_of(entity: Entity) -> Facts:
    """Return the facts about a speaker, named or not."""
    descriptions = entity.descriptions if entity.is_named else [entity.head]
    roles: dict[str, set[frozenset[str]]] = {}
    for description in descriptions:
        restricting = _implied(description.split()) & words("restricting words")
        for noun in implied(head_noun(description)) if entity.is_named else {entity.head}:
            roles.setdefault(noun, set()).add(restricting)
    for noun in _implied(entity.titles & TITLES) - TITLES:
        roles.setdefault(noun, set()).add(frozenset())
    said = _implied([*entity.affiliation, *(word for text in descriptions for word in text.split())])
    return Facts(
        roles=roles,
        words=said | _implied(entity.words or entity.name.split()),
        parties=said & words("parties"),
        ages=frozenset(filter(str.isdigit, entity.affiliation)),
        is_open=not any(map(_is_lasting, descriptions)),
    )


def kinds_of(entity: Entity) -> frozenset[str]:
    """Return the nouns that an organisation or document may be called by: *department*, *agency*; *survey*, *poll*."""
    if entity.kind not in {"organisation", "document", "unknown"}:
        return frozenset()
    kinds = words("organisation nouns") if entity.kind == "organisation" else words("documents")
    return _implied(entity.words if entity.is_named else [entity.head]) & kinds


def _age_of(span: Tokens) -> str:
    found = _YEARS.search(span.text)
    return found[1] if found else ""


def _is_lasting(description: str) -> bool:
    """Return whether a description excludes other roles: *spokesman*, but neither *nominee* nor *former spokesman*."""
    said = set(map(plain, description.split()))
    return "former" not in said and implied(head_noun(description)).isdisjoint(words("passing roles"))


def _end_of_phrase(span: Tokens, head: Token) -> int:
    """Return the end of a phrase without an insertion after its head: *The brewery*, based in Lund, …."""
    return int(next((token.i for token in span if token.text == "," and token.i > head.i), span.end))


def _is_pair(span: Tokens) -> bool:
    head = phrases.head_of(span)
    others = (token for token in span if token.dep_ == "conj" and token.head == head)
    return any(child.dep_ in {"det", "poss"} for other in others for child in other.children)


def _is_of_another(span: Tokens, cast: Cast) -> bool:
    """Return whether a phrase names somebody else, or an unnamed owner; places and parties do not count."""
    head = phrases.head_of(span)
    owners = (token for token in span if token.i < head.i and (token.dep_ == "poss" or _has_ending(token)))
    if any(owner.tag_[:3] != "NNP" for owner in owners):
        return True
    named = cast.within(span.start, span.end)
    return any(entity.kind != "place" and not _implied(name.words) & words("parties") for name, entity in named)


def _has_ending(token: Token) -> bool:
    return any(child.tag_ == "POS" for child in token.children)


def _gender_ahead(span: Tokens) -> str:
    """Return the gender of a pronoun in the next words: *The nominee attacked her rival*."""
    for token in span.doc[span.end : span.end + _AHEAD]:
        if token.is_sent_start or token.is_quote or token.tag_ == "NNP":
            return ""
        if token.lower_ in {"he", "she"} or token.tag_ == "PRP$":
            return "m" if token.lower_ in phrases.MALE else "f" if token.lower_ in phrases.FEMALE else ""
    return ""


def _implied(found: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(implied, found))
