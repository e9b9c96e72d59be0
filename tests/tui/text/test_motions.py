"""Positions of words, sentences, quotations and matches."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.model import Block, Quote, Record
from annotate.spans import Span
from tui.text.motions import (
    match_at,
    matches,
    quotation_at,
    sentence_after,
    sentence_at,
    sentence_before,
    whole_words,
    word_after,
    word_at,
    word_before,
)

TEXT = "The boats left. “Nobody came,” Ana said! They’re gone.\n\nA second paragraph stands here"


def words(span: Span) -> str:
    return TEXT[slice(*span)]


def a_record(**fields: object) -> Record:
    return Record("a", TEXT, **fields)  # type: ignore[arg-type] # fields by name


def test_words_are_gone_through_one_by_one_and_back() -> None:
    word, seen = word_at(TEXT, 0), []
    for _ in range(6):
        seen.append(words(word))
        word = word_after(TEXT, word)
    assert seen == ["The", "boats", "left", ".", "“", "Nobody"]
    for _ in range(20):
        word = word_before(TEXT, word)
    assert words(word) == "The"


def test_the_last_word_has_none_after_it() -> None:
    last = word_at(TEXT, len(TEXT))
    assert words(last) == "here"
    assert word_after(TEXT, last) == last


def test_sentences_end_at_their_marks_and_at_paragraphs() -> None:
    record = a_record()
    first = sentence_at(record, 3)
    second = sentence_after(record, first.start)
    third = sentence_after(record, second.start)
    fourth = sentence_after(record, third.start)
    assert [words(s) for s in (first, second, third, fourth)] == [
        "The boats left.",
        "“Nobody came,” Ana said!",
        "They’re gone.",
        "A second paragraph stands here",
    ]
    assert sentence_after(record, fourth.start) == fourth
    assert sentence_before(record, fourth.start) == third
    assert sentence_before(record, 0) == first


def test_a_sentence_does_not_leave_its_block() -> None:
    record = a_record(blocks=(Block(0, 10, "title"), Block(10, 15, "body")))
    assert sentence_at(record, 12) == Span(10, 15)


def test_the_quotation_is_the_one_around_else_the_next() -> None:
    quote = Quote(TEXT.index("“"), TEXT.index("”") + 1, "speech")
    record = a_record(quotes=(quote,))
    for offset in (0, quote.start + 3):
        assert quotation_at(record, offset) == Span(quote.start, quote.end)
    assert quotation_at(record, quote.end) is None


def test_matches_ignore_case_and_kinds_of_white_space() -> None:
    assert [words(m) for m in matches(TEXT, "gone. a")] == ["gone.\n\nA"]
    assert matches(TEXT, "  ") == []
    assert matches(TEXT, "(") == []


def test_the_match_to_show_first_is_the_next_one_and_wraps() -> None:
    found = [Span(2, 3), Span(8, 9)]
    assert [match_at(found, offset) for offset in (0, 3, 9)] == [0, 1, 0]


def test_words_cut_by_the_mouse_are_taken_whole() -> None:
    assert words(whole_words(TEXT, Span(1, 6))) == "The boats"
    assert words(whole_words(TEXT, Span(16, 20))) == "“Nobody"


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=60), st.data())
def test_motions_stay_inside_any_text(text: str, data: st.DataObject) -> None:
    record = Record("a", text + "x")
    offset = data.draw(st.integers(0, len(text)))
    word = word_at(record.text, offset)
    for span in (word, word_after(record.text, word), word_before(record.text, word), sentence_at(record, offset)):
        assert 0 <= span.start < span.end <= len(record.text)
    assert sentence_after(record, offset).start >= sentence_at(record, offset).start
    assert sentence_before(record, offset).start <= sentence_at(record, offset).start


def test_a_title_is_no_end_of_a_sentence() -> None:
    text = "“It decides,” Mr. Ode said. Ms. Li left."
    record = Record("a", text, blocks=(Block(0, len(text), "body"),))
    assert text[slice(*sentence_at(record, 0))].strip() == "“It decides,” Mr. Ode said."
    assert text[slice(*sentence_after(record, 0))].strip() == "Ms. Li left."
