"""Training windows from labelled articles: a tag for each word, and the links between words."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotate.spans import Span
from annotate.tagger.inference import Layout
from annotate.tagger.outputs import BEGIN, CONTENT, CUE, HEADS, INSIDE, SOURCE, Link
from annotate.tagger.windows import end_of_pieces, inputs, places, sentence_ends, windows
from annotate.tagger.words import Cutter, Ints, Words
from annotate.train.corpus import Attribution, Labelled
from annotate.train.variety import varied

NO_TAG = -100
"""Tag of pieces that begin no word, and of words that are context."""


@dataclass(frozen=True)
class Example:
    """One window with its labels."""

    words: Words
    start: int
    end: int
    tags: npt.NDArray[np.int64]
    """[words of the window, heads]; `NO_TAG` for words that are context."""
    links: tuple[tuple[Link, int, int], ...]
    """Kind, linking word, target word (both counted from the window's start; -1 for no target)."""

    @property
    def length(self) -> int:
        """Number of pieces."""
        return end_of_pieces(self.words, self.end) - int(self.words.firsts[self.start])


@dataclass(frozen=True)
class Batch:
    """Several windows, padded to one length."""

    pieces: Ints
    """[windows, length]"""
    shapes: Ints
    """[windows, length]"""
    words: npt.NDArray[np.bool_]
    """[windows, length] True where a word begins."""
    tags: Ints
    """[windows, length, heads]; `NO_TAG` where there is nothing to learn."""
    links: Ints
    """[links, 4]: kind, window, index of the linking word, index of the target (-1 for none)."""


def examples(articles: Iterable[Labelled], cutter: Cutter, layout: Layout, chance: random.Random) -> Iterator[Example]:
    """Yield the windows of all articles, each article with randomly varied quotation marks and context length.

    The context is up to twice as long as at run time: models trained so do better than with a fixed length.

    Args:
        articles: Articles to learn from.
        cutter: The tokeniser, as at run time.
        layout: Window layout at run time.
        chance: Source of all randomness.
    """
    for article in articles:
        text = varied(article.text, chance)
        words = cutter.cut(text, article.paragraphs)
        tags, links = labels(words, article.attributions)
        ends = sentence_ends(text, words)
        for start, first, last, end in windows(words, layout.size, chance.randint(0, 2 * layout.context), ends):
            own = np.full((end - start, len(HEADS)), NO_TAG, dtype=np.int64)
            own[first - start : last - start] = tags[first:last]
            yield Example(words, start, end, own, _inside(links, start, first, last, end))


def labels(words: Words, attributions: Sequence[Attribution]) -> tuple[Ints, list[tuple[Link, int, int]]]:
    """Return the tags [words, heads] of a text, and its links: kind, linking word, target word or -1."""
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
    """Return the maximal runs of words in some spans, split at paragraphs, as (first, end)."""
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


def _inside(
    links: Iterable[tuple[Link, int, int]], start: int, first: int, last: int, end: int
) -> tuple[tuple[Link, int, int], ...]:
    return tuple(
        (kind, asking - start, to - start if start <= to < end else -1)
        for kind, asking, to in links
        if first <= asking < last
    )


def batches(some: Sequence[Example], budget: int, chance: random.Random) -> list[list[Example]]:
    """Return batches of windows of similar length in random order, each of at most `budget` pieces with padding."""
    out: list[list[Example]] = [[]]
    for example in sorted(some, key=lambda example: example.length):
        if out[-1] and (example.length + 2) * (len(out[-1]) + 1) > budget:
            out.append([])
        out[-1].append(example)
    chance.shuffle(out)
    return out


def padded(batch: Sequence[Example], cutter: Cutter) -> Batch:
    """Return a batch as padded arrays."""
    read = [inputs(cutter, example.words, example.start, example.end) for example in batch]
    pieces, shapes = (_stacked(rows) for rows in zip(*read, strict=True))
    tags = np.full((*pieces.shape, len(HEADS)), NO_TAG, dtype=np.int64)
    words = np.zeros(pieces.shape, dtype=bool)
    links: list[tuple[int, int, int, int]] = []
    for row, example in enumerate(batch):
        at = places(example.words, example.start, example.end)
        tags[row, at], words[row, at] = example.tags, True
        links += [(kind, row, int(at[word]), int(at[to]) if to >= 0 else -1) for kind, word, to in example.links]
    return Batch(pieces, shapes, words, tags, np.array(links, dtype=np.int64).reshape(-1, 4))


def _stacked(rows: Sequence[Ints]) -> Ints:
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return out
