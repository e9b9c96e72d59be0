"""What a claim's words must not be passed on without."""

from __future__ import annotations

from annotate.model import Claim, Record


def caveat(record: Record, claim: Claim) -> str:
    """Return that a claim was denied or is not certain, with the word that says so; empty where it is neither."""
    ways = (("denied or not said", claim.negated), ("alleged or not certain", claim.hedged))
    said = " and ".join(words for words, is_so in ways if is_so)
    cue = " ".join(record.words(claim.cue).split())
    return f"{said} (“{cue}”)" if said and cue else said
