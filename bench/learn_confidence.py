"""Fit the probability that an engine's claim is right, on PolNeAR's development part; evaluate it by cross-validation.

    python bench/learn_confidence.py [--write]

Right means: the content shares half of its words or more with a gold content or a fragment of one (Jaccard, as `hit` in
score_quotes.py), and the source shares a word with the gold source, where gold has one. Quotations without a
cue that gold does not have are left out, as there. The articles are dealt into ten parts in order of id; the claims of
each are judged with weights fitted on the nine others. `--write` puts weights fitted on all into the package.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from extraction import SHARED, polnear

from annotate.engine import load_parser, parsed
from annotate.extract import TAGS
from annotate.extract.claims import read
from annotate.extract.confidence import features
from annotate.extract.draft import Draft, ParsedArticle
from annotate.model import Claim

WEIGHTS = Path(__file__).parents[1] / "annotate" / "extract" / "confidence.json"
TAGGER, RULES = "tagger", "rules"
SURE = 0.98
PARTS = 10
BINS = 10
_PENALTY = 2.0
_STEPS = 30
_CELLS = 40


class Case(NamedTuple):
    """A claim of the engine."""

    draft: Draft
    claim: Claim
    right: bool


def cases(rows: Sequence[dict[str, Any]], by: str) -> Iterator[Case]:
    """Yield claims and whether they are right: the tagger's, or by rules alone those with a cue."""
    sys.path.insert(0, str(SHARED / "tools"))
    common = importlib.import_module("common")
    parser = load_parser()
    tag = parser.create_pipe(TAGS)
    for row, doc in zip(rows, parsed(parser, [row["text"] for row in rows]), strict=True):
        article, drafts = read(tag(doc) if by == TAGGER else doc)
        words = common.words(row["text"])
        gold = [pair for attribution in row["attributions"] for pair in _gold(attribution, words, common)]
        for draft in drafts:
            counts = draft.evidence if by == TAGGER else draft.cue
            if counts and (case := _case(article, draft, gold, words, common)):
                yield case


def _gold(attribution: dict[str, Any], words: Any, common: Any) -> Iterator[tuple[set[int], set[int]]]:
    """Yield the words of each gold content and of its fragments, with the words of the source."""
    content, source = (set(common.word_ids(words, attribution.get(part) or [])) for part in ("content", "source"))
    yield content, source
    for fragment in common.fragments(content):
        yield set(fragment), source


def _case(article: ParsedArticle, draft: Draft, gold: Sequence[Any], words: Any, common: Any) -> Case | None:
    content, source = (set(common.word_ids(words, [list(s) for s in spans])) for spans in (draft.content, draft.source))
    overlap, said_by = max(
        ((len(content & c) / len(content | c), s) for c, s in gold if c), key=lambda x: x[0], default=(0.0, set())
    )
    claim = article.claim("c1", draft)
    if not overlap and not draft.cue and claim.type == "direct":
        return None
    return Case(draft, claim, overlap >= 0.5 and (not said_by or bool(said_by & source)))


def figures(some: Sequence[Case]) -> list[dict[str, float]]:
    """Return the features of each case."""
    return [features(case.draft.evidence or case.draft.confidence, case.claim) for case in some]


def fitted(rows: Sequence[dict[str, float]], right: Sequence[bool], penalty: float = _PENALTY) -> dict[str, float]:
    """Return the weights of a logistic model, by Newton's method with a small penalty."""
    x = np.array([list(row.values()) for row in rows])
    y = np.array(right, dtype=float)
    weights = np.zeros(x.shape[1])
    held = penalty * np.eye(x.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - held @ weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + held
        weights += np.linalg.solve(bend, slope)
    return {name: round(float(weight), 4) for name, weight in zip(rows[0], weights, strict=True)}


def weights_of(some: Sequence[Case]) -> dict[str, float]:
    """Return the weights fitted on cases."""
    return fitted(figures(some), [case.right for case in some])


def chances_of(some: Sequence[Case], weights: dict[str, float]) -> np.ndarray[Any, Any]:
    """Return the probability of each case."""
    x = np.array([list(row.values()) for row in figures(some)])
    chances: np.ndarray[Any, Any] = 1 / (1 + np.exp(-x @ np.array(list(weights.values()))))
    return chances


def without(parts: Sequence[Sequence[Case]], left_out: int) -> list[Case]:
    """Return the cases of all parts except one."""
    return [case for i, part in enumerate(parts) if i != left_out for case in part]


def judge(name: str, chances: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> None:
    """Print the calibration of the probabilities."""
    print(f"\n{name}: {len(right)} claims, {right.mean():.1%} right")
    print(f"{'said':>12}{'claims':>8}{'mean said':>11}{'right':>8}")
    edges = np.minimum((chances * BINS).astype(int), BINS - 1)
    error = 0.0
    for i in range(BINS):
        inside = edges == i
        if inside.any():
            said, true = chances[inside].mean(), right[inside].mean()
            error += inside.mean() * abs(said - true)
            line = f"{i / BINS:>6.1f}–{(i + 1) / BINS:.1f} {inside.sum():>8}{said:>11.1%}{true:>8.1%}"
            print(f"{line}  {_drawn(said, true)}")
    sure = chances >= SURE
    share = right[sure].mean() if sure.any() else float("nan")
    print(f"expected calibration error {error:.3f}; of {sure.sum()} claims at {SURE} or more {share:.1%} are right")


def _drawn(said: float, true: float) -> str:
    """Draw a scale from 0 to 100 % with the predicted and the actual share marked on it."""
    cells = ["·"] * (_CELLS + 1)
    cells[round(_CELLS * said)] = "│"
    cells[round(_CELLS * true)] = "●"
    return "".join(cells)


def main() -> None:
    """Fit, evaluate, and write the result if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    rows = sorted(polnear("dev"), key=lambda row: row["id"])
    weights: dict[str, dict[str, float]] = {}
    for by in (TAGGER, RULES):
        parts = [list(cases(rows[start::PARTS], by)) for start in range(PARTS)]
        chances = [chances_of(part, weights_of(without(parts, i))) for i, part in enumerate(parts)]
        everything = [case for part in parts for case in part]
        judge(by, np.concatenate(chances), np.array([case.right for case in everything]))
        weights[by] = weights_of(everything)
    if options.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
