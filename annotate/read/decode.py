"""Decode a file's bytes: detect the encoding, and refuse binary files."""

from __future__ import annotations

import codecs
import re

from annotate.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "compressed with gzip"),
)
_SAVE_AS_TEXT = "save it as plain text first"
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARATION_WITHIN = 4096
_WINDOWS_MARKS = re.compile(rb"[\x91-\x94]")
_MAC_MARKS = re.compile(rb"[\xd2-\xd5]")
_TWICE = re.compile("â€[^\\s\\w]?|[ÂÃ][\u0080-\u00bf€ƒˆŠŒŽ‘’“”•–—˜™š›œžŸ]")
"""UTF-8 read as Windows-1252: â€™ for ’, Ã© for é."""
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\b\t\n\v\f\r\x1a\x1b"))
"""Control bytes not found in text, except some that terminals and old systems leave in it."""
_STRAY = 0.02
"""Largest share of control bytes in a text; in random bytes it is a tenth."""
_MOSTLY = 0.4
_HARDLY = 0.05


def decode(data: bytes, name: str, *, declares: bool = False) -> str:
    """Decode the bytes of a text file.

    Tried in turn: a byte order mark; UTF-16 without one, known by where its NULs stand; UTF-8; the encoding a
    web page declares; UTF-8 with a few broken characters; Windows-1252 or Mac Roman, whichever reads better. Bytes
    that are not UTF-8 and contain control codes are not text.

    Args:
        data: The whole file.
        name: The file's name in errors.
        declares: Whether the text may declare its own encoding, as HTML does.

    Raises:
        ReadError: the file is not text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    encoding = _wide_encoding(data)
    if encoding:
        return data.decode(encoding, "replace")
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_noise(data, name)
        return (declares and _declared(data)) or _mostly_utf8(data) or _single_byte(data)


def _wide_encoding(data: bytes) -> str:
    """Tell UTF-16 without a byte order mark from binary: in western text nearly every other byte is NUL."""
    half = len(data) // 2
    if len(data) % 2 or not half or 0 not in data:
        return ""
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if odd > _MOSTLY and even < _HARDLY:
        return "utf-16-le"
    return "utf-16-be" if even > _MOSTLY and odd < _HARDLY else ""


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name} is {kind}, not text", _SAVE_AS_TEXT)
    if 0 in data:
        raise ReadError(f"{name} is a binary file, not text", _SAVE_AS_TEXT)


def _refuse_noise(data: bytes, name: str) -> None:
    """Refuse compressed, encrypted or random bytes: a short file of these may have no NUL."""
    if len(data) - len(data.translate(None, _CONTROLS)) > 1 + _STRAY * len(data):
        raise ReadError(f"{name} is a binary file, not text", _SAVE_AS_TEXT)


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_DECLARATION_WITHIN])
    if not match:
        return ""
    encoding = match[1].decode("ascii", "replace").lower()
    if encoding in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        return ""  # what browsers read as Windows-1252, and so does the detection
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):  # some codecs raise no UnicodeDecodeError
        return ""


def _mostly_utf8(data: bytes) -> str:
    """Decode UTF-8 that was cut or damaged somewhere; other encodings have far more broken than whole characters."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(not char.isascii() for char in text) - broken
    return text if broken < whole else ""


def _single_byte(data: bytes) -> str:
    """Decode as Windows-1252 or Mac Roman, by their quotation marks; in doubt ask the detector."""
    if len(_WINDOWS_MARKS.findall(data)) > len(_MAC_MARKS.findall(data)):
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", "mac_roman"]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def garbled(text: str) -> str:
    """Return the first characters of a text that tell of a wrong encoding; empty where there are none.

    Two are needed, as one may be meant, unless they are of a typographic mark, which no text means.
    """
    if "\N{REPLACEMENT CHARACTER}" in text:
        return "\N{REPLACEMENT CHARACTER}"
    found = _TWICE.findall(text) if "â€" in text or "Ã" in text or "Â" in text else []
    marks = [each for each in found if each.startswith("â")]
    return next(iter(marks), found[0] if len(found) > 1 else "")
