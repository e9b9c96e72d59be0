"""Decoding of scores: the best valid BIO tag sequence (Viterbi), and its spans."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from annotate.exact import exp
from annotate.tagger.outputs import BEGIN, INSIDE, OUTSIDE

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

LEAST = 0.7
"""Minimum mean probability of a content's words: the value with the best F on PolNeAR's dev part."""


class Run(NamedTuple):
    """Words of one span, from `first` to `end`, exclusive."""

    first: int
    end: int
    mean: float
    """Mean probability of its words' tags."""
    least: float
    """Lowest probability of a word's tag."""


def runs(scores: Floats, breaks: Bools) -> list[Run]:
    """Return the spans of one head, in order.

    Args:
        scores: [words, tags] Scores of the network; log-probabilities up to a constant per word.
        breaks: [words] True for the first word of a paragraph; no span crosses one.
    """
    tags = best_tags(scores, breaks)
    firsts = np.flatnonzero(tags == BEGIN)
    if not len(firsts):
        return []
    stops = np.flatnonzero(tags != INSIDE)
    ends = np.append(stops, len(tags))[np.searchsorted(stops, firsts, side="right")]
    chosen = probabilities(scores)[np.arange(len(tags)), tags]
    return [
        Run(first, end, math.fsum(chosen[first:end]) / (end - first), float(chosen[first:end].min()))
        for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
    ]


def probabilities(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the softmax of scores over their last axis, summed from first to last."""
    powers = exp(scores.astype(np.float64) - scores.max(axis=-1, keepdims=True))
    total: npt.NDArray[np.float64] = powers / np.cumsum(powers, axis=-1)[..., -1:]
    return total


def best_tags(scores: Floats, breaks: Bools) -> npt.NDArray[np.int64]:
    """Return the best valid BIO tag sequence [words]: the greatest sum with INSIDE only after BEGIN or INSIDE.

    Taking each word's best tag breaks the rule in few places. A word whose best tag is BEGIN keeps it in any context
    (BEGIN may follow anything, and anything may follow it), so the search covers only the ranges between two such words
    in which the rule is broken.
    """
    allowed = scores.copy()
    allowed[breaks, INSIDE] = -np.inf
    allowed[:1, INSIDE] = -np.inf
    tags: npt.NDArray[np.int64] = allowed.argmax(axis=1)
    broken = np.flatnonzero((tags[1:] == INSIDE) & (tags[:-1] == OUTSIDE)) + 1
    if not len(broken):
        return tags
    cuts = np.unique(np.concatenate(([0], np.flatnonzero(tags == BEGIN), [len(tags)])))
    for stretch in np.unique(np.searchsorted(cuts, broken, side="right")):
        first, end = cuts[stretch - 1], cuts[stretch]
        tags[first:end] = _searched(allowed[first:end])
    return tags


def _searched(scores: Floats) -> list[int]:
    """Return the best valid tags of a range by Viterbi search, in which the first word cannot be INSIDE."""
    begin, inside, outside = scores[0, BEGIN], -np.inf, scores[0, OUTSIDE]
    came: list[tuple[int, int]] = []
    for row in scores[1:].tolist():
        open_ = BEGIN if begin >= inside else INSIDE
        opened = max(begin, inside)
        any_ = open_ if opened > outside else OUTSIDE
        best = max(opened, outside)
        came.append((any_, open_))
        outside, begin, inside = best + row[OUTSIDE], best + row[BEGIN], opened + row[INSIDE]
    tag = max((OUTSIDE, BEGIN, INSIDE), key=(outside, begin, inside).__getitem__)
    tags = [tag]
    for any_, open_ in reversed(came):
        tag = open_ if tag == INSIDE else any_
        tags.append(tag)
    return tags[::-1]
