"""Sayings without a verb of saying: every pattern, and sentences that only look like one."""

from __future__ import annotations

import pytest

from annotate.engine import analyse
from annotate.model import Record
from annotate.tables import rows


def parts(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each claim."""
    record = analyse(text)
    return [(cut(record, c.source), cut(record, c.cue), cut(record, c.content)) for c in record.claims]


def cut(record: Record, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(record.text[start:end] for start, end in spans)


@pytest.mark.parametrize("example", [example for _, example in rows("extract/frames.tsv")])
def test_every_pattern_makes_a_claim(example: str) -> None:
    source, cue, content = parts(f"It was late on Monday. {example}")[-1]
    assert source.removeprefix("the ") in {
        "baker",
        "her",
        "Nora Quill",
        "Quill",
        "two people familiar with it",
        "one trader",
    }
    assert cue
    assert content in {
        "the wall is unsafe", "The wall … is unsafe", "it is “a farce”", "The plan … is dead", "The plan is dead",
        "“a mess”", "nobody lied",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Quill sees margins of 30% in the second half.", ("Quill", "sees", "margins of 30% in the second half")),
        ("It expects sales of $13,500, up from $12,000.", ("It", "expects", "sales of $13,500")),
        ("The wall, in his opinion, is old.", ("his", "opinion", "The wall … is old")),
        ("In the eyes of the union, the deal is dead.", ("the union", "eyes", "the deal is dead")),
        ("The bank will close, per the Courier.", ("the Courier", "per", "The bank will close")),
    ],
)
def test_the_phrase_that_attributes_is_no_content(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "It costs nine dollars, per day, to park.",
        "Rents rose by five percent, per square foot, in May.",
        "A quarter of that, per the harbour plan, is lost.",
        "For the first time, it is “open”.",
        "Quill sees the wall from her window.",
    ],
)
def test_what_only_looks_like_a_saying(text: str) -> None:
    assert not [claim for claim in parts(text) if claim[1] in {"per", "For", "sees"}]


def test_a_verb_of_saying_inside_attributes_on_its_own() -> None:
    claims = parts("In the council’s view, a spokesman said, the wall is unsafe.")
    assert all(cue != "view" for _, cue, _ in claims)
