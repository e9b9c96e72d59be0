"""How unsure the engine is of what it suggests, for choosing what to review next: uncertainty sampling.

Lewis and Gale, "A sequential algorithm for training text classifiers" (SIGIR 1994): what a model is least sure of
teaches it most.
"""

from __future__ import annotations

_MOST = 0.5


def doubt(confidence: object) -> float:
    """Return the chance that the likelier of right and wrong is not so, 0 to 0.5.

    Args:
        confidence: A claim's; what is no probability counts as half.
    """
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return _MOST
    return min(confidence, 1 - confidence)
