"""What the engine's figures still say of a claim that a person may have changed, and how unsure it is, all in all.

The second is for choosing what to review next: Lewis and Gale, "A sequential algorithm for training text classifiers"
(SIGIR 1994): what a model is least sure of teaches it most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.codec import texts_in
from annotate.model import Claim

RIVALS = "speaker_or"
"""Key in a claim's `extra`: the names of others who may be its speaker, the likeliest first."""
_SURE_OF = ("content", "source")
"""The parts of a claim that its confidence is about."""
_WORTH_OF = ("content",)
"""Those that its check-worthiness is about."""
_GUESSED = 0.63
_NAMED = 0.97
"""How often the speaker is right where words and source are, a guess or not (`bench/sure.py`)."""
_MOST = 0.5


def confidence(claim: Claim) -> float | None:
    """Return how sure the engine is of words and source; nothing where a person changed these."""
    return None if _changed(claim.edited, _SURE_OF) else claim.confidence


def checkworthy(claim: Claim) -> float | None:
    """Return how much the words are worth checking; nothing where a person changed them."""
    return None if _changed(claim.edited, _WORTH_OF) else claim.checkworthy


def rivals(claim: Claim) -> tuple[str, ...]:
    """Return who else may have said a claim; nobody where a person decided it or chose its speaker."""
    return texts_in(claim.extra.get(RIVALS)) if speaker_confidence(claim) is not None else ()


def is_guess(claim: Claim) -> bool:
    """Return whether the engine took one of several for the speaker, or no words say who it is."""
    return speaker_confidence(claim) == _GUESSED


def speaker_confidence(claim: Claim) -> float | None:
    """Return how likely the speaker is right, if words and source are; nothing where that is not the engine's word."""
    if claim.status != "suggested" or claim.confidence is None:
        return None
    return _speaker(claim.speaker, claim.edited, claim.source, claim.extra.get(RIVALS))


def sure(claim: Claim) -> float | None:
    """Return how likely words, source and speaker are right, 0 to 1.

    Nothing where a person decided the claim, or changed words or source.
    """
    chance, of_speaker = confidence(claim) if claim.status == "suggested" else None, speaker_confidence(claim)
    return chance if chance is None or of_speaker is None else chance * of_speaker


def uncertainty(claim: Claim) -> float:
    """Return the chance that the likelier of right and wrong is not so, 0 to 0.5; 0 where a person decided."""
    names = ("confidence", "edited", "speaker", "source", "status", "deleted")
    return uncertainty_of({name: getattr(claim, name) for name in names} | {RIVALS: claim.extra.get(RIVALS)})


def uncertainty_of(claim: Mapping[str, Any]) -> float:
    """Return the same of a claim as JSON has it.

    What has no probability counts as half; of what a person changed the engine has no doubt left.
    """
    edited, chance = claim.get("edited"), claim.get("confidence")
    if claim.get("deleted") or claim.get("status") in ("accepted", "rejected") or _changed(edited, _SURE_OF):
        return 0.0
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance <= 1:
        return _MOST
    of_speaker = _speaker(claim.get("speaker"), edited, claim.get("source"), claim.get(RIVALS))
    both = chance if of_speaker is None else chance * of_speaker
    return min(both, 1 - both)


def _speaker(speaker: object, edited: object, source: object, others: object) -> float | None:
    """Return how likely a speaker is right, if words and source are; None where there is none or a person chose it."""
    if speaker is None or _changed(edited, ("speaker",)):
        return None
    return _GUESSED if texts_in(others) or not source else _NAMED


def _changed(edited: object, parts: tuple[str, ...]) -> bool:
    return isinstance(edited, list | tuple) and any(part in edited for part in parts)
