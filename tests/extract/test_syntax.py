"""Attributions that their syntax makes clear: quoted as saying, inverted ones, and the ends beside a quotation."""

from __future__ import annotations

import pytest

from annotate.engine import analyse
from annotate.model import Claim, Record


def only(text: str) -> tuple[Record, Claim]:
    record = analyse(text)
    (claim,) = record.claims
    return record, claim


@pytest.mark.parametrize(
    ("text", "content", "source", "via"),
    [
        ("Radio Orlo quoted the captain as saying in Tarn that the ship had sunk.",
         "that the ship had sunk", "the captain", "Radio Orlo"),
        ("State television quoted General Omar Sand as saying the bridge was secure.",
         "the bridge was secure", "General Omar Sand", "State television"),
        ("“It was my fault,” the paper quoted coach Arne Vik as saying.",
         "“It was my fault,”", "coach Arne Vik", "the paper"),
        ("“We shall not pay,” the agency quoted Brandt as saying on Monday.",
         "“We shall not pay,”", "Brandt", "the agency"),
        ("The captain was quoted by Radio Orlo as saying: “We are ready.”",
         "“We are ready.”", "The captain", "Radio Orlo"),
        ("The weekly quoted her as telling a friend, “I am done.”", "“I am done.”", "her", "The weekly"),
        ("Brandt was quoted as saying that the harbour would close.", "that the harbour would close", "Brandt", ""),
        ("“We saw the water rise,” Ida Brun, a nurse, told Radio Orlo, according to the Tarn Courier.",
         "“We saw the water rise,”", "Ida Brun, a nurse", "the Tarn Courier"),
        ("“The reef will die,” Tanaka said according to the institute’s website.",
         "“The reef will die,”", "Tanaka", "the institute’s website"),
        ("According to the Tarn Courier, two aides said the mayor “lost his temper”.",
         "two aides said the mayor “lost his temper”", "the Tarn Courier", ""),
    ],
)  # fmt: skip
def test_who_is_quoted_is_the_source_and_who_quotes_is_kept(text: str, content: str, source: str, via: str) -> None:
    record, claim = only(text)
    assert (record.words(claim.content), record.words(claim.source)) == (content, source)
    assert record.words(claim.via) == via
    assert ("via" in claim.to_dict()) == bool(via)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The old crane, said the owner, was sold for scrap.", "The old crane … was sold for scrap", "the owner"),
        ("The tunnel, says the ministry, will open in May.", "The tunnel … will open in May", "the ministry"),
        ("The tram, according to the owner, has carried a million people.",
         "The tram … has carried a million people", "the owner"),
        ("Ferries, claims the union, are unsafe.", "Ferries … are unsafe", "the union"),
        ("The bridge, said Ada Bell, the engineer, was never tested.", "The bridge … was never tested",
         "Ada Bell, the engineer"),
    ],
)  # fmt: skip
def test_a_subject_and_its_predicate_are_one_content_around_said_the_owner(
    text: str, content: str, source: str
) -> None:
    record, claim = only(text)
    assert (record.words(claim.content), record.words(claim.source)) == (content, source)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The girl said, “I saw the ship,” and ran.", "“I saw the ship,”"),
        ("Brandt replied, “Not today,” and closed the door.", "“Not today,”"),
        ("The mayor said “we won” and that the vote was fair.", "“we won” and that the vote was fair"),
        ("The clinic recommends two doses: After the first, one child in ten is still not protected.", "two doses"),
        ("She said the reason was simple: the mill had closed.", "the reason was simple: the mill had closed"),
    ],
)
def test_what_the_speaker_did_and_what_the_writer_explains_is_not_said(text: str, content: str) -> None:
    record, claim = only(text)
    assert record.words(claim.content) == content


@pytest.mark.parametrize(
    ("text", "content", "source", "addressee"),
    [
        ("Parents were told by nurses that the milk was safe.", "that the milk was safe", "nurses", "Parents"),
        ("The guard was told by the owner that the lift was old.", "that the lift was old", "the owner", "The guard"),
        ("Vega, told by Moss that the vote was lost, laughed.", "that the vote was lost", "Moss", None),
        ("The firm was criticised by the auditor because “half the books are in pencil”.",
         "“half the books are in pencil”", "the auditor", None),
        ("Vega lost her temper and said: “Of all the things I have seen on this river…”, she said.",
         "“Of all the things I have seen on this river…”", "Vega", None),
    ],
)  # fmt: skip
def test_parts_of_passives_and_introductions(text: str, content: str, source: str, addressee: str | None) -> None:
    record, claim = only(text)
    assert (record.words(claim.content), record.words(claim.source)) == (content, source)
    assert addressee is None or record.words(claim.addressee) == addressee


def test_a_source_in_a_sentence_before_gives_way_to_the_subject_beside_the_cue() -> None:
    text = "It was claimed by the prosecution that books were burned. Parents were told by nurses that it was safe."
    record = analyse(text)
    assert [record.words(claim.source) for claim in record.claims] == ["the prosecution", "nurses"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The author of “The Long Sea” said the book was finished.", "The author of “The Long Sea”"),
        ("“Sea of Glass” director Ivo Lund said the film was done.", "“Sea of Glass” director Ivo Lund"),
    ],
)
def test_a_title_in_a_source_keeps_its_marks(text: str, source: str) -> None:
    record, claim = only(text)
    assert record.words(claim.source) == source
