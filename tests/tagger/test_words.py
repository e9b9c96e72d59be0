from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from annotate.segment import segment
from annotate.tagger.words import Cutter, Words

TEXTS = st.text(st.sampled_from("ab rain.“”\n\t é\u0301\u200d😀東\ud800\x00") | st.characters(), max_size=300)


def cut(cutter: Cutter, text: str) -> Words:
    return cutter.cut(text, [block.start for block in segment(text)])


@given(TEXTS)
def test_words_are_all_of_a_text_but_white_space(cutter: Cutter, text: str) -> None:
    words = cut(cutter, text)
    spans = list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    assert spans == sorted(spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert len(covered) == sum(end - start for start, end in spans)
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(TEXTS)
def test_every_word_has_pieces(cutter: Cutter, text: str) -> None:
    words = cut(cutter, text)
    assert len(words.firsts) == len(words) + 1
    assert len(words.pieces) == len(words.shapes) == words.firsts[-1]
    assert all(words.shapes[words.firsts[:-1]] > 0)
    assert (words.pieces > 0).all()


def test_a_break_stands_between_paragraphs(cutter: Cutter) -> None:
    words = cut(cutter, "Rain.\n\nRain said.")
    assert words.pieces.tolist().count(cutter.break_) == 1
    assert words.pieces[2] == cutter.break_
    assert words.breaks.tolist() == [True, False, True, False, False]


def test_shapes_tell_capitals_and_white_space_apart(cutter: Cutter) -> None:
    words = cut(cutter, 'rain Rain RAIN raIN"rain" "')
    shapes = words.shapes[words.firsts[:-1]].tolist()
    assert shapes == [2, 4, 6, 8, 1, 1, 1, 2]


def test_a_word_without_end_has_a_bounded_number_of_pieces(cutter: Cutter) -> None:
    words = cut(cutter, "a" * 1_000_000)
    assert len(words) == 1
    assert len(words.pieces) <= 12


def test_spans_find_their_words(cutter: Cutter) -> None:
    words = cut(cutter, "Rain, said Ab.")
    assert words.between(0, 5) == (0, 2)
    assert words.between(6, 10) == (2, 3)
    assert words.between(7, 8) == (2, 3)
    first, end = words.between(5, 6)
    assert first >= end


def test_a_combining_mark_stays_with_its_letter(cutter: Cutter) -> None:
    assert len(cut(cutter, "cafe\u0301 rain")) == 2


def test_a_vocabulary_without_the_special_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="is not in the vocabulary"):
        Cutter(Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]")))


def test_breaks_are_where_blocks_begin(cutter: Cutter) -> None:
    text = "HARBOUR FEES\n\nFees rose on Monday, said the\nmayor.\n\nNobody liked it."
    words = cut(cutter, text)
    assert words.starts[words.breaks].tolist() == [block.start for block in segment(text)]
