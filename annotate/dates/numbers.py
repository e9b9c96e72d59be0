"""Numbers in words and digits."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

MANY = inf
"""The number for "several"."""
_MANY = frozenset({"X", "to", "or"})
_HALF = frozenset({"half", "1/2", "½"})
_DASHES = frozenset({"-", "–", "—", "‑"})
_SKIPPED = frozenset({"and", "of"})
_AND_A_HALF = ("and", "1", "half")
_QUARTER = ("Q",)
"""The lexicon's value for "quarter"."""
_LARGEST = 1_000_000_000


def number(words: Sequence[str]) -> float | None:
    """Return the number that some words (values of the lexicon) stand for; None if they are no number.

    "Several" and ranges ("12 to 18") return `MANY`.
    """
    if not _MANY.isdisjoint(words) or _is_range(words):
        return MANY
    if tuple(words) == _QUARTER:
        return 0.25
    words = [word for word in words if word not in _DASHES]
    if tuple(words[-3:]) == _AND_A_HALF:
        words = [*words[:-3], "half"]
    halves = 0.5 * sum(word in _HALF for word in words)
    figures = [figure(word) for word in words if word not in _HALF and word not in _SKIPPED]
    known = [each for each in figures if each is not None]
    if len(known) < len(figures):
        return None
    if len(known) > 1 and known[0] == 1:  # "a dozen"
        known = known[1:]
    if words and words[0] in _HALF:
        return halves
    total = _joined(known) + halves
    return total if total < _LARGEST else None


def _is_range(words: Sequence[str]) -> bool:
    """Return whether a dash joins two separate numbers: "12-18", unlike the 20-6 of "twenty-six"."""
    return any(
        word in _DASHES and not (ten.endswith("0") and len(one) == 1)
        for ten, word, one in zip(words, words[1:], words[2:], strict=False)
        if ten.isdecimal() and one.isdecimal()
    )


def figure(word: str) -> float | None:
    """Return the number written in digits as one word: "2,000", "19th", "2.5"."""
    try:
        return float(word.replace(",", "").rstrip("stndrh"))
    except ValueError:
        return None


def _joined(figures: Sequence[float]) -> float:
    """Add "twenty six", multiply "two hundred", concatenate "nineteen ninety-seven"."""
    total = 0.0
    for each in figures:
        if each in (100, 1000) and total:
            total *= each
        elif 10 <= each < 100 and 10 <= total < 100 and total % 10:
            total = total * 100 + each
        else:
            total += each
    return total
