"""Windows of labelled articles as the network learns them: a tag for each word, and which words belong together."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotate.codec import Span
from annotate.tagger.layout import BEGIN, CONTENT, CUE, HEADS, INSIDE, SOURCE, Link
from annotate.tagger.windows import by_length, cut, places, sentence_ends, stacked
from annotate.tagger.words import Cutter, Ints, Words
from annotate.train.corpus import Attribution, Labelled
from annotate.train.variety import varied

NO_TAG = -100
"""Of pieces that begin no word."""
_CUT_ANYWHERE = 0.3
"""Share of windows that end within a paragraph: those of long articles begin and end so when read."""


@dataclass(frozen=True)
class Example:
    """One window."""

    words: Words
    start: int
    end: int
    tags: npt.NDArray[np.int64]
    """[words of the window, heads]"""
    links: tuple[tuple[Link, int, int], ...]
    """Kind, word that asks, word it belongs to (both counted from the window's start; -1 for none)."""

    @property
    def length(self) -> int:
        """Number of pieces."""
        return int(self.words.firsts[self.end] - self.words.firsts[self.start])


@dataclass(frozen=True)
class Batch:
    """Some windows, padded to one length."""

    pieces: Ints
    """[windows, length]"""
    shapes: Ints
    """[windows, length]"""
    tags: Ints
    """[windows, length, heads], `NO_TAG` where no word begins."""
    links: Ints
    """[links, 4]: kind, window, place that asks, place it belongs to (-1 for none)."""


def examples(articles: Iterable[Labelled], cutter: Cutter, size: int, chance: random.Random) -> Iterator[Example]:
    """Yield the windows of all articles, their marks varied and their edges at other places each time.

    Args:
        articles: What to learn.
        cutter: Cuts texts as it will when the model is used.
        size: Pieces in a window.
        chance: Where all variety comes from.
    """
    for article in articles:
        text = varied(article.text, chance)
        words = cutter.cut(text, article.paragraphs)
        tags, links = labels(words, article.attributions)
        ends = sentence_ends(text, words)
        at = 0
        room = chance.randint(size // 4, size)
        while at < len(words):
            anywhere = chance.random() < _CUT_ANYWHERE
            to = cut(words, at, room - 2, ends) if not anywhere else cut_anywhere(words, at, room - 2)
            yield Example(words, at, to, tags[at:to], _inside(links, at, to))
            at, room = to, size


def cut_anywhere(words: Words, first: int, room: int) -> int:
    """Return the end, exclusive, of the words from `first` that fit into `room` pieces; one at least."""
    fits = int(np.searchsorted(words.firsts, words.firsts[first] + room, side="right")) - 1
    return max(first + 1, fits)


def labels(words: Words, attributions: Sequence[Attribution]) -> tuple[Ints, list[tuple[Link, int, int]]]:
    """Return the tags [words, heads] of a text, and its links between words: kind, asking word, word or -1."""
    tags = np.zeros((len(words), len(HEADS)), dtype=np.int64)
    links: list[tuple[Link, int, int]] = []
    for attribution in attributions:
        runs = {
            CONTENT: runs_of(words, attribution.content),
            CUE: runs_of(words, attribution.cue),
            SOURCE: runs_of(words, attribution.source),
        }
        for head, some in runs.items():
            for first, end in some:
                tags[first:end, head] = INSIDE
                tags[first, head] = BEGIN
        heads = {head: [first for first, _ in some] for head, some in runs.items()}
        for first in heads[CONTENT]:
            links.append((Link.CONTENT_SOURCE, first, _nearest(heads[SOURCE], first)))
            links.append((Link.CONTENT_CUE, first, _nearest(heads[CUE], first)))
        links += [(Link.CUE_SOURCE, first, _nearest(heads[SOURCE], first)) for first in heads[CUE]]
    return tags, links


def runs_of(words: Words, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the maximal runs of words in some spans, parted where paragraphs are, as (first, end)."""
    inside: set[int] = set()
    for span in spans:
        inside.update(range(*words.between(span.start, span.end)))
    runs: list[tuple[int, int]] = []
    for word in sorted(inside):
        if runs and runs[-1][1] == word and not words.breaks[word]:
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    return runs


def _nearest(heads: Sequence[int], word: int) -> int:
    return min(heads, key=lambda head: abs(head - word), default=-1)


def _inside(links: Iterable[tuple[Link, int, int]], start: int, end: int) -> tuple[tuple[Link, int, int], ...]:
    return tuple(
        (kind, asking - start, to - start if start <= to < end else -1)
        for kind, asking, to in links
        if start <= asking < end
    )


def batches(some: Sequence[Example], budget: int, chance: random.Random) -> list[list[Example]]:
    """Return batches of windows of similar length in a random order, each of at most `budget` pieces."""
    out = [[some[i] for i in batch] for batch in by_length([example.length for example in some], budget)]
    chance.shuffle(out)
    return out


def padded(batch: Sequence[Example], cutter: Cutter) -> Batch:
    """Return a batch as arrays."""
    pieces, shapes = stacked(cutter, [(example.words, example.start, example.end) for example in batch])
    tags = np.full((*pieces.shape, len(HEADS)), NO_TAG, dtype=np.int64)
    links: list[tuple[int, int, int, int]] = []
    for row, example in enumerate(batch):
        at = places(example.words, example.start, example.end)
        tags[row, at] = example.tags
        links += [(kind, row, int(at[word]), int(at[to]) if to >= 0 else -1) for kind, word, to in example.links]
    return Batch(pieces, shapes, tags, np.array(links, dtype=np.int64).reshape(-1, 4))
