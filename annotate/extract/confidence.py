"""Confidence: the probability that a claim's source and at least half of its content's words are right.

The tagger's probabilities tell how sure it is of each word, the cue lexicon's how often a word attributes. Two logistic
models over a few features, one for each of these sources of evidence, turn them into the probability that such a claim
is right; they are fitted on labelled articles (`bench/learn_confidence.py` fits `confidence.json` and evaluates it on
held-out ones).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from annotate.exact import log, logistic
from annotate.model import Claim

_MOST = 1 - 1e-4
"""Upper limit for the tagger's probabilities."""

LONE = 0.64
"""Confidence of a quotation without attribution, whose speaker counts as its source: of 45 read elsewhere 44 are
claims, 29 with the right speaker (docs/extraction.md). The labelled articles leave such quotations out, unless a claim
covers more than the quotation."""


class Evidence(NamedTuple):
    """The tagger's probabilities for one claim."""

    mean: float
    """Mean probability of the tags of the content's words."""
    least: float
    """Lowest of these probabilities."""
    tie: float
    """Probability of the chosen source among all candidates, including "no source"."""
    cue: float
    """Mean probability of the tags of the cue's words; 1 without a cue."""
    source: float
    """Mean probability of the tags of the source's words; 1 without a source."""

    def weaker(self, other: Evidence) -> Evidence:
        """Return the evidence for two contents of one claim: the lower value of each figure."""
        return Evidence(*map(min, self, other))


def probability(evidence: Evidence | float, claim: Claim) -> float:
    """Return the probability that a claim is right.

    Args:
        evidence: The tagger's evidence, or a rule's own probability. For a rule's claim without a cue that probability
            is returned unchanged, as the labelled articles have no such claims.
        claim: The claim itself.
    """
    if claim.type == "direct" and not claim.cue and not claim.source:
        return LONE
    if isinstance(evidence, float) and not claim.cue:
        return evidence
    weights = _weights()["rules" if isinstance(evidence, float) else "tagger"]
    return logistic(math.fsum(weights[name] * figure for name, figure in features(evidence, claim).items()))


def features(evidence: Evidence | float, claim: Claim) -> dict[str, float]:
    """Return the features of the probability."""
    said = {"rule": evidence} if isinstance(evidence, float) else evidence._asdict()
    return {
        "bias": 1.0,
        **{name: _log_odds(value) for name, value in said.items()},
        "direct": float(claim.type == "direct"),
        "mixed": float(claim.type == "mixed"),
        "no cue": float(not claim.cue),
        "no source": float(not claim.source),
        "length": log(float(sum(end - start for start, end in claim.content))),
        "content first": float(bool(claim.cue) and claim.content[0] < claim.cue[0]),
    }


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1 - _MOST), _MOST)
    return log(chance / (1 - chance))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: Mapping[str, Mapping[str, float]] = json.loads(files(__package__).joinpath("confidence.json").read_bytes())
    return weights
