"""How much a content is worth a fact-checker's time: a score to sort claims by, which decides nothing.

What `checkworthy.txt` lists is counted in the content; a logistic model of these counts was learned from contents that
were read and labelled (`bench/learn_checkworthy.py` fits `checkworthy.json` and judges it on others).
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
    """Return how likely a content is worth checking, 0 to 1."""
    weights = _weights()
    return logistic(math.fsum(weights[name] * figure for name, figure in features(tree, content).items()))


def features(tree: Tree, content: Iterable[Span]) -> dict[str, float]:
    """Return the figures that the score is worked out from: logarithms of counts, as the tenth number says little."""
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
    """Return what each tag and word counts for."""
    return {key: name for name, keys in rows("extract/checkworthy.txt") for key in keys.split()}


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(files(__package__).joinpath("checkworthy.json").read_bytes())
    return weights
