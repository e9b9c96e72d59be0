"""Possible namesakes in a whole library: several people of one name, told apart by their descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.directory import Entry, confirm, rename, split
from annotate.directory.roles import role_words
from annotate.model import Record, SpeakerKind
from tests.made_up import Library, spoken


def told(article: str, *descriptions: str | None, kind: SpeakerKind = "person", name: str = "Ana Li") -> Record:
    """An article in which speakers of one name are called this and that."""
    record = spoken(article, *((name, kind) for _ in descriptions))
    pairs = zip(record.speakers, descriptions, strict=True)
    return replace(record, speakers=tuple(replace(speaker, description=said) for speaker, said in pairs))


def roles(entry: Entry) -> list[str | None]:
    return [part.description for part in entry.namesakes]


@pytest.mark.parametrize(
    ("descriptions", "several"),
    [
        (["Harbour director", "a governor"], ["Harbour director", "a governor"]),
        (["Harbour director", "director of the Harbour Board", "the former director"], []),
        (["mayor of Port Ellis", None, "mayor", ""], []),
        (["Gov.", "the state’s governor"], []),
        (["spokeswoman for the port", "Spokesman"], []),
        (["deputy mayor", "deputy sheriff"], ["deputy sheriff", "deputy mayor"]),
        (["uncle", "a local man", "fisherman"], []),
        (["dean", "nurse", "dean and poet", "poet"], ["dean and poet", "nurse"]),
        (["minister of health", "minister", "of health"], []),
    ],
)
def test_those_of_one_name_are_told_apart_by_what_they_are(descriptions: list[str | None], several: list[str]) -> None:
    library = Library(*(told(str(i), said) for i, said in enumerate(descriptions)))
    entry = library.entry("Ana Li")
    assert entry.claims == len(descriptions), "one entry still: only a person parts it"
    assert sorted(map(str, roles(entry))) == sorted(several)


def test_bodies_are_described_in_many_ways_and_are_one() -> None:
    library = Library(told("one", "lender", kind="organisation"), told("two", "employer", kind="organisation"))
    assert library.entry("Ana Li").namesakes == ()


def test_surnames_are_nobody_elses_whatever_they_are_called() -> None:
    library = Library(told("one", "farmer", name="Li"), told("two", "farmer", name="Li"), told("three", "nurse"))
    assert library.names() == [("Ana Li", 1), ("Li", 1), ("Li", 1)]
    assert len(library.directory().maybe(library.entry("Li", within="one"))) == 2
    library = Library(told("one", None, name="Ms Li"), told("two", None, name="Ms Li"))
    assert library.names() == [("Ms Li", 1), ("Ms Li", 1)], "a form of address makes no full name"


def test_a_person_says_that_those_of_one_name_are_one_until_an_article_calls_them_otherwise() -> None:
    library = Library(told("one", "director"), told("two", "governor"))
    library.do(confirm(library.entry("Ana Li")))
    assert library.entry("Ana Li").namesakes == ()
    assert confirm(library.entry("Ana Li")) == ()
    library.records["three"] = told("three", "a former governor")
    assert library.entry("Ana Li").namesakes == ()
    library.records["four"] = told("four", "poet")
    assert roles(library.entry("Ana Li")) == ["a former governor", "poet"]
    assert [part.claims for part in library.entry("Ana Li").namesakes] == [3, 1]
    assert library.directory().is_unsure(library.entry("Ana Li"))


def test_those_of_one_name_are_split_by_what_they_are_also_within_an_article() -> None:
    library = Library(told("one", "director", "governor"), told("two", "governor"))
    governor = library.entry("Ana Li").namesakes[0]
    library.do(split(library.entry("Ana Li"), {a.mark for a in governor.appearances}))
    entries = [e for e in library.directory().entries if e.name == "Ana Li"]
    assert [(e.description, e.claims, e.namesakes) for e in entries] == [("governor", 2, ()), ("director", 1, ())]


def test_speakers_are_found_by_all_their_names_and_all_that_they_are_called() -> None:
    library = Library(told("one", "Harbour director"), told("two", "governor"))
    library.do(rename(library.entry("Ana Li"), "Ana Quist"))
    for words, found in (("harbour", 1), ("GOVERNOR quist", 1), ("li ana", 1), ("governor poet", 0), ("", 1)):
        assert len(library.directory().find(words)) == found


_DESCRIPTIONS = st.lists(
    st.sampled_from([None, "", "the", "mayor", "Mayor of Calder", "poet", "poet and mayor", "nurse", "ex-nurse"]),
    min_size=1,
    max_size=6,
)


@given(_DESCRIPTIONS)
def test_parts_share_no_word_and_do_not_depend_on_the_order(descriptions: list[str | None]) -> None:
    def parts(said: Sequence[str | None]) -> set[frozenset[str]]:
        library = Library(*(told(str(i), text) for i, text in enumerate(said)))
        called = [{str(a.speaker.description) for a in part.appearances} for part in library.entry("Ana Li").namesakes]
        words = [frozenset().union(*map(role_words, texts)) for texts in called]
        assert all(one.isdisjoint(other) for i, one in enumerate(words) for other in words[:i])
        return set(map(frozenset, called))

    assert parts(descriptions) == parts(descriptions[::-1])
