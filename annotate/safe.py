"""Make foreign text harmless for a terminal, one code point for one, so that offsets hold."""

from __future__ import annotations

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORMATS = (
    *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),
    *range(0x13430, 0x13440),
)  # fmt: skip
"""Rare ones that show nothing: of deprecated codes, annotations, shorthand, musical notation, hieroglyphs."""
_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
_JOINER = "\u200d"
"""Kept inside emoji sequences by terminals that join them, a source of wrong widths in all others: shown as a dot."""
_SEPARATORS = "\u0085\u2028\u2029"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
"""C0 and C1 but tabs and line ends; a carriage return on its own takes a terminal back over what it has shown."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SYMBOLS = {code: chr(0x2400 + code) for code in range(0x20)}
_TABLE: dict[int, str] = {
    **_SYMBOLS,
    **dict.fromkeys((*range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xE0000, 0xE0080)), _REPLACEMENT),
    **dict.fromkeys(map(ord, _BIDI), _REPLACEMENT),
    **dict.fromkeys((*map(ord, _INVISIBLE + _JOINER), *_FORMATS), "\N{MIDDLE DOT}"),
    **dict.fromkeys(map(ord, _SEPARATORS), " "),
    0x09: " ",
    0x0A: "\n",
    0x7F: "\N{SYMBOL FOR DELETE}",
}


def safe(text: str) -> str:
    """Return text of the same length without anything a terminal obeys or hides.

    Control characters become their visible symbols, bidirectional overrides and C1 controls U+FFFD, zero-width
    characters a middle dot, tabs a space; line feeds stay. Rich markup is not touched: give the result to
    widgets with `markup=False` or inside `Text`/`Content`.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def legible(text: str) -> str:
    """Return text of the same length whose control codes are seen and not obeyed, for a file that somebody may `cat`.

    Tabs and line ends stay; so does what a terminal does not obey, as joiners inside an emoji.
    """
    return text if text.isprintable() else _CONTROL.sub(lambda code: safe(code[0]), text)


def safe_line(text: str) -> str:
    """Return text as `safe` does, on one line and without combining marks that hang on nothing."""
    line = safe(text).replace("\n", " ")
    return " " + line if line and unicodedata.combining(line[0]) else line
