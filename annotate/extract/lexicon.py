"""How often words are cues, by what they govern: learned from PolNeAR by `bench/learn_cues.py`, words and numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_WEIGHT = 4.0
"""How many sightings the prior of a shape is worth."""


@dataclass(frozen=True)
class Lexicon:
    """Cue words by lemma."""

    forms: dict[str, str]
    """Lower-case form → lemma; forms of unknown words stand for themselves."""
    counts: dict[str, dict[str, list[int]]]
    """Lemma → shape → [times it was a cue, times seen]."""
    priors: dict[str, float]
    """Shape → how often rare words are cues with it."""

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Lexicon:
        """Build from the JSON of `cues.json`."""
        return cls(value["forms"], value["counts"], value["priors"])

    def lemma(self, form: str) -> str:
        """Return the dictionary form of a lower-case word."""
        return self.forms.get(form, form)

    def knows(self, form: str) -> bool:
        """Return whether a lower-case word was ever a cue."""
        return self.forms.get(form, form) in self.counts

    def probability(self, form: str, shape: str) -> float:
        """Return how likely a word (lower case) with a complement of some shape is a cue, 0 to 1."""
        cues, seen = self.counts.get(self.lemma(form), {}).get(shape, (0, 0))
        return (cues + _WEIGHT * self.priors.get(shape, 0.0)) / (seen + _WEIGHT)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that comes with the package."""
    return Lexicon.from_dict(orjson.loads(files("annotate.extract").joinpath("cues.json").read_bytes()))
