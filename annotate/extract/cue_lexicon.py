"""How often words are cues, by what they govern: learned from PolNeAR by `bench/learn_cues.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_WEIGHT = 2.0
"""How many sightings the smoothing is worth."""
_SURE = 0.95
_DAMPING = 2.0
"""Keeps the lift of a word seen once or twice near 1."""


@dataclass(frozen=True)
class CueLexicon:
    """Cue words by lemma."""

    forms: Mapping[str, str]
    """Lower-case form → lemma; a form that is not there is its own lemma."""
    counts: Mapping[str, Mapping[str, Sequence[int]]]
    """Lemma → shape → [times it was a cue, times seen]."""
    rates: Mapping[str, Sequence[float]]
    """Shape → how often all words, and how often rare words, are cues with it."""
    lifts: Mapping[str, float]
    """Lemma → how much more often it is a cue than all words with the same complements."""

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> CueLexicon:
        """Build from the JSON of `cues.json`."""
        counts, rates = value["counts"], value["rates"]
        lifts = {lemma: _lift(shapes, rates) for lemma, shapes in counts.items()}
        return cls(value["forms"], counts, rates, lifts)

    def lemma(self, form: str) -> str:
        """Return the dictionary form of a lower-case word."""
        return self.forms.get(form, form)

    def knows(self, form: str) -> bool:
        """Return whether a lower-case word is in the lexicon."""
        return self.lemma(form) in self.counts

    def introduces_quotes(self, form: str) -> bool:
        """Return whether a lower-case word was ever the cue of a quote."""
        return any(shape.startswith("Q:") and cell[0] for shape, cell in self.counts.get(self.lemma(form), {}).items())

    def probability(self, form: str, shape: str) -> float:
        """Return how likely a word (lower case) with a complement of some shape is a cue, 0 to 1.

        The word's own count, smoothed by what all words do with the shape times what this word does with others.
        """
        lemma = self.lemma(form)
        every, rare = self.rates.get(shape, (0.0, 0.0))
        shapes = self.counts.get(lemma)
        if shapes is None:
            return rare
        cues, seen = shapes.get(shape, (0, 0))
        return (cues + _WEIGHT * min(_SURE, every * self.lifts[lemma])) / (seen + _WEIGHT)


def _lift(shapes: Mapping[str, Sequence[int]], rates: Mapping[str, Sequence[float]]) -> float:
    cues = sum(cell[0] for cell in shapes.values())
    expected = sum(cell[1] * rates[shape][0] for shape, cell in shapes.items())
    return (cues + _DAMPING) / (expected + _DAMPING)


@cache
def cue_lexicon() -> CueLexicon:
    """Return the lexicon that comes with the package."""
    return CueLexicon.from_dict(orjson.loads(files("annotate.extract").joinpath("cues.json").read_bytes()))
