"""Accents behind their letters: one sign for the models, untouched in the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.engine import load_parser
from annotate.nfc import composed, restored

SIGNS = st.text(
    st.sampled_from([*"aeB .,-\n", *"\u0301\u0302\u0327\u0338", "é", "ễ", "ǖ", "😀", "\u1100", "\u1161"]), max_size=30
)


def test_letters_take_their_accents_in() -> None:
    assert composed("Zoe\u0308 C\u0327elik, Nguye\u0302\u0303n") == "Zoë Çelik, Nguyễn"


@pytest.mark.parametrize("text", ["", "Zoë", "x\u0301\u0338 1\u0301 \u0301a 😀"])
def test_what_has_no_one_sign_stays(text: str) -> None:
    assert composed(text) == text


@settings(deadline=None)
@given(SIGNS)
def test_a_parse_has_the_words_and_offsets_of_the_text(text: str) -> None:
    doc = load_parser().make_doc(composed(text))
    own = restored(doc, text)
    assert own.text == text
    assert [composed(token.text) for token in own] == [token.text for token in doc]


def test_a_parse_is_that_of_the_composed_text() -> None:
    text = unicodedata.normalize("NFD", "The report was written by Ana Liú. Zoë Çelik said it was wrong.")
    doc = load_parser()(composed(text))
    own = restored(doc, text)
    assert [(t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in own] == [
        (t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in doc
    ]
    assert [text[sentence.start_char :][:4] for sentence in own.sents] == ["The ", "Zoe\u0308"]
