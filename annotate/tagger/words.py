"""Tokenisation of a text into words, and of words into the network's pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from annotate.spans import LETTER

Ints = npt.NDArray[np.int64]

PAD, UNKNOWN, START, END, BREAK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused0]"
SHAPES = 9
"""Number of shapes: 0 for a piece outside words; for words 1 + 2 × case, plus 1 after white space."""

_WORD = re.compile(rf"{LETTER}+|[^\w\s]")
_LONGEST = 64
"""Maximum number of code points used of a word."""
_MOST_PIECES = 12
"""Maximum number of pieces used of a word."""
_REMEMBERED = 200_000


@dataclass(frozen=True)
class Words:
    """The words of one text, and the stream of their pieces."""

    starts: Ints
    """[words] Code point offset of each word."""
    ends: Ints
    """[words] Offset of its end, exclusive."""
    breaks: npt.NDArray[np.bool_]
    """[words] True for the first word of a paragraph."""
    pieces: Ints
    """[pieces] Vocabulary numbers; a `BREAK` precedes each paragraph but the first."""
    shapes: Ints
    """[pieces] Shape of the word that a piece belongs to."""
    firsts: Ints
    """[words + 1] Index in `pieces` of each word's first piece, then the number of pieces."""

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the words that overlap a span of code points, as (first, end); first ≥ end if there are none."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        return first, int(np.searchsorted(self.starts, end, side="left"))


class Cutter:
    """Tokeniser of texts into words and pieces, with a cache of the pieces of each word.

    Args:
        tokenizer: A WordPiece tokenizer with the special pieces of this module in its vocabulary; its padding and
            truncation are turned off.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self.unknown, self.start, self.end, self.break_ = (self._number(p) for p in (UNKNOWN, START, END, BREAK))
        if self._number(PAD) != 0:
            raise ValueError(f"{PAD} is not piece 0 of the vocabulary")

    def cut(self, text: str, paragraphs: Iterable[int]) -> Words:
        """Return the words of a text.

        Args:
            text: Any text.
            paragraphs: Offsets at which paragraphs begin, sorted.
        """
        places = [found.span() for found in _WORD.finditer(text)]
        edges = np.array(places, dtype=np.int64).reshape(-1, 2)
        starts, ends = edges[:, 0], edges[:, 1]
        breaks = _breaks(starts, paragraphs)
        known = self._look_up([text[start : min(end, start + _LONGEST)] for start, end in places])
        return self._words(starts, ends, breaks, known)

    def _words(
        self, starts: Ints, ends: Ints, breaks: npt.NDArray[np.bool_], known: list[tuple[tuple[int, ...], int]]
    ) -> Words:
        """Join the pieces of all words into one stream, with breaks between paragraphs."""
        counts = np.fromiter((len(pieces) for pieces, _ in known), np.int64, len(known))
        inner = breaks.copy()
        inner[:1] = False
        ends_in_stream = np.cumsum(counts + inner)
        firsts = np.concatenate((ends_in_stream - counts, ends_in_stream[-1:] if len(known) else [0])).astype(np.int64)
        spaced = np.ones(len(starts), dtype=np.int64)
        spaced[1:] = starts[1:] > ends[:-1]
        shape = 1 + 2 * np.fromiter((case for _, case in known), np.int64, len(known)) + spaced
        pieces = np.full(firsts[-1], self.break_, dtype=np.int64)
        shapes = np.zeros(firsts[-1], dtype=np.int64)
        is_word = np.ones(firsts[-1], dtype=bool)
        is_word[firsts[:-1][inner] - 1] = False
        pieces[is_word] = np.fromiter((piece for some, _ in known for piece in some), np.int64, int(counts.sum()))
        shapes[is_word] = np.repeat(shape, counts)
        return Words(starts, ends, breaks, pieces, shapes, firsts)

    def _look_up(self, words: list[str]) -> list[tuple[tuple[int, ...], int]]:
        """Return the pieces and the case of each word."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        new = list({word for word in words if word not in self._known})
        # The tokenizer rejects half a surrogate pair; training texts were in NFC.
        sound = [unicodedata.normalize("NFC", word).encode("utf-8", "replace").decode() for word in new]
        encodings: list[Any] = self._tokenizer.encode_batch(sound, add_special_tokens=False)
        for word, known, encoding in zip(new, sound, encodings, strict=True):
            self._known[word] = (tuple(encoding.ids[:_MOST_PIECES]) or (self.unknown,), _case(known))
        return [self._known[word] for word in words]

    def _number(self, piece: str) -> int:
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ValueError(f"{piece} is not in the vocabulary")
        return int(number)


def _breaks(starts: Ints, paragraphs: Iterable[int]) -> npt.NDArray[np.bool_]:
    breaks = np.zeros(len(starts), dtype=bool)
    breaks[:1] = True
    at = np.searchsorted(starts, np.fromiter(paragraphs, np.int64), side="left")
    breaks[at[at < len(starts)]] = True
    return breaks


def _case(word: str) -> int:
    """Return the case of a word: none or lower (0), Capitalised (1), CAPITALS (2), mIxed (3); pieces are lower case."""
    if word.islower() or word.lower() == word.upper():
        return 0
    if word.istitle():
        return 1
    return 2 if word.isupper() else 3
