"""The manner of a claim, in the article's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotate.manner import hedge, manner, negation, own_words, telling
from annotate.model import Claim
from tests.made_up import claim_in


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
    assert manner(text, claim) == (f"“{cue}”" if cue else "")


@pytest.mark.parametrize("words", [telling, negation, hedge, own_words])
def test_no_more_of_an_endless_cue_is_looked_at_than_anybody_reads(words: Callable[[str, Claim], str]) -> None:
    text, claim = claim_in(f"[Li] {{{'warned ' * 100_000}not perhaps}} <it>.", negated=True, hedged=True)
    assert len(words(text, claim)) < 6_000


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[Li] {denied} <it>.", "denied"),
        ("[Li] did not {deny} <it>.", "did not deny"),
        ("[Li] would neither confirm nor {deny} <it>.", "neither confirm nor deny"),
        ("<It was no secret> to Li, who {denied} it.", "denied"),
        ("[Li, who did not speak first], {denied} <it>.", "denied"),
        ("[Li] did not {say} <who paid>.", "did not say"),
        ("[Li] wouldn’t {say} <who paid>.", "wouldn’t say"),
        ("[Li] did not, on Monday, {say} <who paid>.", "did not, on Monday, say"),
        ("[Nobody at the old harbour of Hollin] would {say} <who paid>.", "Nobody … say"),
        ("<It is not safe>, [Li] {said}.", ""),
        ("It is not safe. [Li] {said} <it was>.", ""),
        ("<It>.", ""),
        pytest.param(f"[Li] did not {'so far ' * 1000}{{say}} <it>.", "", id="one endless clause"),
    ],
)
def test_what_negates_a_claim_stands_before_its_cue(marked: str, why: str) -> None:
    text, claim = claim_in(marked, negated=True)
    assert negation(text, claim) == "denied or not said" + (f" (“{why}”)" if why else "")
    assert manner(text, claim) == negation(text, claim)
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
    says = "not certain that it was said" if "[" in marked else "alleged, source not named"
    assert hedge(text, claim) == says + (f" (“{why}”)" if why else "")
    assert manner(text, claim) == hedge(text, claim)
    assert hedge(*claim_in(marked)) == ""
    both = replace(claim, negated=True)
    assert manner(text, both) == f"{negation(text, both)} and {hedge(text, both)}"


@pytest.mark.parametrize(
    ("marked", "fields", "read"),
    [
        ("[Li] {said} <it>.", {}, ""),
        ("[Li] {warned of} <it>.", {}, "“warned of”"),
        ("[Li] {denied} <it>.", {"negated": True}, "“denied”"),
        ("[Li] did not {say} <who paid>.", {"negated": True}, "“did not say”"),
        ("[Li] never {disputed} <it>.", {"negated": True}, "“never disputed”"),
        ("[Li] {said} <it>.", {"negated": True}, "denied or not said"),
        ("[Li] {warned of} <it>.", {"negated": True}, "denied or not said (“warned of”)"),
        ("[Li] reportedly {told} Oda <it>.", {"hedged": True}, "“reportedly told”"),
        ("<Li> is {alleged} <to have lied>.", {"hedged": True}, "alleged, source not named (“alleged”)"),
        (
            "[Li] reportedly {told} Oda <it>.",
            {"hedged": True, "negated": True},
            "denied or not said and not certain that it was said (“reportedly told”)",
        ),
    ],
)
def test_between_speaker_and_words_stands_what_the_article_says_where_that_says_all(
    marked: str, fields: dict[str, bool], read: str
) -> None:
    text, claim = claim_in(marked, **fields)
    own = own_words(text, claim)
    assert (f"“{own}”" if own else manner(text, claim)) == read
