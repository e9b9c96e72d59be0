"""Inference: the scores of every word's tags and of the links between words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotate.exact import exp, log
from annotate.tagger.decode import Run, runs
from annotate.tagger.outputs import HEADS, KEYS, NULLS, QUERIES, TAGS, WIDTH, Link
from annotate.tagger.windows import Window, inputs, places, sentence_ends, windows
from annotate.tagger.words import Cutter, Ints, Words

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int16]
Forward = Callable[[Ints, Ints], tuple[Floats, Floats]]
"""The network as a function: pieces and shapes [length] of one window → tags [length, heads × tags] and link rows
[length, ROW]."""

_STEP = 1 / 256
"""Unit of link vectors, which are stored as whole multiples of it: their products are exact in any order."""
_MOST = 2**15 - 1


@dataclass(frozen=True)
class Layout:
    """Division of texts into windows."""

    size: int = 256
    """Maximum number of pieces in a window."""
    context: int = 8
    """Maximum number of pieces of the neighbouring paragraphs, on each side."""

    def __post_init__(self) -> None:
        if self.context < 0 or self.size < 2 * self.context + 32:
            raise ValueError(f"windows of {self.size} pieces are too small for a context of {self.context}")


@dataclass(frozen=True)
class TaggerOutput:
    """Output of the network for one text."""

    words: Words
    tags: Floats
    """[words, heads, tags] Scores; per word and head, log-probabilities up to a constant."""
    windows: tuple[Window, ...]
    rows: tuple[Steps, ...]
    """Per window [words of the window, ROW]: link vectors in units of `_STEP`, comparable within that window only."""

    def runs(self, head: int) -> list[Run]:
        """Return the spans of one head (`SOURCE`, `CUE` or `CONTENT`)."""
        return runs(self.tags[:, head], self.words.breaks)

    def links(self, kind: Link, word: int, candidates: Sequence[int]) -> Doubles:
        """Return the log-probabilities that a word links to each candidate, then to none.

        Args:
            kind: Kind of link.
            word: First word of the span that links.
            candidates: First words of the spans it may link to; those outside the word's window get -inf.

        Returns:
            [candidates + 1]
        """
        number = int(np.searchsorted([window.last for window in self.windows], word, side="right"))
        window, rows = self.windows[number], self.rows[number].astype(np.int64)
        asking = rows[word - window.start]
        at = np.array(candidates, dtype=np.int64) - window.start
        near = (at >= 0) & (at < len(rows))
        scores = np.full(len(at) + 1, -np.inf)
        scores[-1] = asking[NULLS + kind] * _STEP
        products = _part(rows[at[near]], KEYS[kind]) @ _part(asking, QUERIES[kind])  # of whole numbers: exact
        scores[:-1][near] = products * (_STEP * _STEP / WIDTH**0.5)
        scores -= scores.max()
        normalised: Doubles = scores - log(math.fsum(exp(scores)[np.isfinite(scores)]))
        return normalised


def _part(rows: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.int64]:
    return rows[..., number * WIDTH : (number + 1) * WIDTH]


def read(
    texts: Iterable[tuple[str, Iterable[int]]],
    cutter: Cutter,
    forward: Forward,
    layout: Layout,
    workers: Executor | None = None,
) -> Iterator[TaggerOutput]:
    """Yield the tagger's output for each text, in order.

    Every window passes through the network alone, so its result does not depend on anything else.

    Args:
        texts: Texts, each with the offsets at which its paragraphs begin.
        cutter: The tokeniser, as in training.
        forward: The network.
        layout: As in training.
        workers: Runs windows in parallel; without it they run one after the other in this thread.
    """
    for text, paragraphs in texts:
        words = cutter.cut(text, paragraphs)
        some = tuple(windows(words, layout.size, layout.context, sentence_ends(text, words)))

        def run(window: Window, words: Words = words) -> tuple[Floats, Steps]:
            return _result(words, window, cutter, forward)

        results = list((workers.map if workers else map)(run, some))
        tags = [tags for tags, _ in results] or [np.zeros((0, len(HEADS), len(TAGS)), dtype=np.float32)]
        yield TaggerOutput(words, np.concatenate(tags), some, tuple(rows for _, rows in results))


def _result(words: Words, window: Window, cutter: Cutter, forward: Forward) -> tuple[Floats, Steps]:
    """Return the tags of a window's own words, and the link rows of all its words."""
    tags, rows = forward(*inputs(cutter, words, window.start, window.end))
    at = places(words, window.start, window.end)
    own = at[window.first - window.start : window.last - window.start]
    steps = np.clip(np.rint(rows[at] / np.float32(_STEP)), -_MOST, _MOST)
    return tags[own].reshape(-1, len(HEADS), len(TAGS)), steps.astype(np.int16)
