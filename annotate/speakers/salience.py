"""Pronoun resolution: earlier mentions weighed by recency and by grammatical role.

After Lappin and Leass, *An Algorithm for Pronominal Anaphora Resolution* (1994): each mention has a weight by its
grammatical role, halved with every sentence that follows; the candidate of matching gender and number with the greatest
sum wins. The last speaker weighs most, since this is news.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from annotate.model import Block, Quote
from annotate.speakers import phrases
from annotate.speakers.cast import Entity, Meant
from annotate.speakers.names import Name

_SPEAKS = 6.0
_MAIN_SUBJECT = 5.0
_SUBJECT = 3.0
_OTHER = 1.5
_POSSESSIVE = 0.7
_IN_QUOTATION = 0.15
_FADING = 0.5
_WINDOW = 12
"""Number of sentences searched back for mentions."""
_LEAD = 6
"""Number of sentences, headline included, in which descriptions may precede the name."""
_SOON = 2
"""Number of sentences within which a name follows its description."""
_LEAST = 0.05
"""Minimum salience of a referent; a name in a quotation some sentences back stays below it."""
_UNSURE = {"person": 0.6, "unnamed": 0.5, "unknown": 0.25}
"""Factor for a candidate of unknown gender, by kind; other kinds are never *he* or *she*."""


class Salience:
    """The mentions of an article in text order, extended by resolved sources."""

    def __init__(
        self, doc: Doc, quotes: Sequence[Quote], blocks: Sequence[Block], named: Iterable[tuple[Name, Entity]]
    ) -> None:
        marks = doc.to_array("SENT_START").tolist()
        self._sentence_starts = [i for i, mark in enumerate(marks) if mark == 1 or not i]
        starts = [block.start for block in blocks]
        self._paragraphs = [bisect_right(starts, doc[start].idx) for start in self._sentence_starts]
        speech = sorted((quote.start, quote.end) for quote in quotes if quote.kind == "speech")
        self._quoted_from = [start for start, _ in speech]
        self._quoted_to = list(itertools.accumulate((end for _, end in speech), max))
        self._by_sentence: defaultdict[int, list[tuple[int, float, Entity]]] = defaultdict(list)
        self._places: defaultdict[Entity, list[int]] = defaultdict(list)
        self._wavering: dict[int, Sequence[Entity]] = {}
        """Other candidates for each resolved source, by the source's first token."""
        for name, entity in named:
            self._add(name.start, self._weight(doc[name.start : name.end].root), entity)

    def speaks(self, meant: Meant, span: Tokens) -> None:
        """Record a resolved source and its other candidates."""
        self._add(span.start, _SPEAKS, meant.entity)
        self._wavering[span.start] = meant.rivals

    def antecedent(self, pronoun: Token) -> Meant | None:
        """Return the referent of a pronoun; None if no earlier mention fits.

        If that entity was itself an uncertain source, its rivals there are rivals here too.
        """
        best = self.best(pronoun.i, lambda entity: _agreement(entity, pronoun.lower_))
        if best is None:
            return None
        _learn(best.entity, pronoun.lower_)
        others = self._wavering.get(self._place_before(best.entity, pronoun.i), ())
        fitting = (entity for entity in others if _agreement(entity, pronoun.lower_))
        return Meant.of((best.entity, *dict.fromkeys((*best.rivals, *fitting))))

    def best(self, before: int, agreement: Callable[[Entity], float]) -> Meant | None:
        """Return the most salient entity before a token among those that agree, with its rivals."""
        here = self._sentence(before)
        scores: defaultdict[Entity, float] = defaultdict(float)
        for sentence in range(max(0, here - _WINDOW), here + 1):
            weights: defaultdict[Entity, float] = defaultdict(float)
            for at, weight, entity in self._by_sentence[sentence]:
                if at < before:
                    weights[entity] = max(weights[entity], weight)
            for entity, weight in weights.items():
                scores[entity] += weight * _FADING ** self._distance(sentence, here) * agreement(entity)
        best = Meant.likeliest(scores)
        return best if best is not None and scores[best.entity] >= _LEAST else None

    def is_before(self, candidates: Sequence[Entity], token: int) -> bool:
        """Return whether any of the candidates is mentioned before a token."""
        return any(self._place_before(entity, token) >= 0 for entity in candidates)

    def is_lead(self, token: int) -> bool:
        """Return whether a token is in the headline or the first sentences."""
        return self._sentence(token) < _LEAD

    def is_later(self, entity: Entity, token: int) -> bool:
        """Return whether an entity is first mentioned in a later sentence."""
        return self._sentence(entity.first) > self._sentence(token)

    def is_brought_in(self, entity: Entity, after: int) -> bool:
        """Return whether an entity is first mentioned as a subject within the next sentences."""
        here = self._sentence(after)
        return any(
            at == entity.first and weight >= _SUBJECT
            for sentence in range(here, here + _SOON + 1)
            for at, weight, other in self._by_sentence.get(sentence, ())
            if other is entity
        )

    def latest(self, candidates: Sequence[Entity], before: int) -> Meant | None:
        """Return the candidate mentioned last before a token; earlier ones are its rivals."""
        return Meant.of(sorted(candidates, key=lambda entity: -self._place_before(entity, before)))

    def _place_before(self, entity: Entity, token: int) -> int:
        places = self._places[entity]
        at = bisect_left(places, token)
        return places[at - 1] if at else -1

    def _distance(self, sentence: int, here: int) -> int:
        """Return the distance of a sentence; a new paragraph counts as one more sentence."""
        return here - sentence + int(self._paragraphs[sentence] < self._paragraphs[here])

    def _add(self, at: int, weight: float, entity: Entity) -> None:
        insort(self._places[entity], at)
        self._by_sentence[self._sentence(at)].append((at, weight, entity))

    def _sentence(self, token: int) -> int:
        return bisect_right(self._sentence_starts, token) - 1

    def _weight(self, root: Token) -> float:
        noun = root
        while noun.dep_ in {"appos", "conj"}:
            noun = noun.head
        weight = _OTHER
        if noun.dep_ in {"nsubj", "nsubjpass"}:
            weight = _MAIN_SUBJECT if noun.head.dep_ == "ROOT" else _SUBJECT
        elif noun.dep_ in {"poss", "compound"}:
            weight = _POSSESSIVE
        quotes_begun = bisect_right(self._quoted_from, root.idx)
        in_quotation = quotes_begun > 0 and root.idx < self._quoted_to[quotes_begun - 1]
        return weight * (_IN_QUOTATION if in_quotation else 1.0)


def _agreement(entity: Entity, pronoun: str) -> float:
    """Return 1 if gender and number match, 0 if they cannot, a value in between if they are unknown."""
    if pronoun in phrases.MALE | phrases.FEMALE:
        wanted = "m" if pronoun in phrases.MALE else "f"
        unsure = _UNSURE.get(entity.kind, 0.0)
        return float(entity.gender == wanted) if unsure and entity.gender else unsure
    if pronoun in phrases.THING:
        return {"organisation": 1.0, "document": 1.0, "place": 0.5, "unknown": 0.5}.get(entity.kind, 0.0)
    if entity.kind == "document":
        return float(entity.head.endswith("s"))  # *minutes*, *results*
    return {"group": 1.0, "organisation": 0.7, "unnamed": 0.5, "unknown": 0.3, "person": 0.1}.get(entity.kind, 0.0)


def _learn(entity: Entity, pronoun: str) -> None:
    if pronoun in phrases.MALE | phrases.FEMALE:
        entity.gender = entity.gender or ("m" if pronoun in phrases.MALE else "f")
        if entity.kind == "unknown":
            entity.kind = "person"
