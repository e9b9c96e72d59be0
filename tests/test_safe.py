"""Foreign text: nothing in it reaches a terminal that obeys or hides it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.safe import legible, safe, safe_line

SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Signs of the Arabic, Syriac and Kaithi scripts: of the class of format characters, but drawn."""


def test_no_code_point_that_controls_or_hides_is_let_through() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = [c for c in safe(everything) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert set(left) - set(SEEN) == {"\n"}


@given(st.text())
def test_one_code_point_stays_one(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize("text", ["Ana Li said: “No.”\n", "Zoë Çelik, 東京, Ελλάδα, 👍🏽", "[/b] [sic]"])
def test_what_is_harmless_stays(text: str) -> None:
    assert safe(text) == text


@given(st.text())
def test_a_legible_text_keeps_its_length_tabs_and_line_ends_and_no_other_codes(text: str) -> None:
    told = legible(text)
    assert len(told) == len(text)
    assert {c for c in told.replace("\r\n", "") if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
    assert all(new == old for new, old in zip(told, text, strict=True) if unicodedata.category(old) != "Cc")


def test_a_line_has_no_line_end_and_no_accent_on_nothing() -> None:
    assert safe_line("\u0301one\ntwo") == " \u0301one two"
