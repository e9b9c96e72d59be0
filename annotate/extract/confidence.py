"""How likely a claim is right: its content, to half of the words or more, and its source.

The tagger's own probabilities say how sure it is of each word, the cue lexicon's how often a word attributes; how often
such a claim is right was learned from labelled articles (`bench/learn_confidence.py` fits `confidence.json` and judges
it on others): for each of the two a logistic model of a few figures.
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
"""No probability of the tagger's counts for more than this."""

LONE = 0.95
"""How often a quotation is one that nothing attributes: 44 of 45 read in other articles (docs/extraction.md). The
labelled articles leave them out, but for those of which they have more than the quotation."""


class Evidence(NamedTuple):
    """What the tagger says of a claim."""

    mean: float
    """Mean probability of the tags of the content's words."""
    least: float
    """Probability of the most doubtful of them."""
    tie: float
    """Probability of the source among all there are, or of none."""
    cue: float
    """Mean probability of the tags of the cue's words; 1 where there is none."""
    source: float
    """The same of the source's."""

    def weaker(self, other: Evidence) -> Evidence:
        """Return the evidence for two contents of one claim: that of the more doubtful, figure by figure."""
        return Evidence(*map(min, self, other))


def probability(evidence: Evidence | float, claim: Claim) -> float:
    """Return the probability that a claim is right.

    Args:
        evidence: What the tagger says, or how likely a rule holds it for a claim. Where it has no cue a rule's word is
            taken, as the labelled articles have no such claims.
        claim: The claim itself.
    """
    if claim.type == "direct" and not claim.cue and not claim.source:
        return LONE
    if isinstance(evidence, float) and not claim.cue:
        return evidence
    weights = _weights()["rules" if isinstance(evidence, float) else "tagger"]
    return logistic(math.fsum(weights[name] * figure for name, figure in features(evidence, claim).items()))


def features(evidence: Evidence | float, claim: Claim) -> dict[str, float]:
    """Return the figures that the probability is worked out from."""
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
