"""The cue, its flags, and the addressee in the occasion of a statement."""

from __future__ import annotations

import pytest

from annotate.engine import analyse
from annotate.manner import negation
from annotate.model import Claim, Record


def only(text: str) -> tuple[Record, Claim]:
    record = analyse(text)
    (claim,) = record.claims
    return record, claim


@pytest.mark.parametrize(
    ("text", "cue", "why"),
    [
        ("Regulators have yet to say whether they will act.", "say", "yet to say"),
        ("Police were unable to say how many people were hurt.", "say", "unable to say"),
        ("The clerk was not able to say who had signed.", "say", "was not able to say"),
        ("The bank failed to say who had paid.", "say", "failed to say"),
        ("The firm stopped short of saying that it was wrong.", "saying", "short of saying"),
        ("The mayor is yet to confirm that the road will open.", "confirm", "yet to confirm"),
        ("The firm could not say when the plant would open.", "say", "could not say"),
    ],
)
def test_words_that_say_that_nothing_was_said_negate(text: str, cue: str, why: str) -> None:
    record, claim = only(text)
    assert (claim.negated, claim.hedged, record.words(claim.cue)) == (True, False, cue)
    assert why in negation(record.text, claim)


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Critics would say the plan is too dear.", True),
        ("Some would argue that the bridge is safe.", True),
        ("Experts might say the plan is too dear.", True),
        ("The firm would not say who had paid.", False),
        ("The firm said who had paid.", False),
    ],
)
def test_what_would_be_said_is_hedged(text: str, hedged: bool) -> None:
    _, claim = only(text)
    assert claim.hedged is hedged


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The minister said in a statement that the road would open.", "said"),
        ("“It is old,” the engineer said in a statement on Monday.", "said"),
        ("Police said in a news release Tuesday that it was new.", "said"),
        ("He said through a translator: “I am tired.”", "said"),
        ("The letter reads in part: “We regret the delay.”", "reads"),
        ("It is understood that two firms have withdrawn.", "understood"),
        ("It is believed that the ship sank in 1902.", "believed"),
        ("It was claimed by the prosecution that the ledger had been burned.", "claimed"),
        ("He called for a vote on the plan.", "called for"),
        ("Lund pointed out that the wall was old.", "pointed out"),
        ("Radio Orlo reported, citing a source, that the talks had failed.", "reported"),
        ("The Courier reported, quoting two aides, that the mayor would resign.", "reported"),
    ],
)
def test_the_cue_is_the_word_that_attributes(text: str, cue: str) -> None:
    record, claim = only(text)
    assert record.words(claim.cue) == cue
    assert not record.words(claim.content).startswith(("It", "a source", "two aides"))


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("In an interview with the Courier, Lund said the wall was old.", "the Courier"),
        ("“I was wrong,” Lund said in an interview with Radio Orlo.", "Radio Orlo"),
        ("Lund said in a letter to the council that the wall was old.", "the council"),
        ("Speaking to reporters, Lund said the wall was old.", "reporters"),
        ("“We lost,” she said, speaking to the Courier.", "the Courier"),
        ("In remarks to reporters on Monday, the premier said the wall was old.", "reporters"),
        ("Lund told Eva Brandt, who runs the port, that the wall was old.", "Eva Brandt, who runs the port"),
        ("In a meeting on Monday, Lund said the wall was old.", ""),
        ("In a report on Monday, Lund said the wall was old.", ""),
    ],
)
def test_the_addressee_stands_in_the_occasion_too(text: str, addressee: str) -> None:
    record, claim = only(text)
    assert record.words(claim.addressee) == addressee
