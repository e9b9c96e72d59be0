"""Check-worthiness: the score ranks facts above opinions, wishes and questions."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from annotate.engine import ENGINES, analyse, load_parser, parsed
from annotate.extract.checkworthy import features, worth
from annotate.extract.tree import Tree
from annotate.model import Record
from annotate.spans import Span

GOLD = Path(__file__).parents[2] / "sample_articles" / "gold"


def tree_of(text: str) -> Tree:
    (doc,) = parsed(load_parser(), [text])
    return Tree(doc)


def of(text: str) -> float:
    return worth(tree_of(text), [Span(0, len(text))])


@pytest.mark.parametrize(
    "less",
    [
        "The plan is a terrible disgrace.",
        "We hope to open the pier in May.",
        "Will you come to the pier?",
        "Thank you, I love this town.",
        "The council should publish the report.",
        "the charge",
    ],
)
def test_a_fact_with_a_figure_is_worth_more_than(less: str) -> None:
    assert of("Four of the nine piles were cracked, the survey found in 2024.") > 0.5 > of(less)


def test_all_fragments_of_a_content_count() -> None:
    text = "The council, he said, paid 4 million crowns."
    tree = tree_of(text)
    whole = features(tree, [Span(0, 11), Span(22, len(text))])
    assert whole["number"] > features(tree, [Span(0, 11)])["number"]
    assert whole["length"] > features(tree, [Span(22, len(text))])["length"]


@pytest.mark.parametrize("content", [[], [Span(0, 1)]])
def test_a_content_without_words_has_a_score_too(content: list[Span]) -> None:
    assert 0 < worth(tree_of("“”"), content) < 0.5


def test_what_is_counted_has_a_weight_each() -> None:
    weights = json.loads(files("annotate.extract").joinpath("checkworthy.json").read_bytes())
    assert list(features(tree_of("Rain."), [Span(0, 4)])) == list(weights)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_claim_of_the_engine_has_a_score_of_two_decimals(engine: str) -> None:
    text = "“We paid 4 million crowns in 2024,” said Mayor Ana Li. The union said that it would sue.\n\n“Shame!”"
    scores = [claim.checkworthy for claim in analyse(text, engine=engine).claims]
    assert len(scores) >= 2
    assert all(score is not None and 0 <= score <= 1 and score == round(score, 2) for score in scores)
    assert scores[0] == max(score for score in scores if score is not None)


def test_what_a_reader_finds_worth_checking_stands_above_the_rest_three_times_in_four() -> None:
    yes: list[float] = []
    no: list[float] = []
    for path in GOLD.iterdir():
        record = Record.from_json(path.read_bytes())
        tree = tree_of(record.text)
        for claim in record.claims:
            assert claim.checkworthy in (0, 1)
            (yes if claim.checkworthy else no).append(worth(tree, claim.content))
    assert sum(a > b for a in yes for b in no) > 0.75 * len(yes) * len(no)
