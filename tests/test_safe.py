"""Foreign text: nothing in it reaches a terminal that obeys or hides it."""

from __future__ import annotations

import sys
import unicodedata

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.safe import MOST_MARKS, legible, safe, safe_line, visible

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


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = st.text(
    st.sampled_from("a\u0301\ufe0f\U000e0101\u20e3❤葛\r\n\t\x1b\x9d\x7f\U000e0041\u200d" + TURNING) | st.characters()
)


@given(HOSTILE)
def test_a_legible_text_keeps_its_length_tabs_and_line_ends_and_nothing_that_is_obeyed(text: str) -> None:
    told = legible(text)
    assert len(told) == len(text)
    assert {c for c in told.replace("\r\n", "") if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert not set(told) & {*TURNING, *map(chr, range(0xE0000, 0xE0080))}


@given(HOSTILE)
def test_a_legible_text_changes_nothing_but_what_is_obeyed_or_too_much(text: str) -> None:
    changed = {old for new, old in zip(legible(text), text, strict=True) if new != old}
    assert all(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Mn", "Me", "Cn", "Lo") for c in changed)
    assert not changed & {"\u200d", "\u200e", "\u200f", "\u00ad"}


@given(st.recursive(HOSTILE, lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner), max_leaves=5))
def test_visible_json_is_the_same_json_and_holds_no_code_that_a_terminal_obeys(value: object) -> None:
    try:
        written = orjson.dumps(value)
    except TypeError:  # half a surrogate pair, which no JSON of ours holds
        return
    told = visible(written)
    assert orjson.loads(told) == value
    assert not [c for c in told.decode() if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in TURNING]


ZERO_WIDTH = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in ("Mn", "Me")]


def test_of_every_combining_mark_only_so_many_hang_on_a_letter() -> None:
    for show in (safe, legible):
        for mark in ZERO_WIDTH:
            text = "a" + mark * (MOST_MARKS + 3) + "b"
            shown = show(text)
            assert (len(shown), shown.count(mark) <= MOST_MARKS) == (len(text), True), ascii(text)


def test_of_many_kinds_of_marks_and_selectors_in_a_row_no_more_hang_on_a_letter() -> None:
    hidden = "a" + "".join(ZERO_WIDTH)
    shown = safe(hidden)
    runs = "".join("m" if c in set(ZERO_WIDTH) else " " for c in shown).split()
    assert len(shown) == len(hidden)
    assert max(map(len, runs)) <= MOST_MARKS


@pytest.mark.parametrize("letter", ["a", "😀", "1", "葛", " ", "葛\U000e0100", "❤\ufe0f"])
def test_bytes_written_in_variation_selectors_are_seen(letter: str) -> None:
    for secret in ("".join(chr(0xE0100 + byte) for byte in b"rm -rf"), "\ufe01\ufe05\ufe0f"):
        shown = safe(letter + secret)
        assert shown.count("·") >= len(secret) - 1


@pytest.mark.parametrize(
    "text", ["❤️ 1️⃣ ☎︎ ©️ ℹ️", "葛\U000e0100城", "שָׁ֔לוֹם", "ệ", "हिन्दी में समाचार", "བསྒྲུབས", "한", "ภาษาไทย"]
)
def test_marks_and_selectors_of_living_scripts_stay(text: str) -> None:
    assert safe(text) == text == legible(text)


def test_a_line_has_no_line_end_and_no_accent_on_nothing() -> None:
    assert safe_line("\u0301one\ntwo") == " \u0301one two"
