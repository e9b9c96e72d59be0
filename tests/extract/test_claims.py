"""Attribution of claims: one line for each rule and phenomenon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotate.engine import analyse

Said = tuple[str, str, str, str]
Find = Callable[[str], list[Said]]

ONE = {
    "inverted": ('"We go," said the mayor.', "direct", '"We go,"', "said", "the mayor"),
    "cue first": ('The mayor said, "We shall not go."', "direct", '"We shall not go."', "said", "The mayor"),
    "British marks": ("'We shall not go,' said Ms O'Brien.", "direct", "'We shall not go,'", "said", "Ms O'Brien"),
    "guillemets": ("«We shall not go», said the miller.", "direct", "«We shall not go»", "said", "the miller"),
    "low-high marks": ("„We shall not go“, said the miller.", "direct", "„We shall not go“", "said", "the miller"),
    "question": ("“Is it over?” asked the boy.", "direct", "“Is it over?”", "asked", "the boy"),
    "unclosed": (
        "The mayor said: “Prices rose. They will rise again.",
        "direct", "“Prices rose. They will rise again.", "said", "The mayor",
    ),
    "appositive inside": (
        '"It is over," the captain, a man of few words, said.',
        "direct", '"It is over,"', "said", "the captain, a man of few words",
    ),
    "interrupted": (
        "“We shall not go,” she said, “and nobody else will.”",
        "direct", "“We shall not go,” … “and nobody else will.”", "said", "she",
    ),
    "interrupted with a participle": (
        "“Nobody,” the cook added, wiping her hands, “will eat this.”",
        "direct", "“Nobody,” … “will eat this.”", "added", "the cook",
    ),
    "goes on": ("“We go,” she said. “Nobody stays.”", "direct", "“We go,” … “Nobody stays.”", "said", "she"),
    "signed": ("“The ferry is old.” — Ada Bell", "direct", "“The ferry is old.”", "—", "Ada Bell"),
    "colon without verb": ("Bell: “The ferry is old.”", "direct", "“The ferry is old.”", ":", "Bell"),
    "mixed": (
        "The captain said the ferry was “a disgrace” to the island.",
        "mixed", "the ferry was “a disgrace” to the island", "said", "The captain",
    ),
    "that": ("Ode claimed that the ferry was old.", "indirect", "that the ferry was old", "claimed", "Ode"),
    "without that": ("The captain said the ferry was old.", "indirect", "the ferry was old", "said", "The captain"),
    "day beside the cue": (
        "The board said on Monday that it would sell the ferry.",
        "indirect", "that it would sell the ferry", "said", "The board",
    ),
    "clause first": ("It will sink, warned Captain Ode.", "indirect", "It will sink", "warned", "Captain Ode"),
    "parenthetical": ("The ferry, she said, will sink.", "indirect", "The ferry … will sink", "said", "she"),
    "according to": (
        "The ferry will sink, according to the harbour board.",
        "indirect", "The ferry will sink", "according to", "the harbour board",
    ),
    "according to first": (
        "According to the harbour board, the ferry will sink.",
        "indirect", "the ferry will sink", "According to", "the harbour board",
    ),
    "as": ("As Captain Ode noted, the ferry is old.", "indirect", "the ferry is old", "noted", "Captain Ode"),
    "noun phrase": ("The board announced a new ferry.", "indirect", "a new ferry", "announced", "The board"),
    "preposition": ("The board called for a new ferry.", "indirect", "a new ferry", "called for", "The board"),
    "infinitive": ("The union threatened to strike.", "indirect", "to strike", "threatened", "The union"),
    "noun cue": ("The board has a plan to sell the ferry.", "indirect", "to sell the ferry", "plan", "The board"),
    "passive": (
        "The sale was described by the board as a mistake.", "indirect", "a mistake", "described", "the board",
    ),
    "source with appositive": (
        "Ada Bell, the captain of the ferry, said that it would sink.",
        "indirect", "that it would sink", "said", "Ada Bell, the captain of the ferry",
    ),
    "source with brackets": (
        "The Federation of Unions (IFU) said wages would rise.",
        "indirect", "wages would rise", "said", "The Federation of Unions (IFU)",
    ),
    "source between brackets": (
        "The ferry is old (Captain Ode said it would sink).",
        "indirect", "it would sink", "said", "Captain Ode",
    ),
    "acronym like a pronoun": (
        "Later the WHO said the outbreak was over.", "indirect", "the outbreak was over", "said", "the WHO",
    ),
    "content with brackets that belong to none": (
        "The mayor said the plan will 1) raise taxes and 2) cut spending.",
        "indirect", "the plan will 1) raise taxes and 2) cut spending", "said", "The mayor",
    ),
    "content with brackets over a line end": (
        "The mayor said that the old bridge (built in\n1950) would close in June.",
        "indirect", "that the old bridge (built in\n1950) would close in June", "said", "The mayor",
    ),
    "content with brackets": (
        "The captain said the ferry was old (and slow).",
        "indirect", "the ferry was old (and slow)", "said", "The captain",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "content", "cue", "source"), ONE.values(), ids=ONE)
def test_one_claim(said: Find, text: str, kind: str, content: str, cue: str, source: str) -> None:
    assert said(text) == [(kind, content, cue, source)]


def test_participle_is_a_claim_of_its_own_by_the_same_speaker(said: Find) -> None:
    text = "Bell said that Ode had left the harbour, alleging that the ferry was leaking."
    assert said(text) == [
        ("indirect", "that Ode had left the harbour", "said", "Bell"),
        ("indirect", "that the ferry was leaking", "alleging", "Bell"),
    ]


def test_second_verb_is_a_claim_of_its_own(said: Find) -> None:
    assert said("The report said the ferry was old and urged the board to sell it.") == [
        ("indirect", "the ferry was old", "said", "The report"),
        ("indirect", "the board to sell it", "urged", "The report"),
    ]


def test_what_is_said_inside_a_claim_is_left_to_it(said: Find) -> None:
    text = "“They say that the ferry is old,” said Bell."
    assert said(text) == [("direct", "“They say that the ferry is old,”", "said", "Bell")]


def test_addressee_is_apart_from_content_and_source() -> None:
    record = analyse("The captain told reporters that the ferry was old.", engine="rules")
    (claim,) = record.claims
    assert record.words(claim.addressee) == "reporters"
    assert record.words(claim.content) == "that the ferry was old"


@pytest.mark.parametrize(
    ("text", "negated", "hedged"),
    [
        ("The board said that the ferry was old.", False, False),
        ("The board did not say that the ferry was old.", True, False),
        ("The board denied that the ferry was old.", True, False),
        ("The board reportedly said that the ferry was old.", False, True),
        ("The board may claim that the ferry is old.", False, True),
        ("Nobody said that the ferry was old.", True, False),
        ("No official said that the ferry was old.", True, False),
        ("The ferry is alleged to be old.", False, True),
        ("The board alleged that the ferry was old.", False, False),
    ],
)
def test_denied_and_doubtful(text: str, negated: bool, hedged: bool) -> None:
    (claim,) = analyse(text, engine="rules").claims
    assert (claim.negated, claim.hedged) == (negated, hedged)


def test_quote_of_the_next_paragraph_has_no_source(said: Find) -> None:
    text = '"The ferry is old," said Captain Ode.\n\n"It has been old for years, and it leaks."\n'
    assert said(text)[1] == ("direct", '"It has been old for years, and it leaks."', "", "")


def test_long_quote_that_opens_every_paragraph_is_a_claim_in_each(said: Find) -> None:
    text = "“The ferry is old,” said Ode. “We all know it.\n\n“It has been old for years, and it leaks.”\n"
    assert [content for _, content, _, _ in said(text)] == [
        "“The ferry is old,” … “We all know it.",
        "“It has been old for years, and it leaks.”",
    ]


def test_a_short_quote_that_is_a_paragraph(said: Find) -> None:
    text = "The pilot shook his head.\n\n“It sank.”\n\n“No!”\n\n“Hamlet”\n"
    assert [content for _, content, _, _ in said(text)] == ["“It sank.”", "“No!”"]


def test_paragraphs_set_off_below_a_colon(said: Find) -> None:
    text = "It was late.\n\n> Nobody came.\n\nThe letter reads:\n\n> The ferry is old.\n\n> It leaks.\n\nIt sank.\n"
    assert [content for _, content, _, _ in said(text)] == ["The ferry is old.", "It leaks."]


def test_transcript(said: Find) -> None:
    text = (
        "THE CHAIR: The meeting will come to order.\n\nMS. WARD: (Rising.) Thank you. I have a question.\n\n"
        "It is short.\n\n(Laughter.)\n\nTHE CHAIR: Then ask it, please.\n"
    )
    assert said(text) == [
        ("indirect", "The meeting will come to order.", ":", "THE CHAIR"),
        ("indirect", "Thank you. I have a question.", ":", "MS. WARD"),
        ("indirect", "It is short.", "", ""),
        ("indirect", "Then ask it, please.", ":", "THE CHAIR"),
    ]


def test_questions_and_answers(said: Find) -> None:
    text = "Q: Where is the ferry?\n\nA: At the bottom of the bay.\n\nQ: Why?\n\nA: It was old, and it leaked.\n"
    assert [(cue, source) for _, _, cue, source in said(text)] == [(":", "Q"), (":", "A"), (":", "Q"), (":", "A")]


HOUSE = """Nora Ode (Orlo South) (Lab): Will it open?

Madam Chair: Order.

The Minister for Canals (Per Varn): It will open in May."""
STREET = """Who should pay?

Nora Ode, 61, retired teacher: The town should pay.

Per Varn, baker: We cannot pay."""
LABELS = [
    ("Officer 1: Stop.\n\nOfficer 2: He will not stop.\n\nOfficer 1: He will.", ["Officer 1", "Officer 2"]),
    ("TALKER_00: Who is it?\n\nTALKER_01: It is us.\n\nTALKER_00: Come in.", ["TALKER_00", "TALKER_01"]),
    ("[00:01:07] OLGA: Who is it?\n\n(00:01:09) BEN: It is us.", ["OLGA", "BEN"]),
    ("Olga Varn [01:07]: Is it late?\n\nTom Ode [01:09]: It is.", ["Olga Varn", "Tom Ode"]),
    (STREET, ["Nora Ode, 61, retired teacher", "Per Varn, baker"]),
    (HOUSE, ["Nora Ode", "Madam Chair", "The Minister for Canals (Per Varn)"]),
    ("They said:\n\n- Nora Ode, mayor: “Shame.”\n• Per Varn, baker: “Hurrah.”", ["Nora Ode, mayor", "Per Varn, baker"]),
]


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_labels_of_turns(said: Find, text: str, labels: list[str]) -> None:
    assert list(dict.fromkeys(source for _, _, cue, source in said(text) if cue == ":")) == labels


@pytest.mark.parametrize(
    "text",
    [
        "Where: Town hall in Orlo.\n\nWhen: The doors open at nine.\n\nTickets: They cost nine dollars.",
        "Opening Hours: We close at nine.\n\nTicket Prices: They have risen.",
        "Note: the ferry does not sail on Mondays.",
        "The ferry sank at noon. Nobody was on board, and the harbour was calm.",
        "The café serves “flat” beer.",
        "Share this article.",
        "",
        "   \n\n ",
        "😀",
    ],
)
def test_nobody_said_anything(said: Find, text: str) -> None:
    assert said(text) == []
