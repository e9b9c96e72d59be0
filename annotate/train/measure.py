"""Evaluation of a network on labelled articles: content spans and their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Self

from annotate.tagger.inference import Forward, Layout, TaggerOutput, read
from annotate.tagger.outputs import CONTENT, SOURCE, Link
from annotate.tagger.words import Cutter
from annotate.train.corpus import Labelled
from annotate.train.examples import runs_of

_HIT = 0.5
"""Minimum overlap for a hit: shared words, as a share of the words that the two spans cover together."""

Stretch = tuple[int, int]


@dataclass
class Score:
    """Counts of content spans."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    """Pairs with the same words."""
    hits: int = 0
    """Pairs that share at least half of their words."""
    sourced: int = 0
    """Hits with a source in the gold labels."""
    linked: int = 0
    """Sourced hits with a found source that overlaps the right one."""

    def __iadd__(self, other: Score) -> Self:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self

    def values(self) -> dict[str, float]:
        """Return percentages: F of exact spans, of hits, of hits with the right source; share of right sources."""
        end_to_end, exact = self.rank()
        return {
            "exact": round(exact, 1),
            "hit": round(self._f(self.hits), 1),
            "source": round(100 * self.linked / max(self.sourced, 1), 1),
            "end_to_end": round(end_to_end, 1),
        }

    def rank(self) -> tuple[float, float]:
        """Return the ranking key of a model: F of contents found with the right source, then F of exact ones."""
        return self._f(self.hits - self.sourced + self.linked), self._f(self.exact)

    def _f(self, right: int) -> float:
        return 200 * right / max(self.gold + self.found, 1)


def measure(
    articles: Sequence[Labelled], cutter: Cutter, forward: Forward, layout: Layout, least: float = 0.0
) -> Score:
    """Run the network on articles and compare the result with their labels.

    Args:
        articles: Labelled articles.
        cutter: The tokeniser, as in training.
        forward: The network.
        layout: As in training.
        least: Minimum mean probability of a content's words to count as found.
    """
    total = Score()
    texts = ((article.text, article.paragraphs) for article in articles)
    for article, reading in zip(articles, read(texts, cutter, forward, layout), strict=True):
        total += _compared(article, reading, least)
    return total


def _compared(article: Labelled, reading: TaggerOutput, least: float) -> Score:
    gold: dict[Stretch, list[Stretch]] = {}
    for attribution in article.attributions:
        source = runs_of(reading.words, attribution.source)
        gold |= dict.fromkeys(runs_of(reading.words, attribution.content), source)
    found = [(run.first, run.end) for run in reading.runs(CONTENT) if run.mean >= least]
    sources = [(run.first, run.end) for run in reading.runs(SOURCE)]
    score = Score(len(gold), len(found), len(gold.keys() & set(found)))
    for mine, theirs in _pairs(found, list(gold)):
        score.hits += 1
        if gold[theirs]:
            score.sourced += 1
            best = int(reading.links(Link.CONTENT_SOURCE, mine[0], [first for first, _ in sources]).argmax())
            score.linked += best < len(sources) and any(_shared(sources[best], source) for source in gold[theirs])
    return score


def _pairs(found: Iterable[Stretch], gold: Sequence[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Return the hits as pairs. No span is in two, since the two spans of a hit share half of their words."""
    pairs: list[tuple[Stretch, Stretch]] = []
    taken: set[Stretch] = set()
    for mine in found:
        for theirs in gold:
            shared = _shared(mine, theirs)
            whole = max(mine[1], theirs[1]) - min(mine[0], theirs[0])
            if shared and shared / whole >= _HIT and theirs not in taken:
                taken.add(theirs)
                pairs.append((mine, theirs))
                break
    return pairs


def _shared(one: Stretch, other: Stretch) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
