"""What the engine thinks of a claim, as far as that still says something of it. No Textual in it."""

from __future__ import annotations

from annotate.model import Claim

SURE = 0.6
"""How sure the engine is of a suggestion that needs no mark."""


def confidence(claim: Claim) -> float | None:
    """Return how sure the engine is of words and source; nothing where a person decided the claim or changed these."""
    changed = {"content", "source"}.intersection(claim.edited)
    return None if changed or claim.status != "suggested" else claim.confidence


def is_doubtful(claim: Claim) -> bool:
    """Return whether a suggestion may well be wrong."""
    sure = confidence(claim)
    return sure is not None and round(sure, 2) < SURE


def worth(claim: Claim) -> float | None:
    """Return how much the words are worth checking; nothing where a person rejected or changed them."""
    return None if claim.status == "rejected" or "content" in claim.edited else claim.checkworthy
