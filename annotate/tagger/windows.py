"""Windows of bounded length over a text: one paragraph each, with a few words of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from annotate.tagger.words import Cutter, Ints, Words

_ENDS = np.array([ord(c) for c in ".!?:;"])
_EDGES = 2
"""Number of special pieces that begin and end every window."""


class Window(NamedTuple):
    """Words read together by the network, `start` to `end`, of which `first` to `last` are its own; ends are exclusive.

    The others are context; every word of a text belongs to exactly one window as its own.
    """

    start: int
    first: int
    last: int
    end: int


def windows(words: Words, size: int, context: int, sentence_ends: Ints) -> Iterator[Window]:
    """Yield the windows of a text, one per paragraph.

    A paragraph is read with the end of the paragraph before it and the start of the one after it, and nothing else:
    text farther away cannot change the result. Only a paragraph that is too long is split, after a sentence if
    possible.

    Args:
        words: The text's words.
        size: Maximum number of pieces in a window, those at its edges included.
        context: Maximum number of pieces from the neighbouring words, on each side.
        sentence_ends: Words that end a sentence, sorted.
    """
    starts = np.flatnonzero(words.breaks).tolist()
    ends = [*starts, len(words)][1:]
    stops = words.firsts[1:] - np.append(words.breaks[1:], False)[: len(words)]
    for number, (at, paragraph_end) in enumerate(zip(starts, ends, strict=True)):
        lowest, highest = starts[max(number - 1, 0)], ends[min(number + 1, len(ends) - 1)]
        while at < paragraph_end:
            begin = int(words.firsts[at])
            start = max(lowest, int(np.searchsorted(words.firsts, begin - context)))
            room = size - _EDGES - context - (begin - int(words.firsts[start]))
            fit = max(at + 1, int(np.searchsorted(stops, begin + room, side="right")))
            last = paragraph_end if fit >= paragraph_end else _sentence_end(words, at, fit, sentence_ends)
            end = int(np.searchsorted(stops, stops[last - 1] + context, side="right"))
            yield Window(start, at, last, min(end, highest))
            at = last


def _sentence_end(words: Words, first: int, limit: int, sentence_ends: Ints) -> int:
    """Return the last sentence end, exclusive, in the second half of a range of words, else the end of the range."""
    middle = (words.firsts[first] + words.firsts[limit]) // 2
    at = int(np.searchsorted(sentence_ends, limit)) - 1
    return int(sentence_ends[at]) + 1 if at >= 0 and words.firsts[sentence_ends[at]] >= middle else limit


def end_of_pieces(words: Words, end: int) -> int:
    """Return the end, exclusive, of the words before `end` in the stream of pieces.

    It excludes the break after them, which would reveal whether more text follows.
    """
    return int(words.firsts[end]) - int(end < len(words) and words.breaks[end])


def sentence_ends(text: str, words: Words) -> Ints:
    """Return the words that are punctuation which may end a sentence."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(np.isin(characters[words.starts], _ENDS)).astype(np.int64)


def inputs(cutter: Cutter, words: Words, start: int, end: int) -> tuple[Ints, Ints]:
    """Return the network's input for a range of words: pieces and shapes, [pieces of the words + 2] each.

    Args:
        cutter: The tokeniser of the words.
        words: The text's words.
        start: First word.
        end: Last word, exclusive.
    """
    stretch = slice(words.firsts[start], end_of_pieces(words, end))
    pieces = np.concatenate(([cutter.start], words.pieces[stretch], [cutter.end]))
    shapes = np.concatenate(([0], words.shapes[stretch], [0]))
    return pieces.astype(np.int64), shapes.astype(np.int64)


def places(words: Words, start: int, end: int) -> Ints:
    """Return the indices in `inputs` of the first pieces of the words from `start` to `end`."""
    at: Ints = words.firsts[start:end] - words.firsts[start] + 1
    return at
