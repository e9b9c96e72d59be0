"""Calibration of the engine's confidence in claims, speaker included, on PolNeAR's articles with labelled speakers.

    python bench/sure.py

A claim's `confidence` is of words and source. How often the speaker is right where these are depends on whether it is
a guess: others may be meant, or no words say who. Those shares come first, and `annotate.uncertainty` has them, of both
engines together. Then the product of the two is judged against claims of which words, source and speaker are right, as
learn_confidence.py does for words and source. polnear_speakers.py says which speaker is right, and that the resolver's
rules were revised on the errors of these articles. Claims without a cue are left out, PolNeAR has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from learn_confidence import judge
from polnear_speakers import HIT, Labelled, labelled, right, said_by, share, word_starts

from annotate.engine import ENGINES, analyse_many
from annotate.model import Claim, Record
from annotate.uncertainty import is_guess, sure


class Case(NamedTuple):
    """A claim of the engine."""

    claim: Claim
    is_said: bool
    """True if words and source are right."""
    is_right: bool
    """True if the speaker is right, too."""


def cases(gold: Labelled, record: Record) -> Iterator[Case]:
    """Yield the claims of an article that have a cue."""
    words = word_starts(record.text)
    for claim in record.claims:
        if claim.cue:
            shares = [share(words, claim.content, other.content) for other in gold.claims]
            best = max(range(len(shares)), key=shares.__getitem__)
            source = gold.claims[best].source
            is_said = shares[best] >= HIT and (not source or share(words, source, claim.source) > 0)
            speakers = gold.speakers[best]
            yield Case(claim, is_said, is_said and (not speakers or right(said_by(record, claim), speakers)))


def main() -> None:
    """Print the calibration for each engine."""
    articles = list(labelled())
    for engine in ENGINES:
        records = analyse_many([gold.article for gold in articles], engine=engine)
        found = [case for gold, record in zip(articles, records, strict=True) for case in cases(gold, record)]
        for name, wanted in (("named", False), ("guessed", True)):
            said = [case.is_right for case in found if case.is_said and is_guess(case.claim) == wanted]
            print(f"{engine}, {name}: of {len(said)} with words and source right {np.mean(said):.1%} have the speaker")
        chances = np.array([sure(case.claim) for case in found], dtype=float)
        judge(f"{engine}, words, source and speaker", chances, np.array([case.is_right for case in found]))


if __name__ == "__main__":
    main()
