"""The parse of an article as plain lists: rules visit every token many times, and spaCy's objects are slower."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add

from spacy.tokens import Doc

from annotate.extract.extensions import text_of
from annotate.spans import Span

Piece = tuple[int, int]
"""First and last token of a range, both included."""

_EDGE_MARKS = frozenset(",.;:-–—―…'\"“”‘’()[]*?!/|")
"""Marks trimmed from the edges of a token range, unless they are a pair around something inside."""
_BRACKETS = {"(": ")", "[": "]"}


class Tree:
    """Words, tags and dependency tree of an article; token numbers are those of the `Doc`.

    Works on the tags and the parse alone (no lemmas, no coarse parts of speech). An unparsed token is its own head and
    has no label.
    """

    def __init__(self, doc: Doc) -> None:
        self.text: str = text_of(doc)
        columns = doc.to_array(["ORTH", "LOWER", "TAG", "DEP", "HEAD", "LENGTH", "SPACY"])
        orth, lower, tags, deps, heads, lengths, spaces = (column.tolist() for column in columns.T)
        names = {code: doc.vocab.strings[code] for code in {*orth, *lower, *tags, *deps}}
        self.words: list[str] = [names[code] for code in orth]
        self.lower: list[str] = [names[code] for code in lower]
        self.tags: list[str] = [names[code] for code in tags]
        self.deps: list[str] = [names[code] for code in deps]
        self.heads: list[int] = [i + _signed(offset) for i, offset in enumerate(heads)]
        self.starts: list[int] = [0, *accumulate(map(add, lengths, spaces))][: len(lengths)]
        self.children: list[list[int]] = [[] for _ in orth]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.left, self.right = self._edges()
        self._brackets = self._paired()
        self._bracket_places = sorted(self._brackets)

    def _paired(self) -> dict[int, int]:
        """Map every paired bracket to its partner in the same paragraph; the bracket in *1)* has none."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        wanted: Counter[str] = Counter()
        for i, word in enumerate(self.words):
            if word.count("\n") > 1:
                opened.clear()
                wanted.clear()
            elif word in _BRACKETS:
                opened.append(i)
                wanted[_BRACKETS[word]] += 1
            elif wanted[word]:
                closed = ""
                while closed != word:
                    other = opened.pop()
                    closed = _BRACKETS[self.words[other]]
                    wanted[closed] -= 1
                pairs[i], pairs[other] = other, i
        return pairs

    def _edges(self) -> tuple[list[int], list[int]]:
        """Return the first and last token of each token's subtree."""
        left, right = list(range(len(self))), list(range(len(self)))
        for i, head in enumerate(self.heads):
            if head > i and left[i] < left[head]:
                left[head] = left[i]
        for i in reversed(range(len(self))):
            head = self.heads[i]
            if head < i and right[i] > right[head]:
                right[head] = right[i]
        return left, right

    def __len__(self) -> int:
        return len(self.words)

    def end(self, i: int) -> int:
        """Return the offset after a token."""
        return self.starts[i] + len(self.words[i])

    def kids(self, i: int, *labels: str) -> list[int]:
        """Return the children of a token that have one of some dependency labels, left to right."""
        return [child for child in self.children[i] if self.deps[child] in labels]

    def kid(self, i: int, *labels: str) -> int | None:
        """Return the first child with one of some labels, if any."""
        return next((child for child in self.children[i] if self.deps[child] in labels), None)

    def above(self, i: int) -> Iterator[int]:
        """Yield the ancestors of a token, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def top(self, i: int) -> int:
        """Return the root of a token's sentence."""
        return next(reversed([i, *self.above(i)]))

    def is_verb(self, i: int) -> bool:
        """Return whether a token is a verb (not a modal)."""
        return self.tags[i].startswith("VB")

    def is_finite(self, i: int) -> bool:
        """Return whether a token is a verb that can head a sentence: in a tense, or with an auxiliary."""
        return self.tags[i] in ("VBD", "VBZ", "VBP") or (self.is_verb(i) and self.kid(i, "aux", "auxpass") is not None)

    def is_noun(self, i: int) -> bool:
        """Return whether a token is a noun or name."""
        return self.tags[i].startswith("NN")

    def tokens_in(self, start: int, end: int) -> range:
        """Return the tokens that overlap a span of text (code points)."""
        return range(self.at(start), self.at(end - 1) + 1)

    def at(self, offset: int) -> int:
        """Return the token at an offset, or the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, first: int, last: int) -> Span:
        """Return the span of text from one token to another."""
        return Span(self.starts[first], self.end(last))

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Move both ends of a token range in past punctuation and white space; None if nothing is left.

        Paired brackets stay unless they enclose the whole: `the union (IFU)` is kept, `(the union)` loses both.
        """
        while first <= last and self._idle(first) and not first < self._partner(first) < last:
            first += 1
        while last >= first and self._idle(last) and not first <= self._partner(last) < last:
            last -= 1
        return (first, last) if first <= last else None

    def balanced(self, first: int, last: int) -> tuple[int, int] | None:
        """Trim a token range so that it cuts no pair of brackets.

        The range is extended by one token if the other bracket is next to it; otherwise it ends before the bracket.
        """
        piece = self.trimmed(first, last)
        if piece is None:
            return None
        first, last = piece
        opened = next((i for i in self._brackets_in(first, last) if self._partner(i) > last), None)
        if opened is not None:
            last = last + 1 if self._partner(opened) == last + 1 else opened - 1
        closed = next((i for i in reversed(self._brackets_in(first, last)) if self._partner(i) < first), None)
        if closed is not None:
            first = first - 1 if self._partner(closed) == first - 1 else closed + 1
        return self.trimmed(first, last)

    def _brackets_in(self, first: int, last: int) -> Sequence[int]:
        """Return the paired brackets of a token range without visiting its words: deep clauses are long and many."""
        places = self._bracket_places
        return places[bisect_left(places, first) : bisect_right(places, last)]

    def _partner(self, i: int) -> int:
        """Return the partner of a bracket; any other token is its own."""
        return self._brackets.get(i, i)

    def _idle(self, i: int) -> bool:
        word = self.words[i]
        return word.isspace() or all(char in _EDGE_MARKS for char in word)

    def pieces(self, first: int, last: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return a token range minus some holes inside it, each remaining piece trimmed."""
        out = []
        for hole_first, hole_last in sorted(holes):
            out.append(self.trimmed(first, hole_first - 1))
            first = max(first, hole_last + 1)
        out.append(self.trimmed(first, last))
        return [piece for piece in out if piece]


def _signed(value: int) -> int:
    """Undo the unsigned 64-bit encoding of offsets in spaCy's arrays."""
    return value - (1 << 64) if value >> 63 else value
