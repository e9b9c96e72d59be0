"""Mere acts and things that nobody says: no claims."""

from __future__ import annotations

import pytest

from annotate.engine import analyse


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    "text",
    [
        "Last May, the town of Vellin approved a permit for the field behind the mill.",
        "The board approved the plan on Monday.",
        "The referee did not accept the offer and closed the meeting.",
        "The union accepted a rise of four per cent.",
        "The council ignored the advice of its own divers.",
        "Fans mocked the goalkeeper.",
        "Demand for its lamps appears to be strong.",
        "The storm seems to be moving east.",
        "All guests are offered swimming lessons.",
        "The town is known for its cheese.",
        "The rule allows shops to open on Sunday.",
        "The mayor joined the council in 2019.",
        "SOURCE: bit.ly/7xQn2 Review of Dams, May 2019",
        "Follow Ada Bell on Twitter.",
    ],
)
def test_an_act_is_no_claim(text: str, engine: str) -> None:
    assert analyse(text, engine=engine).claims == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The ministry accepted that the dam had failed.", "that the dam had failed"),
        ("Lund mocked the plan as “a sketch on a napkin”.", "the plan as “a sketch on a napkin”"),
        ("The court heard that the money was never found.", "that the money was never found"),
        ("The council rejected the claim that the dam had failed.", "the claim that the dam had failed"),
    ],
)
def test_words_in_an_act_are_a_claim(text: str, content: str) -> None:
    record = analyse(text)
    assert [record.words(claim.content) for claim in record.claims] == [content]


def test_the_month_of_may_hedges_nothing() -> None:
    (claim,) = analyse("Last May, the town council said that the mill would close.").claims
    assert not claim.hedged
    (claim,) = analyse("The town council may say that the mill will close.").claims
    assert claim.hedged
