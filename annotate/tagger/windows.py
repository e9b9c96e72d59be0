"""Cut the words of a text into windows of bounded length, so that each word is read once with words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from annotate.tagger.words import Cutter, Ints, Words

_ENDS = np.array([ord(c) for c in ".!?:;"])
_EDGES = 2
"""The pieces that begin and end every window."""


class Window(NamedTuple):
    """Words that the network reads at once: those from `start` to `end`, of which `first` to `last` count here.

    The others are there as context; in each text every word counts in exactly one window.
    """

    start: int
    first: int
    last: int
    end: int


def windows(words: Words, size: int, context: int, sentence_ends: Ints | None = None) -> Iterator[Window]:
    """Yield the windows of a text.

    Args:
        words: The text's words.
        size: Pieces in a window at most, those at its edges included.
        context: Pieces wanted before and after the words that count; text permitting.
        sentence_ends: Words after which a sentence ends, sorted; to cut there where no paragraph ends.
    """
    room = size - _EDGES
    at = 0
    while at < len(words):
        start = _word_from(words, words.firsts[at] - context)
        used = int(words.firsts[at] - words.firsts[start])
        rest = int(words.firsts[-1] - words.firsts[at])
        last = len(words) if used + rest <= room else cut(words, at, room - used - context, sentence_ends)
        end = max(last, _word_until(words, int(words.firsts[start]) + room))
        end = min(end, max(last, _word_until(words, int(words.firsts[last]) + context)))
        yield Window(start, at, last, end)
        at = last


def cut(words: Words, first: int, room: int, sentence_ends: Ints | None = None) -> int:
    """Return where a stretch of words that begins at `first` and has `room` pieces should end, exclusive.

    After a paragraph if one ends in its second half, else after a sentence, else where the room ends.
    """
    limit = max(first + 1, _word_until(words, int(words.firsts[first]) + room))
    if limit >= len(words):
        return len(words)
    middle = _word_from(words, words.firsts[first] + room // 2)
    paragraph = np.flatnonzero(words.breaks[middle + 1 : limit + 1])
    if len(paragraph):
        return middle + 1 + int(paragraph[-1])
    if sentence_ends is not None:
        at = int(np.searchsorted(sentence_ends, limit)) - 1
        if at >= 0 and sentence_ends[at] + 1 > middle:
            return int(sentence_ends[at]) + 1
    return limit


def sentence_ends(text: str, words: Words) -> Ints:
    """Return the words that are punctuation which may end a sentence."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(np.isin(characters[words.starts], _ENDS)).astype(np.int64)


def stacked(cutter: Cutter, parts: Sequence[tuple[Words, int, int]]) -> tuple[Ints, Ints]:
    """Return what the network reads of some stretches of words: pieces and shapes, [stretches, longest] each.

    Args:
        cutter: What cut the words.
        parts: Words, first, end (exclusive) of each.
    """
    lengths = [int(words.firsts[end] - words.firsts[start]) for words, start, end in parts]
    pieces = np.zeros((len(parts), max(lengths) + _EDGES), dtype=np.int64)
    shapes = np.zeros_like(pieces)
    for row, (length, (words, start, _)) in enumerate(zip(lengths, parts, strict=True)):
        first = int(words.firsts[start])
        pieces[row, 0] = cutter.start
        pieces[row, 1 : length + 1] = words.pieces[first : first + length]
        pieces[row, length + 1] = cutter.end
        shapes[row, 1 : length + 1] = words.shapes[first : first + length]
    return pieces, shapes


def places(words: Words, start: int, end: int) -> Ints:
    """Return where in their row of `stacked` the words from `start` to `end` have their first pieces."""
    at: Ints = words.firsts[start:end] - words.firsts[start] + 1
    return at


def by_length(lengths: Iterable[int], budget: int) -> Iterator[list[int]]:
    """Yield batches of stretches, as their numbers, of similar length and at most `budget` pieces with padding."""
    batch: list[int] = []
    longest = 0
    for number, length in sorted(enumerate(lengths), key=lambda item: item[1]):
        longest = length + _EDGES
        if batch and longest * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _word_from(words: Words, piece: int) -> int:
    """Return the first word that begins at a piece or after it."""
    return int(np.searchsorted(words.firsts[:-1], piece, side="left"))


def _word_until(words: Words, piece: int) -> int:
    """Return the end, exclusive, of the words that lie wholly before a piece."""
    return int(np.searchsorted(words.firsts, piece, side="right")) - 1
