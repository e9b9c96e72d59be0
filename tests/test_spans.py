"""Arithmetic on spans, and stepping by words."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.claim_type import claim_type
from annotate.model import Quote
from annotate.spans import (
    Span,
    token_end_after,
    token_end_before,
    token_start_after,
    token_start_before,
    trimmed,
    union,
)

TEXT = st.text(alphabet="ab ,.\"’'\n-é👍\u0301", max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=8)


@given(SPANS)
def test_union_covers_the_same_code_points_sorted_and_apart(spans: list[Span]) -> None:
    joined = union(spans)
    assert {i for s in joined for i in range(*s)} == {i for s in spans for i in range(*s)}
    assert all(a.end < b.start for a, b in itertools.pairwise(joined))


@given(TEXT, st.integers(0, 60))
@settings(deadline=None)
def test_stepping_moves_on_or_back_and_stays_inside(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert offset <= token_start_after(text, offset) <= len(text)
    assert token_end_after(text, offset) <= len(text)
    assert token_start_before(text, offset) <= offset
    assert token_end_before(text, offset) <= offset


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    text = "She said: “We don't re-open.”"
    assert text[: token_end_after(text, 8)] == "She said:"
    assert text[: token_end_after(text, 13)] == "She said: “We don't"
    assert text[: token_end_after(text, 19)] == "She said: “We don't re-open"
    assert text[token_start_before(text, 27) :] == "re-open.”"


def test_an_accent_that_stands_behind_its_letter_is_part_of_the_word() -> None:
    text = "Ana Liu\u0301s said"
    assert text[: token_end_after(text, 4)] == "Ana Liu\u0301s"
    assert text[token_start_before(text, 8) :] == "Liu\u0301s said"


def test_trimmed_drops_outer_white_space_and_nothing_else() -> None:
    assert trimmed("  a b  ", Span(0, 7)) == Span(2, 5)
    assert trimmed("    ", Span(1, 3)) is None


def test_type_follows_from_the_marks() -> None:
    text = "“We won,” and more"
    quotes = [Quote(0, 9, "speech")]
    assert claim_type(text, quotes, [Span(0, 9)]) == "direct"
    assert claim_type(text, quotes, [Span(0, 18)]) == "mixed"
    assert claim_type(text, quotes, [Span(10, 18)]) == "indirect"
