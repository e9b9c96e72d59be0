"""Make foreign text harmless for a terminal, one code point for one, so that offsets hold.

What is shown goes through `safe` or `safe_line`, what people take elsewhere (tables, Markdown, the clipboard) through
`legible`, and JSON through `visible`, whose text stays exact.
"""

from __future__ import annotations

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORMATS = (
    *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),
    *range(0x13430, 0x13440),
)  # fmt: skip
"""Rare invisible format characters: deprecated codes, annotations, shorthand, musical notation, hieroglyphs."""
_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
_JOINER = "\u200d"
"""The zero-width joiner, shown as a dot: terminals differ in how wide they draw emoji sequences with it."""
_SEPARATORS = "\u0085\u2028\u2029"

_OBEYED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]|\r(?!\n)"
)
"""Control codes except tabs and line ends, bidirectional overrides, and tags, which can spell invisible words.

A carriage return on its own takes a terminal back over what it has shown.
"""
_OBEYED_BYTES = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
"""The same in UTF-8, except those that JSON escapes anyway; also line separators and direction marks."""

MOST_MARKS = 6
"""Maximum number of combining marks on one letter: no living script needs more, and a pile of them hides lines."""
_HANGING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u1dff"
    "\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7b0-\ud7fb\ufb1e\ufe20-\ufe2f"
    f"\U000101fd-\U0001e94a]{{{MOST_MARKS + 1},}}"
)
"""Quick pattern for runs that may hold too many combining marks; it also matches other characters."""
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: a row of them can encode invisible bytes."""
_DRAWN_TWO_WAYS = "#*0123456789\u203c\u2049\u2139\u3030"
"""Characters of text that become emoji when a variation selector follows."""

_ASCII = bytes(range(128))
_DOT = "\N{MIDDLE DOT}"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SYMBOLS = {code: chr(0x2400 + code) for code in range(0x20)}
_TABLE: dict[int, str] = {
    **_SYMBOLS,
    **dict.fromkeys((*range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xE0000, 0xE0080)), _REPLACEMENT),
    **dict.fromkeys(map(ord, _BIDI), _REPLACEMENT),
    **dict.fromkeys((*map(ord, _INVISIBLE + _JOINER), *_FORMATS), _DOT),
    **dict.fromkeys(map(ord, _SEPARATORS), " "),
    0x09: " ",
    0x0A: "\n",
    0x7F: "\N{SYMBOL FOR DELETE}",
}


def safe(text: str) -> str:
    """Return text of the same length without characters that control a terminal or are invisible in it.

    Control characters become their visible symbols, bidirectional overrides and C1 controls U+FFFD, zero-width
    characters a middle dot, tabs a space; line feeds stay. Of combining marks on one letter those beyond
    `MOST_MARKS` become a dot each, and of variation selectors all but one behind a sign that has variants. Rich
    markup is not touched: give the result to widgets with `markup=False` or inside `Text`/`Content`.
    """
    return text if text.isascii() and text.isprintable() else _thinned(text.translate(_TABLE))


def legible(text: str) -> str:
    """Return text of the same length without invisible or control characters, for use outside the terminal.

    As `safe`, but tabs and line ends stay, and what only looks odd: joiners inside an emoji, marks of direction.
    """
    return text if text.isascii() and text.isprintable() else _thinned(_OBEYED.sub(lambda code: safe(code[0]), text))


def visible(json: bytes) -> bytes:
    """Return JSON of the same value, with control characters as JSON escapes."""
    return _OBEYED_BYTES.sub(lambda code: b"\\u%04x" % ord(code[0].decode()), json)


def safe_line(text: str) -> str:
    """Return text as `safe` does, on one line and without combining marks that have no base character."""
    line = safe(text).replace("\n", " ")
    return " " + line if line and unicodedata.combining(line[0]) else line


def _thinned(text: str) -> str:
    """Return text with a dot in place of each excess variation selector and combining mark."""
    # Both patterns take milliseconds over a long text: they are tried first on the few characters that are not ASCII.
    rare = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _SELECTOR.search(rare):
        text = _SELECTOR.sub(_selector, text)
    return _HANGING.sub(_few_marks, text) if _HANGING.search(rare) else text


def _selector(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    if not before:
        return _DOT
    is_ideograph = (
        "\u3400" <= before <= "\u9fff" or "\uf900" <= before <= "\ufaff" or "\U00020000" <= before <= "\U0003ffff"
    )
    has_variants = is_ideograph or (
        match[0] in "\ufe00\ufe0e\ufe0f" and (before in _DRAWN_TWO_WAYS or unicodedata.category(before)[0] == "S")
    )
    return match[0] if has_variants else _DOT


def _few_marks(match: re.Match[str]) -> str:
    shown: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if _hangs(character) else 0
        shown.append(character if marks <= MOST_MARKS else _DOT)
    return "".join(shown)


def _hangs(character: str) -> bool:
    """Tell if a character takes no cell of its own: combining marks, and vowels and finals of a Korean syllable."""
    is_jamo = "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb"
    return is_jamo or unicodedata.category(character) in ("Mn", "Me")
