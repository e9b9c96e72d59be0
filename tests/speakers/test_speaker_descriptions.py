"""Descriptions: speakers behind *the Orlo senator*, *the agency* and *a judge*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotate.uncertainty import is_guess, rivals

Resolve = Callable[..., Any]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Sen. Ana Li (D-Ohio) met Sen. Tom Reeve (R-Utah).", "The Ohio senator", "Ana Li"),
        ("Sen. Ana Li (D-Ohio) met Sen. Tom Reeve (R-Utah).", "The Utah lawmaker", "Tom Reeve"),
        ("Indiana Gov. Aldo Farrow met Ohio Gov. Ana Li.", "The Indiana governor", "Aldo Farrow"),
        ("Democrat Ana Li met Republican Tom Reeve.", "The GOP nominee", "Tom Reeve"),
        ("Vice president Ana Li met president Tom Reeve.", "The president", "Tom Reeve"),
        ("Aldo Farrow came to the market on Monday.", "The New York businessman", "Aldo Farrow"),
        ("Ana Li, the former minister, came to the market.", "The former first lady and senator", "Ana Li"),
        ("Judge Ana Li heard Tom Reeve, a baker.", "The judge", "Ana Li"),
        ("The Department of Water had fined Quist Mills.", "The agency", "Department of Water"),
        ("The Seafarers' Association met the port.", "The union", "Seafarers' Association"),
        ("Quist Fargo had closed three branches.", "The bank", "Quist Fargo"),
        ("Quist Fargo had closed three branches.", "The brewery, based in Lund,", "Quist Fargo"),
        ("Nell Arden, a farrier from Lund, came to the fair.", "The farrier", "Nell Arden"),
        ("Nell Arden is a plasterer. She works in Lund.", "The plasterer", "Nell Arden"),
        ("Nell Arden, who is now the head teacher in Lund, was asked.", "The head teacher", "Nell Arden"),
        ("Nell Arden works as a glazier in Lund.", "The glazier", "Nell Arden"),
        ("Aldo Farrow became mayor in 2019.", "The mayor", "Aldo Farrow"),
        ("The victim, Aldo Farrow, 19, was stabbed.", "The victim", "Aldo Farrow"),
        ("Sgt Aldo Farrow led the search.", "The officer", "Aldo Farrow"),
        ("Dr Ana Li treated the boy. A nurse helped.", "The doctor", "Ana Li"),
        ("Aldo Farrow, 34, met Ana Li, 51.", "The 34-year-old", "Aldo Farrow"),
        ("Aldo Farrow, 34, met Ana Li, 51.", "The 51-year-old dancer", "Ana Li"),
        ("Maureen Arden came to the market.", "The grandmother of six", "Maureen Arden"),
    ],
)
def test_a_description_means_whom_it_fits(resolve_article: Resolve, before: str, source: str, name: str) -> None:
    found = resolve_article(f"{before}\n\n[{source}]1 said <it was over>1.")
    assert found.names == [name]


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("Ana Li came to the market on Monday.", "The woman"),
        ("Aldo Farrow came to the market on Monday.", "The club doctor"),
        ("Aldo Farrow, 7, was lost on Monday.", "The constable"),
        ("Aldo Farrow scored twice for Lund.", "The goalkeeper"),
        ("Aldo Farrow is the mayor of Lund. Ana Li leads the opposition.", "The judge"),
        ("Aldo Farrow is not the mayor of Lund.", "The mayor"),
        ("Dr Aldo Farrow treated the boy.", "The nurse"),
        ("Judge Aldo Farrow opened the hearing.", "The defendant"),
        ("Farrow Primary was shut on Monday.", "The detective"),
        ("Farrow Tools dismissed forty people.", "The lorry driver"),
        ("Aldo Farrow, 34, came to the market.", "The 40-year-old"),
        ("Aldo Farrow came to the market.", "The mother of three"),
        ("Farrow Brothers Ltd moved to Lund.", "The mother of three"),
    ],
)
def test_a_role_is_nobodys_without_evidence(resolve_article: Resolve, before: str, source: str) -> None:
    found = resolve_article(f"{before}\n\n[{source}]1 said <it was over>1.")
    assert found.speakers[0].kind == "unnamed"
    assert found.speakers[0].name == source.removeprefix("The ")
    assert not is_guess(found.claims[0])


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("Aldo Farrow, a spokesman, came to the market.", "The mayor"),
        ("Republican Aldo Farrow came to the market.", "The Democratic nominee"),
        ("Mayor Aldo Farrow came to the market.", "The mayor and his aides"),
        ("Doctor Aldo Farrow came to the market.", "The mayor’s doctor and a lawyer"),
        ("Nominee Aldo Farrow came to the market.", "The nominee’s former doctor"),
    ],
)
def test_a_description_that_does_not_fit_stays_alone(resolve_article: Resolve, before: str, source: str) -> None:
    found = resolve_article(f"{before}\n\n[{source}]1 said <it was over>1.")
    assert "Li" not in str(found.names[0])
    assert "Farrow" not in str(found.names[0])


def test_the_next_words_tell_who_is_described(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Ana Li met Tom Reeve at the market, and Reeve spoke first.\n\n[The nominee]1 told her rival <it was over>1."
    )
    assert found.names == ["Ana Li"]


@pytest.mark.parametrize(
    ("source", "after", "name"),
    [
        ("A New York judge", "[Justice Ana Li]2 wrote that <it was late>2.", "Ana Li"),
        ("Ohio’s tax commissioner", "[Ana Li]2 said <it was late>2.", "Ana Li"),
        ("A union of ferry pilots", "[The Association of Ferry Pilots]2 said <no>2.", "Association of Ferry Pilots"),
        ("A federal court", "[The Court of Appeals]2 said <no>2.", "Court of Appeals"),
    ],
)
def test_a_lead_describes_who_is_named_later(resolve_article: Resolve, source: str, after: str, name: str) -> None:
    found = resolve_article(f"[{source}]1 said on Monday that <the bridge was shut>1.\n\n{after}")
    assert found.names == [name, name]


def test_a_role_in_a_headline_needs_no_article(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Retired General]1 Reveals <What He Saw>1\n\nRetired Gen. Aldo Farrow spoke in Orlo.", {0: "title"}
    )
    assert found.names == ["Aldo Farrow"]


def test_a_paper_goes_by_names_of_its_kind(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[A survey of voters]1 found <few had gone>1. [The study]2 put it at <one in three>2.\n\n"
        "[A web video]3 claims <more went>3. [The ad]4 says <all did>4."
    )
    assert found.names == ["survey", "survey", "web video", "web video"]


def test_a_thought_is_its_owners(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Ana Li’s conclusion]1 that <the bridge was old>1 was shared. [Her belief]2 was <it would fall>2."
    )
    assert found.names == ["Ana Li", "Ana Li"]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Aldo Farrow came to the market on Monday.", "The nominee", "Aldo Farrow"),
        ("Maureen Arden came to the market.", "The mother of three", "Maureen Arden"),
        ("Aldo Farrow came to the market on Monday.", "The 34-year-old", "Aldo Farrow"),
        ("Quist Fargo had closed three branches.", "The firm", "Quist Fargo"),
    ],
)
def test_a_description_without_evidence_may_be_somebody_elses(
    resolve_article: Resolve, before: str, source: str, name: str
) -> None:
    found = resolve_article(f"{before}\n\n[{source}]1 said <it was over>1.")
    assert found.names == [name]
    assert rivals(found.claims[0]) == (source.removeprefix("The "),)
    assert is_guess(found.claims[0])


def test_two_roles_without_a_name_are_two_speakers(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Aldo Farrow, 7, was lost. [The detective]1 said <a van was seen>1. [The officer]2 said <it was blue>2. "
        "[The coroner]3 said <it was late>3. [The detective]4 said <no>4."
    )
    assert found.names == ["detective", "officer", "coroner", "detective"]


def test_somebody_found_later_was_not_speaking(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[An officer]1 said <a child was missing>1. Aldo Farrow, 7, was found at dawn. [Farrow]2 said <it was dark>2."
    )
    assert found.names == ["officer", "Aldo Farrow"]


def test_a_relative_belongs_to_who_is_named(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Ana Li, 34, was found on Sunday. [The detective]1 said <it was late>1. [Her neighbour]2 said <it was dark>2."
    )
    assert found.names == ["detective", "Ana Li’s neighbour"]
