"""How unsure the engine is of what it suggests, for choosing what to review next: uncertainty sampling.

Lewis and Gale, "A sequential algorithm for training text classifiers" (SIGIR 1994): what a model is least sure of
teaches it most.
"""

from __future__ import annotations

from annotate.model import Claim

RIVALS = "speaker_or"
"""Key in a claim's `extra`: the names of others who may be its speaker, the likeliest first."""
_GUESSED = 0.7
_NAMED = 0.97
"""How often the speaker is right where words and source are, a guess or not (`bench/sure.py`)."""
_MOST = 0.5


def rivals(claim: Claim) -> tuple[str, ...]:
    """Return who else may have said a claim; nobody where a person chose its speaker."""
    names = () if "speaker" in claim.edited else claim.extra.get(RIVALS, ())
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else ()


def is_guess(claim: Claim) -> bool:
    """Return whether the engine took one of several for the speaker, or no words say who it is."""
    is_engines = claim.speaker is not None and claim.confidence is not None and "speaker" not in claim.edited
    return is_engines and (bool(rivals(claim)) or not claim.source)


def sure(claim: Claim) -> float | None:
    """Return how likely the words, the source and the speaker of a suggestion are right, 0 to 1.

    None where the engine said nothing of it, or a person changed words or source since.
    """
    if claim.confidence is None or not {"content", "source"}.isdisjoint(claim.edited):
        return None
    if claim.speaker is None or "speaker" in claim.edited:
        return claim.confidence
    return claim.confidence * (_GUESSED if is_guess(claim) else _NAMED)


def doubt(confidence: object) -> float:
    """Return the chance that the likelier of right and wrong is not so, 0 to 0.5.

    Args:
        confidence: A claim's; what is no probability counts as half.
    """
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return _MOST
    return min(confidence, 1 - confidence)
