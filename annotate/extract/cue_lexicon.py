"""Frequencies of words as cues, by complement shape: learned from PolNeAR by `bench/learn_cues.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_WEIGHT = 2.0
"""Weight of the smoothing, in observations."""
_SURE = 0.95
_DAMPING = 2.0
"""Damping that keeps the lift of a word seen once or twice close to 1."""


@dataclass(frozen=True)
class CueLexicon:
    """Cue words by lemma."""

    forms: Mapping[str, str]
    """Lower-case form → lemma; a missing form is its own lemma."""
    counts: Mapping[str, Mapping[str, Sequence[int]]]
    """Lemma → shape → [times it was a cue, times seen]."""
    rates: Mapping[str, Sequence[float]]
    """Shape → [cue rate of all words with that shape, cue rate of rare words]."""
    lifts: Mapping[str, float]
    """Lemma → its cue rate relative to that of all words with the same complements."""

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> CueLexicon:
        """Build a lexicon from the JSON of `cues.json`."""
        counts, rates = value["counts"], value["rates"]
        lifts = {lemma: _lift(shapes, rates) for lemma, shapes in counts.items()}
        return cls(value["forms"], counts, rates, lifts)

    def lemma(self, form: str) -> str:
        """Return the lemma of a lower-case word."""
        return self.forms.get(form, form)

    def knows(self, form: str) -> bool:
        """Return whether a lower-case word is in the lexicon."""
        return self.lemma(form) in self.counts

    def introduces_quotes(self, form: str) -> bool:
        """Return whether a lower-case word was ever the cue of a quote."""
        return any(shape.startswith("Q:") and cell[0] for shape, cell in self.counts.get(self.lemma(form), {}).items())

    def probability(self, form: str, shape: str) -> float:
        """Return the probability that a lower-case word with a complement of some shape is a cue, 0 to 1.

        The word's own count, smoothed by the rate of all words with the shape times the word's lift.
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
    """Return the lexicon shipped with the package."""
    return CueLexicon.from_dict(orjson.loads(files("annotate.extract").joinpath("cues.json").read_bytes()))
