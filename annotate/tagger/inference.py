"""Read texts with the network: scores of every word, and of what belongs to what."""

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
"""The network: pieces, shapes [length] of one window → tags [length, heads × tags] and links [length, ROW]."""

_STEP = 1 / 256
"""Link vectors are kept in whole numbers of this: their products are exact in any order."""
_MOST = 2**15 - 1


@dataclass(frozen=True)
class Layout:
    """How texts are cut for the network."""

    size: int = 256
    """Pieces in a window at most."""
    context: int = 8
    """Pieces of a paragraph's neighbours at most, on each side."""

    def __post_init__(self) -> None:
        if self.context < 0 or self.size < 2 * self.context + 32:
            raise ValueError(f"windows of {self.size} pieces are too small for a context of {self.context}")


@dataclass(frozen=True)
class TaggerOutput:
    """What the network says of one text."""

    words: Words
    tags: Floats
    """[words, heads, tags] Scores; of a word and head, a constant away from log-probabilities."""
    windows: tuple[Window, ...]
    rows: tuple[Steps, ...]
    """Of each window, [words of the window, ROW]: link vectors in steps of `_STEP`; they compare within it only."""

    def runs(self, head: int) -> list[Run]:
        """Return the spans of one head (`SOURCE`, `CUE` or `CONTENT`)."""
        return runs(self.tags[:, head], self.words.breaks)

    def links(self, kind: Link, word: int, candidates: Sequence[int]) -> Doubles:
        """Return how likely a word belongs to each candidate, then how likely to none: log-probabilities.

        Args:
            kind: What asks for what.
            word: First word of the span that asks.
            candidates: First words of the spans it may belong to; those too far away to be read at once get -inf.

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
    """Yield a reading of each text, in order.

    Every window goes through the network alone, so that nothing else can change what comes of it.

    Args:
        texts: Texts, each with the offsets at which its paragraphs begin.
        cutter: Cuts as it did in training.
        forward: The network.
        layout: As in training.
        workers: Where windows are read side by side; here, one after the other, where there are none.
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
