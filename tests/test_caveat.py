"""How a claim was said, in the article's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotate.caveat import caveat, hedge, negation, telling
from annotate.model import Claim, Span


def claim_in(marked: str, **fields: Any) -> tuple[str, Claim]:
    """Return a text without its marks and the claim that they make: `[source]`, `{cue}`, `<content>`."""
    places: dict[str, list[Span]] = {"[": [], "{": [], "<": []}
    text = ""
    for char in marked:
        if char in places:
            opened, start = char, len(text)
        elif char in "]}>":
            places[opened].append(Span(start, len(text)))
        else:
            text += char
    content, cue, source = (tuple(places[mark]) for mark in "<{[")
    return text, Claim("c1", "indirect", content, cue=cue, source=source, **fields)


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("[Li] {said} <it>.", ""),
        ("[Li] {has told} Oda <it>.", ""),
        ("{According to} [Li], <it>.", ""),
        ("[Li]{:} <it>.", ""),
        ("<It>.", ""),
        ("[Li] {rejected} <it>.", "rejected"),
        ("[Li] {called} in May {for} <it>.", "called … for"),
        ("[Li] {said no to} <it>.", "said no to"),
    ],
)
def test_a_cue_tells_something_unless_it_is_a_plain_word_of_saying(marked: str, cue: str) -> None:
    text, claim = claim_in(marked)
    assert telling(text, claim) == cue
    assert caveat(text, claim) == (f"“{cue}”" if cue else "")


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[Li] {denied} <it>.", "denied"),
        ("[Li] did not {say} <who paid>.", "did not say"),
        ("[Li] wouldn’t {say} <who paid>.", "wouldn’t say"),
        ("[Li] did not, on Monday, {say} <who paid>.", "did not, on Monday, say"),
        ("[Nobody at the old harbour of Hollin] would {say} <who paid>.", "Nobody … say"),
        ("<It is not safe>, [Li] {said}.", ""),
        ("It is not safe. [Li] {said} <it was>.", ""),
        ("<It>.", ""),
    ],
)
def test_what_negates_a_claim_stands_before_its_cue(marked: str, why: str) -> None:
    text, claim = claim_in(marked, negated=True)
    assert negation(text, claim) == "denied or not said" + (f" (“{why}”)" if why else "")
    assert caveat(text, claim) == negation(text, claim)
    assert negation(*claim_in(marked)) == ""


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("<Li> is {alleged} <to have lied>.", "alleged"),
        ("[Li] reportedly {told} Oda <it>.", "reportedly told"),
        ("[Li] may {announce} <it>.", "may announce"),
        ("<Divers have> {reportedly} <searched the pond>.", "reportedly"),
        ("<It may be older>, [Li] {said}.", ""),
    ],
)
def test_what_hedges_a_claim_stands_before_its_cue(marked: str, why: str) -> None:
    text, claim = claim_in(marked, hedged=True)
    says = "not certain that it was said" if "[" in marked else "alleged, not said by whom"
    assert hedge(text, claim) == says + (f" (“{why}”)" if why else "")
    assert caveat(text, claim) == hedge(text, claim)
    assert hedge(*claim_in(marked)) == ""
    both = replace(claim, negated=True)
    assert caveat(text, both) == f"{negation(text, both)} and {hedge(text, both)}"
