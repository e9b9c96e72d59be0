"""Numbers in words and figures."""

from __future__ import annotations

from collections.abc import Sequence

MANY = "X"
"""An unknown number, as in "several"."""
_HALF = ("half", "1/2", "½")
_AND_A_HALF = ("and", "1", "half")
_SKIPPED = ("and", "-", "–", "of")
_LARGEST = 1_000_000_000


def number(words: Sequence[str]) -> float | str | None:
    """Return the number that words (values of the lexicon) stand for, `MANY`, or None where they are none.

    Of a range ("12 to 18") the answer is `MANY`.
    """
    if any(word in (MANY, "to", "or") for word in words):
        return MANY
    if tuple(words[-3:]) == _AND_A_HALF:
        words = [*words[:-3], "half"]
    halves = 0.5 * sum(word in _HALF for word in words)
    figures = [_figure(word) for word in words if word not in _HALF and word not in _SKIPPED]
    if any(figure is None for figure in figures):
        return None
    total = _summed([figure for figure in figures if figure is not None])
    if words and words[0] in _HALF:
        return halves
    return total + halves if total + halves < _LARGEST else None


def _figure(word: str) -> float | None:
    try:
        return float(word.replace(",", "").rstrip("stndrh"))
    except ValueError:
        return None


def _summed(figures: Sequence[float]) -> float:
    """Add up "twenty six", multiply "two hundred", join "nineteen ninety-seven"."""
    total = 0.0
    for figure in figures:
        if figure in (100, 1000) and total:
            total *= figure
        elif 10 <= total < 100 and 10 <= figure < 100 and not total % 10 == 0:
            total = total * 100 + figure
        else:
            total += figure
    return total
