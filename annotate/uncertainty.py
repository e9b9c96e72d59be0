"""The engine's confidence in a claim that a person may have edited, and its overall uncertainty.

Uncertainty is for choosing the next claim to review: Lewis and Gale, "A sequential algorithm for training text
classifiers" (SIGIR 1994): a model learns most from the examples it is least sure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.codec import texts_in
from annotate.model import Claim

LEAST = 0.2
"""Least confidence of a suggestion. Of the claims below it 8 of 14 are right on PolNeAR, on FactAppeal 2 of 21."""
RIVALS = "speaker_or"
"""Key in a claim's `extra`: the names of other possible speakers, the likeliest first."""
_SURE_OF = ("content", "source")
"""The parts of a claim that its confidence covers."""
_WORTH_OF = ("content",)
"""The parts that its check-worthiness covers."""
_GUESSED = 0.63
_NAMED = 0.97
"""Shares of right speakers, for guesses and for named speakers, among claims with right words and source
(`bench/sure.py`)."""
_MOST = 0.5


def confidence(claim: Claim) -> float | None:
    """Return the engine's confidence in words and source; None if a person changed these."""
    return None if _changed(claim.edited, _SURE_OF) else claim.confidence


def checkworthy(claim: Claim) -> float | None:
    """Return the check-worthiness of the words; None if a person changed them."""
    return None if _changed(claim.edited, _WORTH_OF) else claim.checkworthy


def rivals(claim: Claim) -> tuple[str, ...]:
    """Return the other possible speakers of a claim; none if a person decided it or chose its speaker."""
    return texts_in(claim.extra.get(RIVALS)) if speaker_confidence(claim) is not None else ()


def is_guess(claim: Claim) -> bool:
    """Tell if the speaker is a guess: one of several candidates, or not named in the words."""
    return speaker_confidence(claim) == _GUESSED


def speaker_confidence(claim: Claim) -> float | None:
    """Return the probability that the speaker is right if words and source are; None if a person decided it."""
    if claim.status != "suggested" or claim.confidence is None:
        return None
    return _speaker(claim.speaker, claim.edited, claim.source, claim.extra.get(RIVALS))


def sure(claim: Claim) -> float | None:
    """Return the probability that words, source and speaker are right, 0 to 1.

    None if a person decided the claim, or changed words or source.
    """
    chance, of_speaker = confidence(claim) if claim.status == "suggested" else None, speaker_confidence(claim)
    if chance is None or of_speaker is None or _is_lone(claim.source, claim.cue):
        return chance
    return chance * of_speaker


def uncertainty(claim: Claim) -> float:
    """Return the uncertainty of a claim, min(p, 1 - p), 0 to 0.5; 0 if a person decided it."""
    names = ("confidence", "edited", "speaker", "source", "cue", "status", "deleted")
    return uncertainty_of({name: getattr(claim, name) for name in names} | {RIVALS: claim.extra.get(RIVALS)})


def uncertainty_of(claim: Mapping[str, Any]) -> float:
    """Return the uncertainty of a claim in its JSON form.

    Without a probability it is 0.5; words or source changed by a person have none.
    """
    edited, chance = claim.get("edited"), claim.get("confidence")
    if claim.get("deleted") or claim.get("status") in ("accepted", "rejected") or _changed(edited, _SURE_OF):
        return 0.0
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance <= 1:
        return _MOST
    of_speaker = _speaker(claim.get("speaker"), edited, claim.get("source"), claim.get(RIVALS))
    is_lone = _is_lone(claim.get("source"), claim.get("cue"))
    both = chance if of_speaker is None or is_lone else chance * of_speaker
    return min(both, 1 - both)


def _is_lone(source: object, cue: object) -> bool:
    """Return whether nothing attributes a claim: its confidence then covers its speaker."""
    return not source and not cue


def _speaker(speaker: object, edited: object, source: object, others: object) -> float | None:
    """Return the probability that a speaker is right if words and source are; None if absent or a person's choice."""
    if speaker is None or _changed(edited, ("speaker",)):
        return None
    return _GUESSED if texts_in(others) or not source else _NAMED


def _changed(edited: object, parts: tuple[str, ...]) -> bool:
    return bool(edited) and isinstance(edited, list | tuple) and any(part in edited for part in parts)
