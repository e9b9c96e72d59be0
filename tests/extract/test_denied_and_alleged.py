"""Denials, denied claims and allegations."""

from __future__ import annotations

import pytest

from annotate.engine import analyse


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    ("text", "content", "negated"),
    [
        ("Hollis disputed this: “There is no confession.”", "“There is no confession.”", False),
        ("Mayor Ana Li denied it: “That is a lie.”", "“That is a lie.”", False),
        ("“I never met him in my life,” denied Mayor Oda Lund.", "“I never met him in my life,”", False),
        ("Mayor Ana Li did not say: “We will pay for all of it.”", "“We will pay for all of it.”", True),
        ("Mayor Ana Li denied that “the mill” would close.", "that “the mill” would close", True),
        ("The mayor declined to comment: “I was not there.”", "“I was not there.”", False),
        ("Mayor Ana Li would not comment, saying: “It is before the court.”", "“It is before the court.”", False),
        ("“Absolutely not,” said Mayor Oda Lund.", "“Absolutely not,”", False),
    ],
)  # fmt: skip
def test_a_quotation_beside_a_denial_was_said(engine: str, text: str, content: str, negated: bool) -> None:
    record = analyse(f"The council met on Monday.\n\n{text}", engine=engine)
    assert [(record.said(claim), claim.negated) for claim in record.claims] == [(content, negated)]


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Mayor Ana Li rejected the claim that books were falsified.", True),
        ("Mayor Ana Li dismissed the allegations.", True),
        ("Mayor Ana Li would neither confirm nor deny that the mill would close.", True),
        ("Mayor Ana Li rejected the idea of a tunnel.", False),
        ("Mayor Ana Li dismissed the document as “one of many sketches.”", False),
    ],
)
def test_to_reject_what_others_say_or_to_say_neither_is_to_deny_it(engine: str, text: str, negated: bool) -> None:
    record = analyse(f"The council met on Monday.\n\n{text}", engine=engine)
    assert {claim.negated for claim in record.claims} <= {negated}
    assert engine == "rules" or record.claims


@pytest.mark.parametrize(
    ("engine", "text", "denied", "said"),
    [
        (
            "rules",
            "Mayor Li did not say who would pay: “We will see in May.”",
            "who would pay",
            "“We will see in May.”",
        ),
        (
            "learned",
            "Mayor Li did not say who would pay: “We will see in May.”",
            "who would pay",
            "“We will see in May.”",
        ),
        ("learned", "Mayor Li refused to apologise: “I was away.”", "to apologise", "“I was away.”"),
    ],
)
def test_what_was_said_instead_is_a_claim_of_its_own(engine: str, text: str, denied: str, said: str) -> None:
    record = analyse(f"The council met on Monday.\n\n{text}", engine=engine)
    assert [(record.said(claim), claim.negated) for claim in record.claims] == [(denied, True), (said, False)]


ALLEGED = """\
Minister alleged to have taken gifts

The council met in Hollin on Monday, Prime Minister Ola Lindqvist said.

It is alleged that Ana Arve accepted a yacht trip in May.

Arve is alleged to have lied to parliament. Clerk Min Park stole cash, police said.
"""


@pytest.mark.parametrize("engine", ["rules", "learned"])
def test_what_is_alleged_is_nobodys_and_hedged(engine: str) -> None:
    record = analyse(ALLEGED, engine=engine)
    found = [(record.said(c), record.words(c.source), c.hedged) for c in record.claims]
    assert found == [
        ("The council met in Hollin on Monday", "Prime Minister Ola Lindqvist", False),
        ("that Ana Arve accepted a yacht trip in May", "", True),
        ("Arve … to have lied to parliament", "", True),
        ("Clerk Min Park stole cash", "police", False),
    ]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Arve is believed to have offered money to the mayor.", True),
        ("The men are said to be brothers.", True),
        ("Lund was reported to have fled to Oslo.", True),
        ("It was said to reporters that he left.", False),
        ("Lund is believed by police to have fled.", False),
    ],
)
def test_what_is_believed_by_nobody_named_is_hedged(text: str, hedged: bool) -> None:
    claims = analyse(f"The council met on Monday.\n\n{text}").claims
    assert [(claim.hedged, claim.speaker is None) for claim in claims] == [(hedged, "police" not in text)]


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("Mayor Ana Li refused to say where the 4 million crowns of 2019 had gone.", True),
        ("Mayor Ana Li did not say where the 4 million crowns of 2019 had gone.", True),
        ("Mayor Ana Li said where the 4 million crowns of 2019 had gone.", False),
        ("Mayor Ana Li denied that 4 million crowns had gone in 2019.", False),
    ],
)
def test_what_was_not_said_is_not_worth_a_check(text: str, is_empty: bool) -> None:
    worth = [claim.checkworthy for claim in analyse(f"The council met on Monday.\n\n{text}").claims]
    assert [value == 0 for value in worth] == [is_empty]
