from __future__ import annotations

import bz2
import codecs
import lzma
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from annotate.errors import ReadError
from annotate.read.article import clean, iso_date
from annotate.read.decode import decode, garbled

QUOTED = "“We can’t wait,” said Zoë Adair – ‘not now’."
plain_text = st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(
    lambda text: not text.startswith("\ufeff")
)
MARKED = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
]


@pytest.mark.parametrize(("mark", "encoding"), MARKED)
@given(text=plain_text)
@example(text="😀 said the mayor\r\n")
@settings(deadline=None, max_examples=40)
def test_marked_text_comes_back_as_it_was(mark: bytes, encoding: str, text: str) -> None:
    assert decode(mark + text.encode(encoding), "x") == text


@given(text=plain_text)
@settings(deadline=None, max_examples=100)
def test_utf8_without_a_mark_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"%PDF", b"PK\x03\x04", b"GIF8", b"{\\rtf")):
        assert decode(data, "x") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_unmarked_encodings_are_detected(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding), "x") == QUOTED


@pytest.mark.parametrize("words", ["café", "“no”", "naïve coöperation", "£5", "the mayor’s house"])
def test_short_windows_texts_are_detected(words: str) -> None:
    assert decode(words.encode("cp1252"), "x") == words


def test_utf8_with_a_broken_character_stays_utf8() -> None:
    data = QUOTED.encode().replace("–".encode(), b"\xe2\x80")
    assert decode(data, "x") == QUOTED.replace("–", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("declaration", ['<meta charset="shift_jis">', "<?xml version='1.0' encoding='Shift_JIS'?>"])
def test_a_page_may_declare_its_encoding(declaration: str) -> None:
    page = declaration + "<p>市長は言った</p>"
    assert decode(page.encode("shift_jis"), "x", declares=True) == page


@pytest.mark.parametrize("declared", ["no-such-encoding", "undefined", "ascii", "utf-8"])
def test_a_false_declaration_does_no_harm(declared: str) -> None:
    page = f"<meta charset={declared}><p>{QUOTED}</p>"
    assert decode(page.encode("cp1252"), "x", declares=True) == page


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04....", "a zip archive or an office document"),
        (b"\xd0\xcf\x11\xe0....", "an office document"),
        (b"{\\rtf1 Hello}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"\x1f\x8b\x08\x00abc", "compressed with gzip"),
        (b"some words\x00and more of them", "a binary file"),
        (b"\x00" * 64, "a binary file"),
    ],
)
def test_binary_is_refused_by_kind(data: bytes, kind: str) -> None:
    with pytest.raises(ReadError, match=f"x.bin is {kind}, not text") as caught:
        decode(data, "x.bin")
    assert caught.value.hint == "save it as plain text first"


@given(seed=st.integers(0), size=st.integers(300, 2000))
@settings(deadline=None, max_examples=100)
def test_random_bytes_are_refused(seed: int, size: int) -> None:
    data = Random(seed).randbytes(size).replace(b"\0", b"\1")  # a NUL would tell
    assume(not data.startswith(tuple(mark for mark, _ in MARKED)))
    with pytest.raises(ReadError, match="x is a binary file, not text"):
        decode(data, "x")


@pytest.mark.parametrize("packed", [zlib.compress, bz2.compress, lzma.compress])
def test_compressed_text_is_refused(packed: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ReadError, match="x is a binary file, not text"):
        decode(packed(QUOTED.encode() * 3), "x")


@pytest.mark.parametrize(
    ("encoding", "first", "last"),
    [
        ("cp1250", "À", "ž"), ("cp1252", "¡", "ÿ"), ("koi8-r", "А", "я"), ("shift_jis", "ぁ", "龠"),
        ("gb18030", "一", "𠀀"), ("euc-kr", "가", "힣"),
    ],
)  # fmt: skip
@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_no_text_in_any_encoding_is_refused(encoding: str, first: str, last: str, data: st.DataObject) -> None:
    letters = st.characters(min_codepoint=ord(first), max_codepoint=ord(last), exclude_categories=["Cs"])
    text = data.draw(st.text(letters | st.sampled_from(" .\n\t\f"), min_size=1))
    assert decode(text.encode(encoding, "replace"), "x")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy, řekla starostka. „Zvážíme to,“ dodala."),
        ("cp1252", "„Größere Übel“, sagte die Bürgermeisterin: “çà et là” – £5 für die Fähre."),
        ("koi8-r", "Мэр сказала, что мельница закроется весной, и никто не возражал."),
        ("shift_jis", "市長は「工場は春に閉まる」と述べた。港は開いたままだという。"),
        ("gb18030", "市长说，工厂将在春天关闭。港口仍然开放。𠀀"),
    ],
)
def test_texts_of_other_languages_in_old_encodings_are_not_refused(encoding: str, words: str) -> None:
    assert decode(words.encode(encoding), "x")


def test_a_stray_control_code_makes_no_binary() -> None:
    assert decode(b"The caf\xe9 closed.\x07", "x") == "The café closed.\x07"


@given(text=st.text(st.characters(codec=None)))
@example(text="a\r\r\nb\rc\r\n")
@example(text="\ud800\udc00 \0 \udfff")
@settings(deadline=None, max_examples=100)
def test_clean_text_can_be_written_and_has_one_kind_of_line_end(text: str) -> None:
    cleaned = clean(text)
    assert "\r" not in cleaned
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned or cleaned.startswith("\ufeff")


def test_clean_changes_nothing_else() -> None:
    assert clean("\ufeff  one \r\n\r\n\ttwo\u2028 \rthree  ") == "  one \n\n\ttwo\u2028 \nthree  "


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-19",
        " 2025-03-19T23:30:00Z",
        "2025-03-19 08:00:00",
        "20250319",
        "Wed, 19 Mar 2025 08:00:00 +0000",
        "March 19, 2025",
        "19 Mar 2025",
        "2025-03-19T08:00:00.1234567+01:00 (local)",
    ],
)
def test_dates_as_files_write_them(written: str) -> None:
    assert iso_date(written) == "2025-03-19"


@pytest.mark.parametrize("written", ["", "last week", "2025-13-40", 20250319, None, ["2025-03-19"]])
def test_what_is_no_date_is_none(written: object) -> None:
    assert iso_date(written) is None


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        ("It is the mayorâ€™s house.", "â€™"),
        ("The cafÃ© has a fÃªte.", "Ã©"),
        ("It costs Â£5, not Â£6.", "Â£"),
        ("The \N{REPLACEMENT CHARACTER} is shut.", "\N{REPLACEMENT CHARACTER}"),
        ("The café’s fête – “Gruß“ – costs £5.", ""),
        ("«SÃO JOÃO», «IRMÃ»", ""),
    ],
)
def test_texts_decoded_wrongly_are_recognised(text: str, sample: str) -> None:
    assert garbled(text) == sample
