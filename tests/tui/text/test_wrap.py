from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from annotate.safe import safe
from annotate.spans import Span
from tui.text.wrap import Layout, clip, columns, wrap

PIECES = st.sampled_from(
    [
        "a",
        "word",
        "Zürich",
        " ",
        "  ",
        "\n",
        "\n\n",
        "“quote,”",
        "—",
        "日本語",
        "。",
        "👍",
        "❤\ufe0f",
        "e\u0301",
        "क्षि",
        "x" * 30,
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)).map(safe)
WIDTHS = st.integers(min_value=2, max_value=40)


def shown_words(lines: Layout) -> list[str]:
    return [lines.text[start:end] for start, end in map(lines.shown, range(len(lines)))]


@settings(deadline=None, max_examples=150)
@given(TEXTS, WIDTHS)
def test_lines_cover_the_text_in_order(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(text[start:end] for start, end in map(lines.span, range(len(lines)))) == text


@settings(deadline=None, max_examples=150)
@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_measure(text: str, width: int) -> None:
    assert all(cell_len(words) <= width for words in shown_words(wrap(text, width)))


@settings(deadline=None, max_examples=150)
@given(TEXTS, WIDTHS)
def test_no_grapheme_is_torn_apart(text: str, width: int) -> None:
    starts = set(wrap(text, width).starts)
    for paragraph_start, paragraph in paragraphs(text):
        inside = {
            paragraph_start + at for start, end, _ in split_graphemes(paragraph)[0] for at in range(start + 1, end)
        }
        assert not starts & inside


def paragraphs(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for paragraph in text.split("\n"):
        found.append((at, paragraph))
        at += len(paragraph) + 1
    return found


@settings(deadline=None, max_examples=150)
@given(TEXTS, WIDTHS, st.data())
def test_an_offset_is_found_again_by_its_line_and_column(text: str, width: int, data: st.DataObject) -> None:
    lines = wrap(text, width)
    line = data.draw(st.integers(0, len(lines) - 1))
    start, end = lines.shown(line)
    for at, _, cells in split_graphemes(text[start:end])[0]:
        if cells:
            assert lines.offset_at(line, lines.column(start + at)) == start + at
            assert lines.line_of(start + at) == line


def test_breaks_stand_at_spaces_and_hanging_spaces_stay() -> None:
    lines = wrap("one two   three four", 8)
    assert shown_words(lines) == ["one two", "three", "four"]
    assert lines.starts == (0, 10, 16)


def test_wide_characters_break_anywhere_but_narrow_words_do_not() -> None:
    assert shown_words(wrap("日本語日本語", 5)) == ["日本", "語日", "本語"]
    assert shown_words(wrap("日本 word", 5)) == ["日本", "word"]


def test_a_word_longer_than_the_measure_is_cut_and_indents_leave_no_blank_line() -> None:
    assert shown_words(wrap("a" * 7, 3)) == ["aaa", "aaa", "a"]
    assert shown_words(wrap("  " + "b" * 7, 4)) == ["  bb", "bbbb", "b"]


def test_an_empty_text_and_a_last_line_feed_have_a_line_for_the_cursor() -> None:
    assert wrap("", 10).starts == (0,)
    assert wrap("a\n", 10).starts == (0, 2)


def test_spacers_cover_nothing_and_stand_before_their_line() -> None:
    text = "head\nbody\n"
    lines = wrap(text, 10, [5])
    assert lines.starts == (0, 5, 5, 10)
    assert not lines.is_text(1)
    assert lines.line_of(5) == 2
    assert lines.lines_of(Span(0, 9)) == range(3)


def test_a_spacer_that_begins_no_line_is_none() -> None:
    assert wrap("head\nbody", 10, [0, 2]).starts == (0, 5)


@pytest.mark.parametrize("unit", ["a", "語", "👍\ufe0f", " ", "\u0301", "ab "])
def test_a_line_of_a_megabyte_is_wrapped_within_bounds(unit: str) -> None:
    text = (unit * 200_000)[:400_000]
    lines = wrap(text, 76)
    longest = max(end - start for start, end in map(lines.span, range(len(lines))))
    assert longest <= 76 * 8 + 1_000  # a hostile pile of accents cannot make a line that fills the terminal


@given(TEXTS, st.integers(1, 30))
@settings(deadline=None, max_examples=100)
def test_clipped_text_fits(text: str, width: int) -> None:
    line = text.replace("\n", " ")
    clipped = clip(line, width)
    assert columns(clipped) <= width
    assert clipped == line or clipped.endswith("…")
