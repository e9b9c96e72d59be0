"""Read texts with the network: scores of every word, and of what belongs to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotate.tagger.decode import Run, runs
from annotate.tagger.layout import HEADS, KEYS, NULLS, QUERIES, ROW, TAGS, WIDTH, Link
from annotate.tagger.windows import Window, by_length, places, sentence_ends, stacked, windows
from annotate.tagger.words import Cutter, Ints, Words

Floats = npt.NDArray[np.float32]
Forward = Callable[[Ints, Ints], tuple[Floats, Floats]]
"""The network: pieces, shapes [windows, length] →
tags [windows, length, heads × tags] and links [windows, length, ROW]."""


@dataclass(frozen=True)
class Layout:
    """How texts are cut for the network."""

    size: int = 256
    """Pieces in a window at most."""
    context: int = 24
    """Pieces around the words of a window that count; with fewer, contents at its ends are missed."""
    budget: int = 512
    """Pieces read at once, with padding; with more their numbers no longer fit into a processor's cache."""

    def __post_init__(self) -> None:
        if self.context < 0 or self.size < 2 * self.context + 32:
            raise ValueError(f"windows of {self.size} pieces are too small for a context of {self.context}")


@dataclass(frozen=True)
class Reading:
    """What the network says of one text."""

    words: Words
    tags: Floats
    """[words, heads, tags] log-probabilities."""
    windows: tuple[Window, ...]
    rows: tuple[npt.NDArray[np.float16], ...]
    """Of each window, [words of the window, ROW]: link vectors; they compare within one window only."""

    def runs(self, head: int) -> list[Run]:
        """Return the spans of one head (`SOURCE`, `CUE` or `CONTENT`)."""
        return runs(self.tags[:, head], self.words.breaks)

    def links(self, kind: Link, word: int, candidates: Sequence[int]) -> Floats:
        """Return how likely a word belongs to each candidate, then how likely to none: log-probabilities.

        Args:
            kind: What asks for what.
            word: First word of the span that asks.
            candidates: First words of the spans it may belong to; those too far away to be read at once get -inf.

        Returns:
            [candidates + 1]
        """
        number = int(np.searchsorted([window.last for window in self.windows], word, side="right"))
        window, rows = self.windows[number], self.rows[number]
        asking = rows[word - window.start].astype(np.float32)
        at = np.array(candidates, dtype=np.int64) - window.start
        near = (at >= 0) & (at < len(rows))
        scores = np.full(len(at) + 1, -np.inf, dtype=np.float32)
        scores[-1] = asking[NULLS + kind]
        keys = rows[at[near]].astype(np.float32)
        scores[:-1][near] = _part(keys, KEYS[kind]) @ _part(asking, QUERIES[kind]) / WIDTH**0.5
        scores -= scores.max()
        normalised: Floats = scores - np.log(np.exp(scores).sum())
        return normalised


def _part(rows: Floats, number: int) -> Floats:
    return rows[..., number * WIDTH : (number + 1) * WIDTH]


def read(
    texts: Iterable[tuple[str, Iterable[int]]],
    cutter: Cutter,
    forward: Forward,
    layout: Layout,
    workers: Executor | None = None,
) -> Iterator[Reading]:
    """Yield a reading of each text, in order; texts given together share the network's batches.

    Args:
        texts: Texts, each with the offsets at which its paragraphs begin.
        cutter: Cuts as it did in training.
        forward: The network.
        layout: As in training.
        workers: Where the network's batches are run; here, one after the other, where there are none.
    """
    jobs: list[tuple[Words, Window]] = []
    readings: list[tuple[Words, int]] = []
    for text, paragraphs in texts:
        words = cutter.cut(text, paragraphs)
        some = list(windows(words, layout.size, layout.context, sentence_ends(text, words)))
        jobs += [(words, window) for window in some]
        readings.append((words, len(some)))
    results = _results(jobs, cutter, forward, layout, workers)
    at = 0
    for words, count in readings:
        some_results = results[at : at + count]
        tags = [tags for tags, _ in some_results] or [np.zeros((0, len(HEADS), len(TAGS)), dtype=np.float32)]
        read_windows = tuple(window for _, window in jobs[at : at + count])
        yield Reading(words, np.concatenate(tags), read_windows, tuple(rows for _, rows in some_results))
        at += count


def _results(
    jobs: Sequence[tuple[Words, Window]],
    cutter: Cutter,
    forward: Forward,
    layout: Layout,
    workers: Executor | None,
) -> list[tuple[Floats, npt.NDArray[np.float16]]]:
    """Return of each window the tags of the words that count, and the link rows of all its words."""
    empty = np.zeros((0, len(HEADS), len(TAGS)), dtype=np.float32), np.zeros((0, ROW), dtype=np.float16)
    out: list[tuple[Floats, npt.NDArray[np.float16]]] = [empty] * len(jobs)
    lengths = [int(words.firsts[window.end] - words.firsts[window.start]) for words, window in jobs]
    batches = list(by_length(lengths, layout.budget))

    def run(batch: Sequence[int]) -> tuple[Floats, Floats]:
        return forward(*stacked(cutter, [(jobs[i][0], jobs[i][1].start, jobs[i][1].end) for i in batch]))

    for batch, (tags, rows) in zip(batches, (workers.map if workers else map)(run, batches), strict=True):
        for row, i in enumerate(batch):
            words, window = jobs[i]
            at = places(words, window.start, window.end)
            counting = at[window.first - window.start : window.last - window.start]
            out[i] = tags[row, counting].reshape(-1, len(HEADS), len(TAGS)), rows[row, at].astype(np.float16)
    return out
