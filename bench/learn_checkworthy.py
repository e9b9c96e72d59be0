"""Learn check-worthiness from labelled contents of PolNeAR's training part; evaluate the ranking on others.

    python bench/learn_checkworthy.py [--write]

The labels are `bench/gold/checkworthy.jsonl` (PolNeAR) and `sample_articles/gold`; contents are the gold ones. Average
precision and area under the curve are of all contents of a part in one ranking; ties stand in random order, averaged.
Intervals are of 95 %, over resampled articles. `--write` puts the weights into the package.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from _gold import ROOT
from extraction import polnear
from learn_confidence import WEIGHTS as CONFIDENCE
from learn_confidence import fitted

from annotate.engine import load_parser, parsed
from annotate.extract.checkworthy import features
from annotate.extract.tree import Tree
from annotate.model import Record
from annotate.spans import Span

LABELS = ROOT / "bench/gold/checkworthy.jsonl"
WEIGHTS = CONFIDENCE.with_name("checkworthy.json")
_PENALTY = 1.0
_ROUNDS = 1000
_SHUFFLES = 20

Array = np.ndarray[Any, Any]


class Case(NamedTuple):
    """A labelled content."""

    article: str
    figures: dict[str, float]
    worth: bool


def of_polnear(part: str) -> Iterator[Case]:
    """Yield the labelled contents of a part of PolNeAR."""
    labels = [label for label in map(json.loads, LABELS.read_text("utf-8").splitlines()) if label["part"] == part]
    wanted = {label["id"] for label in labels}
    rows = {row["id"]: row for row in polnear(part) if row["id"] in wanted}
    trees = dict(zip(rows, _trees(row["text"] for row in rows.values()), strict=True))
    for label in labels:
        content = rows[label["id"]]["attributions"][label["index"]]["content"]
        yield Case(label["id"], features(trees[label["id"]], (Span(*span) for span in content)), label["worth"])


def of_samples() -> Iterator[Case]:
    """Yield the labelled contents of the sample articles."""
    records = [Record.from_json(path.read_bytes()) for path in sorted((ROOT / "sample_articles/gold").iterdir())]
    for record, tree in zip(records, _trees(record.text for record in records), strict=True):
        yield from (Case(record.id, features(tree, c.content), c.checkworthy == 1) for c in record.claims)


def _trees(texts: Iterable[str]) -> Iterator[Tree]:
    return map(Tree, parsed(load_parser(), texts))


def average_precision(scores: Array, worth: Array) -> float:
    """Return the average precision of a ranking of contents worth checking."""
    order = np.argsort(-scores, kind="stable")
    ranked = worth[order]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def area(scores: Array, worth: Array) -> float:
    """Return the area under the ROC curve: the share of pairs that the scores put in the right order."""
    apart = scores[worth][:, None] - scores[~worth][None]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def judge(name: str, cases: Sequence[Case], weights: dict[str, float]) -> None:
    """Print the ranking scores of the learned order and of simple baselines."""
    worth = np.array([case.worth for case in cases])
    rankings: dict[str, Array] = {
        "learned": np.array([sum(weights[k] * v for k, v in case.figures.items()) for case in cases]),
        "longest first": np.array([case.figures["length"] for case in cases]),
        "with a number first": np.array([float(case.figures["number"] > 0) for case in cases]),
        "at random": np.zeros(len(cases)),
    }
    draws = list(_draws([case.article for case in cases]))
    print(f"\n{name}: {len(cases)} contents, {worth.sum()} worth checking ({worth.mean():.1%})")
    print(f"{'':22}{'average precision':>22}{'area under curve':>22}")
    for ranking, scores in rankings.items():
        cells = (_cell(measure, scores, worth, draws) for measure in (_mixed(average_precision), area))
        print(f"{ranking:22}" + "".join(f"{cell:>22}" for cell in cells))


def _draws(articles: Sequence[str]) -> Iterator[Array]:
    """Yield the indices of contents, of articles drawn with replacement."""
    random = np.random.default_rng(1)
    places: dict[str, list[int]] = {}
    for i, article in enumerate(articles):
        places.setdefault(article, []).append(i)
    some = list(places.values())
    for _ in range(_ROUNDS):
        yield np.concatenate([some[i] for i in random.integers(len(some), size=len(some))])


def _mixed(measure: Callable[[Array, Array], float]) -> Callable[[Array, Array], float]:
    """Return a measure that breaks ties at random, as its mean over several orders."""

    def mixed(scores: Array, worth: Array) -> float:
        random = np.random.default_rng(2)
        orders = (random.permutation(len(scores)) for _ in range(_SHUFFLES))
        return float(np.mean([measure(scores[order], worth[order]) for order in orders]))

    return mixed


def _cell(measure: Callable[[Array, Array], float], scores: Array, worth: Array, draws: Sequence[Array]) -> str:
    low, high = np.percentile([measure(scores[draw], worth[draw]) for draw in draws], [2.5, 97.5])
    return f"{100 * measure(scores, worth):.1f} ({100 * low:.1f}–{100 * high:.1f})"


def agreement() -> str:
    """Return the agreement between the first and second reading of some labels."""
    labels = map(json.loads, LABELS.read_text("utf-8").splitlines())
    first, second = np.array([(label["worth"], label["again"]) for label in labels if "again" in label]).T
    same = (first == second).mean()
    chance = first.mean() * second.mean() + (1 - first.mean()) * (1 - second.mean())
    kappa = (same - chance) / (1 - chance)
    return f"read twice by the same reader: {len(first)}, same label {same:.0%}, Cohen's kappa {kappa:.2f}"


def main() -> None:
    """Learn, evaluate, and write the result if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    lessons = list(of_polnear("train"))
    weights = fitted([case.figures for case in lessons], [case.worth for case in lessons], _PENALTY)
    print(agreement())
    judge("PolNeAR train (learned from)", lessons, weights)
    judge("PolNeAR dev", list(of_polnear("dev")), weights)
    judge("sample articles", list(of_samples()), weights)
    if options.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
