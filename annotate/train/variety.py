"""Augmentation of a text's quotation marks, one code point for one, so that its labels stay valid.

PolNeAR has almost only double marks; other texts also quote in ‘single’, «pointed» and 'straight' ones.
"""

from __future__ import annotations

import random
import re

_DOUBLE = re.compile(r"[“”\"]")
_OPENS_AFTER = re.compile(r"[\s(\[{—–\-‘“«/]")
_PAIRS = ("‘’", "''", "«»")
_SHARE = 0.15
"""Share of articles for each of `_PAIRS`."""
_SWAPPED = 0.3
"""Share of the other articles in which straight and curly marks are swapped."""


def varied(text: str, chance: random.Random) -> str:
    """Return a text, at random with other quotation marks; its length stays the same."""
    draw = chance.random()
    kind = int(draw / _SHARE)
    if kind < len(_PAIRS):
        return remarked(text, _PAIRS[kind])
    if chance.random() < _SWAPPED:
        return remarked(text, '""' if "“" in text else "“”")
    return text


def remarked(text: str, pair: str) -> str:
    """Return a text with all double quotation marks replaced by a pair of opening and closing marks."""
    return _DOUBLE.sub(lambda found: pair[not _opens(text, found.start())], text)


def _opens(text: str, at: int) -> bool:
    if text[at] != '"':
        return text[at] == "“"
    return at == 0 or _OPENS_AFTER.match(text[at - 1]) is not None
