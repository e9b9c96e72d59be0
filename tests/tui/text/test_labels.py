"""Labels of places in the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotate.spans import Span
from tui.text.labels import LETTERS, labelled, names

TEXT = "The gate is shut, Mayor Ana Brell of Quist said on Monday."


@given(st.integers(0, len(LETTERS) ** 2))
def test_labels_are_distinct_and_none_begins_another(number: int) -> None:
    found = names(number)
    assert len(found) == number == len(set(found))
    assert all(len(name) in {1, 2} for name in found)
    single = {name for name in found if len(name) == 1}
    assert not any(name[0] in single for name in found if len(name) == 2)


def test_few_places_have_labels_of_one_letter() -> None:
    assert names(3) == list(LETTERS[:3])
    assert all(len(name) == 1 for name in names(len(LETTERS)))
    assert [len(name) for name in names(len(LETTERS) + 1)].count(2) == 2


def test_the_nearest_place_has_the_easiest_label() -> None:
    said, gate = Span(43, 47), Span(4, 8)
    assert [label.text for label in labelled(TEXT, [gate, said], near=40)] == ["s", "a"]


def test_spans_with_the_same_start_are_labelled_at_different_words() -> None:
    short, long = Span(18, 33), Span(18, 42)
    assert TEXT[short.start : short.end] == "Mayor Ana Brell"
    found = {label.span: label.offset for label in labelled(TEXT, [long, short], near=0)}
    assert found == {short: 18, long: TEXT.index("Quist")}


spans = st.integers(0, len(TEXT) - 1).flatmap(
    lambda start: st.integers(start + 1, len(TEXT)).map(lambda end: Span(start, end))
)


@given(st.lists(spans, max_size=60), st.integers(0, len(TEXT)))
def test_no_labels_overlap_and_each_is_drawn_on_its_span(targets: list[Span], near: int) -> None:
    found = labelled(TEXT, targets, near)
    assert all(label.span.start <= label.offset <= label.span.end - len(label.text) for label in found)
    assert all(b.offset - a.offset >= len(a.text) for a, b in pairwise(found))
    assert len({label.text for label in found}) == len(found)
