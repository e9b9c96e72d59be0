"""Quotations with a verb and a subject of their own, beside a neighbour's."""

from __future__ import annotations

import pytest

from annotate.engine import analyse
from annotate.model import Record


def claims(text: str) -> list[tuple[str, str, str]]:
    """Return the content, cue and source of each claim that the default engine finds."""
    record: Record = analyse(text)
    return [(record.words(c.content), record.words(c.cue), record.words(c.source)) for c in record.claims]


@pytest.mark.parametrize(
    ("second", "cue", "source"),
    [
        ("“How long?” asked Mira Stahl.", "asked", "Mira Stahl"),
        ("“How long?” Mira Stahl cut in.", "cut in", "Mira Stahl"),
        ("“Too long!” cried a neighbour.", "cried", "a neighbour"),
        ("“Too long!” a neighbour yelled from the bank.", "yelled", "a neighbour"),
        ("“All night, sir,” piped up Jon Weir from his boat.", "piped up", "Jon Weir"),
        ("“You never looked!” his sister snapped.", "snapped", "his sister"),
        ("“By a mile,” interjected Omar Feld.", "interjected", "Omar Feld"),
        ("“And nobody rang,” Ada Bell, the lock keeper, shot back.", "shot back", "Ada Bell, the lock keeper"),
        ("“Rubbish!” thundered the chairman.", "thundered", "the chairman"),
        ("“I heard it,” whispered Nia Sand.", "whispered", "Nia Sand"),
    ],
)
def test_a_quotation_goes_to_the_subject_of_the_verb_after_it(second: str, cue: str, source: str) -> None:
    quotation = second[: second.index("”") + 1]
    first, other = claims(f"“The gate was open,” Karl Oster said. {second}")
    assert first == ("“The gate was open,”", "said", "Karl Oster")
    assert other == (quotation, cue, source)


def test_each_of_three_quotations_in_a_row_has_its_speaker() -> None:
    text = "“We lost,” said Lena Pohl. “By how much?” Omar Feld asked. “By one vote,” muttered Rita Moll."
    assert [(cue, source) for _, cue, source in claims(text)] == [
        ("said", "Lena Pohl"), ("asked", "Omar Feld"), ("muttered", "Rita Moll"),
    ]  # fmt: skip


def test_two_quotations_joined_by_and_have_a_speaker_each() -> None:
    text = "“We will appeal,” Lind said, and “we will win,” Berg added."
    assert claims(text) == [("“We will appeal,”", "said", "Lind"), ("“we will win,”", "added", "Berg")]


def test_a_quotation_that_goes_on_after_its_attribution_stays_one_claim() -> None:
    text = "“The gate was open,” Karl Oster said. “It had been open all night.”"
    assert claims(text) == [("“The gate was open,” … “It had been open all night.”", "said", "Karl Oster")]


def test_a_sentence_after_a_question_gives_it_no_speaker() -> None:
    text = "“The gate was open,” Karl Oster said. “Who would do that?” The chairman called the next witness."
    assert all("chairman" not in source for _, _, source in claims(text))


def test_an_introduced_quotation_keeps_its_introduction() -> None:
    text = "Karl Oster lost his temper and said: “Of all the gates on this river…”, he said."
    ((content, _, source),) = claims(text)
    assert (content, source) == ("“Of all the gates on this river…”", "Karl Oster")


def test_words_said_to_one_reporter_and_told_by_another_are_the_first_speakers() -> None:
    text = "“We saw the water rise,” Ida Brun, a nurse, told Radio Luma, according to the Orlo Courier."
    ((content, cue, source),) = claims(text)
    assert (content, cue, source) == ("“We saw the water rise,”", "told", "Ida Brun, a nurse")


def test_a_quoted_sentence_before_another_ones_words_is_a_claim_of_its_own() -> None:
    text = "The drivers said they were cold. “Where is the bus? Nobody knows.” It is unclear if one comes, Lund said."
    assert claims(text)[1:] == [
        ("“Where is the bus? Nobody knows.”", "", ""),
        ("It is unclear if one comes", "said", "Lund"),
    ]


def test_what_a_sign_reads_is_not_the_sentence_befores() -> None:
    text = "A poll by the Ferrow group suggested that voters disagree. A sign on the gate read “Closed”."
    assert claims(text)[-1] == ("“Closed”", "read", "A sign on the gate")
