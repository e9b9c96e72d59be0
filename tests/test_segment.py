"""Blocks: the kind of each paragraph, in any layout of the file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.model import Record
from annotate.segment import publication_date, segment
from annotate.segment.kinds import Pattern, patterns

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))

LONG = "The council of Vessen voted late in the evening to close the old harbour, the mayor said."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in segment(text)]


def kinds_only(text: str) -> list[str]:
    return [block.kind for block in segment(text)]


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: f"{pattern.kind}-{pattern.example[:30]}")
def test_every_pattern_matches_its_example(pattern: Pattern) -> None:
    found = re.match(pattern.source, pattern.example)
    assert found
    assert found.group()
    if pattern.how in ("whole", "early"):
        assert found.group() == pattern.example
    end = " The mayor quit." if pattern.how in ("lead", "first") else ""
    assert kinds(f"Mayor quits over leak\n\n{pattern.example}{end}\n\n{LONG}")[1][0] == pattern.kind


def test_seed_blocks_are_exact() -> None:
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    text = (SHARED / "seed/article.txt").read_text("utf-8")
    gold = json.loads((SHARED / "seed/gold.json").read_text("utf-8"))
    blocks = segment(text)
    assert [block.to_dict() for block in blocks] == gold["blocks"]
    assert publication_date(text, blocks) == gold["date"]


def test_wire_story() -> None:
    text = (
        "Vessen mayor quits over harbour leak\n\nBy Ana Li and Bo Ek\n\n"
        "VESSEN, March 19 (Newswire) — The mayor quit.\n\n"
        f"{LONG}\n\nReporting by Ana Li; Editing by Cy Orr\n"
    )
    assert kinds(text) == [
        ("title", "Vessen mayor quits over harbour leak"),
        ("byline", "By Ana Li and Bo Ek"),
        ("dateline", "VESSEN, March 19 (Newswire) —"),
        ("body", "The mayor quit."),
        ("body", LONG),
        ("credit", "Reporting by Ana Li; Editing by Cy Orr"),
    ]


def test_an_invitation_to_readers_is_noise() -> None:
    assert kinds_only(f"{LONG}\n\nJoin 300,000 readers who say we are the best.\n\n{LONG}") == ["body", "noise", "body"]


def test_a_labelled_question_is_no_heading() -> None:
    assert kinds_only("Olga Varn: Is the bank safe?\n\nTom Ode: It is.\n\nOlga Varn: Who says so") == ["body"] * 3
    text = "What will they do now?\n\nOlga: Is it safe?\n\nTom Ode: It is.\n\nIt was late."
    assert kinds_only(text) == ["title", "body", "body", "body"]
    assert kinds_only(f"Olga Varn: is the bank safe?\n\n{LONG}") == ["title", "body"]


def test_web_page_with_its_furniture() -> None:
    text = (
        "World\n\nVessen mayor quits over harbour leak\n\nPublished: 19 March 2025, 14:02 GMT\n\n"
        "Ana Li, Staff Writer\n\n"
        "Share this article\n\nThe harbour at Vessen. (Photo: Bo Ek)\n\n"
        f"{LONG}\n\nADVERTISEMENT\n\n{LONG}\n\nRead more: Ten harbours to visit\n\nWho comes next?\n\n{LONG}\n\n"
        "Sign up to our newsletter\n\nWe use cookies to make this site work.\n\n(With inputs from agencies)"
    )
    assert kinds_only(text) == [
        "heading", "title", "dateline", "byline", "noise", "caption", "body", "noise", "body", "noise", "heading",
        "body", "noise", "noise", "credit",
    ]  # fmt: skip


def test_markdown() -> None:
    text = (
        f"# Vessen mayor quits\n\n*2025-03-19*\n\n{LONG}\n\n---\n\n## What comes next\n\n{LONG}\n\n- a boat\n- a net\n"
    )
    found = kinds(text)
    assert found[0] == ("title", "# Vessen mayor quits")
    assert ("noise", "---") in found
    assert ("heading", "## What comes next") in found
    assert [kind for kind, words in found if words.startswith("- ")] == ["body", "body"]


def test_heading_with_a_quoted_phrase() -> None:
    text = f"{LONG}\n\nLi and Ek 'trust each other'\n\n{LONG}"
    assert kinds_only(text) == ["body", "heading", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Q: Did you know",
        "A: I did not",
        "LI: We never met",
        "“We never met.” — Li",
        "Li continued:",
        "- a boat",
        "and then left",
        "“We never met,” Li said.",
    ],
)
def test_speech_and_lists_are_no_headings(line: str) -> None:
    assert kinds_only(f"{LONG}\n\n{line}\n\n{LONG}") == ["body", "body", "body"]


def test_a_run_of_bare_lines_is_a_list() -> None:
    names = "Ana Lindqvist\n\nBo Ekström\n\nCy Orrin\n\nDi Pell\n\nEd Quist"
    assert set(kinds_only(f"{LONG}\n\n{names}\n\n{LONG}")) == {"body"}


def test_last_line_heads_nothing() -> None:
    assert kinds_only(f"{LONG}\n\nMore soon") == ["body", "body"]


def test_live_blog_times_head_their_entries() -> None:
    text = f"The Latest: mayor quits\n\n{LONG}\n\n2:45 p.m.\n\n{LONG}\n\n14:02\n\n{LONG}"
    assert kinds_only(text) == ["title", "body", "heading", "body", "heading", "body"]


def test_one_line_a_paragraph() -> None:
    text = f"Vessen mayor quits\n{LONG}\n{LONG} {LONG}\nAdvertisement\n{LONG}"
    assert kinds_only(text) == ["title", "body", "body", "noise", "body"]


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    text = f"Mayor quits over leak\nBy Ana Li\n19 March 2025\nIt rained, she said.\nADVERTISEMENT\nWhat next\n{LONG}"
    assert kinds_only(text) == ["title", "byline", "dateline", "body", "noise", "heading", "body"]


def test_byline_with_a_place_stands_below_the_title() -> None:
    assert kinds_only(f"Boats Sink in Lund\n\nAna Li in Vessen\n\n{LONG}") == ["title", "byline", "body"]


@pytest.mark.parametrize("title", ["Boats sink off Lund", "Boats sink"])
@pytest.mark.parametrize("line", ["LUND, March 19, 2025", "Port Ellis, 19 March 2025 (Newswire)"])
def test_place_and_day_on_a_line_of_their_own_are_the_dateline(title: str, line: str) -> None:
    text = f"{title}\n\n{line}\n\n{LONG}"
    assert kinds_only(text) == ["title", "dateline", "body"]
    assert publication_date(text, segment(text)) == "2025-03-19"


def test_a_title_above_a_body_may_name_a_day_without_a_year() -> None:
    assert kinds_only(f"Lund, March 19\n\n{LONG}") == ["title", "body"]


@pytest.mark.parametrize("title", ["Remembering September 11, 2001", "Election Day November 5 2024"])
def test_a_title_that_ends_in_a_day_says_not_when_it_was_published(title: str) -> None:
    text = f"{title}\n\n{LONG}"
    assert kinds_only(text) == ["title", "body"]
    assert publication_date(text, segment(text)) is None


def test_wrapped_text_keeps_its_paragraphs() -> None:
    wrapped = (
        "The council of Vessen voted late in the evening to close the old\n"
        "harbour, which has not seen a ship for eleven years and costs the\n"
        "town a fortune. Nobody objected.\n"
    )
    text = f"Vessen closes its harbour\n\n{wrapped}\n{wrapped}"
    assert kinds(text)[1:] == [("body", wrapped.strip())] * 2


def test_sentence_running_on_in_lower_case_is_one_paragraph() -> None:
    text = (
        f"{LONG}\n\nThe mayor, who had been in office for\nten years, left by the back door of the town hall.\n\n{LONG}"
    )
    assert len(segment(text)) == 3


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Published: 19 March 2025, 14:02 GMT", "2025-03-19"),
        ("Updated March 20, 2025\n\nPublished March 19, 2025", "2025-03-19"),
        ("2025-03-19T08:00:00Z", "2025-03-19"),
        ("By Ana Li | 19 March 2025", "2025-03-19"),
        ("Wednesday, March 19, 2025 at 3 p.m.", "2025-03-19"),
        ("VESSEN, March 19 (Newswire) —", None),
        ("Ana Li", None),
    ],
)
def test_publication_date(head: str, date: str | None) -> None:
    text = f"{head}\n\n{LONG}"
    assert publication_date(text, segment(text)) == date


@pytest.mark.parametrize("text", ["", "\n", " \t\n \n", "x", ".", "\u2028", "— — —"])
def test_little_or_nothing(text: str) -> None:
    Record(id="a", text=text, blocks=segment(text))
    assert len(segment(text)) == (1 if text.strip() else 0)


_LINES = st.sampled_from(
    [p.example for p in patterns()] + [LONG, "", " ", "Bare line", "“Open", "\u00a0", "e\u0301 \U0001f600", "# x"]
)


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.text(), st.lists(_LINES).map("\n".join), st.lists(_LINES).map("\n\n".join)))
def test_blocks_are_sorted_disjoint_and_cover_all_but_white_space(text: str) -> None:
    covered = 0
    for block in segment(text):
        assert block.start >= covered
        assert not text[covered : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip() != ""
        covered = block.end
    assert not text[covered:].strip()
