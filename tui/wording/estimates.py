"""The engine's estimates of a claim, in words, while they apply."""

from __future__ import annotations

from annotate import uncertainty
from annotate.model import Claim

SURE = 0.6
"""Minimum confidence of a suggestion that is not marked as doubtful."""
_WORTH = ((0.5, "likely"), (0.2, "perhaps"))
"""Words by minimum estimate. By hand on the samples, 8, 5 and 2 in 10 of these claims are check-worthy."""


def is_doubtful(claim: Claim) -> bool:
    """Return True if a suggestion or its speaker is likely to be wrong."""
    chance = uncertainty.sure(claim)
    return uncertainty.is_guess(claim) or (chance is not None and round(chance, 2) < SURE)


def worth(claim: Claim) -> float | None:
    """Return the check-worthiness of a claim; None once a person has rejected it or changed its words."""
    return None if claim.status == "rejected" else uncertainty.checkworthy(claim)


def worth_in_words(claim: Claim) -> str:
    """Return `likely`, `perhaps` or `hardly` for check-worthiness; empty if unknown.

    In words, because a figure would read as a share of the words said.
    """
    worthy = worth(claim)
    return "" if worthy is None else next((words for least, words in _WORTH if worthy >= least), "hardly")
