"""What the engine thinks of a claim, as far as that still says something of it. No Textual in it."""

from __future__ import annotations

from annotate import uncertainty
from annotate.model import Claim

SURE = 0.6
"""How sure the engine is of a suggestion that needs no mark."""
_WORTH = ((0.5, "likely"), (0.2, "perhaps"))
"""What is said of a figure from a number on; by hand: of the samples' claims 8, 5 and 2 in ten are."""


def is_doubtful(claim: Claim) -> bool:
    """Return whether a suggestion may well be wrong, or its speaker."""
    chance = uncertainty.sure(claim)
    return uncertainty.is_guess(claim) or (chance is not None and round(chance, 2) < SURE)


def worth(claim: Claim) -> float | None:
    """Return how much the words are worth checking; nothing where a person rejected or changed them."""
    return None if claim.status == "rejected" else uncertainty.checkworthy(claim)


def worth_in_words(claim: Claim) -> str:
    """Return `likely`, `perhaps` or `hardly` of whether a claim is worth a fact-check; empty where nobody knows.

    In words, since a figure reads as a share of what was said.
    """
    worthy = worth(claim)
    return "" if worthy is None else next((words for least, words in _WORTH if worthy >= least), "hardly")
