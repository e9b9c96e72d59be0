"""Check-worthiness of a claim's content: a score to sort claims by, which decides nothing.

A logistic model over counts of the words and tags in `checkworthy.txt`, trained on contents labelled by hand
(`bench/learn_checkworthy.py` fits `checkworthy.json` and evaluates it on held-out ones).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from annotate.exact import log, logistic
from annotate.extract.tree import Tree
from annotate.spans import Span
from annotate.tables import rows


def worth(tree: Tree, content: Iterable[Span]) -> float:
    """Return the check-worthiness of a content, from 0 to 1."""
    weights = _weights()
    return logistic(math.fsum(weights[name] * figure for name, figure in features(tree, content).items()))


def features(tree: Tree, content: Iterable[Span]) -> dict[str, float]:
    """Return the features of the score: logarithms of counts, since each further occurrence counts less."""
    counted = _counted()
    counts: Counter[str] = Counter()
    length = 1
    for start, end in content:
        for i in tree.tokens_in(start, end):
            length += tree.words[i][0].isalnum()
            for key in (tree.lower[i], tree.tags[i]):
                if key in counted:
                    counts[counted[key]] += 1
    return {
        "bias": 1.0,
        "length": log(float(length)),
        **{name: log(1.0 + counts[name]) for name in dict.fromkeys(counted.values())},
    }


@cache
def _counted() -> Mapping[str, str]:
    """Map each listed tag and word to the feature it counts towards."""
    return {key: name for name, keys in rows("extract/checkworthy.txt") for key in keys.split()}


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(files(__package__).joinpath("checkworthy.json").read_bytes())
    return weights
