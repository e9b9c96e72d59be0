"""The parse of an article as plain lists: the rules visit every token many times, and spaCy's objects cost more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from annotate.model import Span

Piece = tuple[int, int]
"""First and last token of a stretch."""

_EDGE_MARKS = frozenset(",.;:-–—―…'\"“”‘’()[]*?!/|")
"""What a stretch of words neither begins nor ends with, unless it is a pair around something inside."""


class Tree:
    """Words, tags, and the dependency tree of an article; token numbers are those of the `Doc`.

    Works on the tags and the parse alone (no lemmas, no coarse parts of speech). A token that was never parsed is
    its own head and has no label.
    """

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.tags = [token.tag_ for token in doc]
        self.deps = [token.dep_ for token in doc]
        self.heads = [token.head.i for token in doc]
        self.starts = [token.idx for token in doc]
        self.left = [token.left_edge.i for token in doc]
        self.right = [token.right_edge.i for token in doc]
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def __len__(self) -> int:
        return len(self.words)

    def end(self, i: int) -> int:
        """Return the offset after a token."""
        return self.starts[i] + len(self.words[i])

    def kids(self, i: int, *labels: str) -> list[int]:
        """Return the children of a token that hang on it by one of some labels, left to right."""
        return [child for child in self.children[i] if self.deps[child] in labels]

    def kid(self, i: int, *labels: str) -> int | None:
        """Return the first child by one of some labels, if any."""
        return next((child for child in self.children[i] if self.deps[child] in labels), None)

    def above(self, i: int) -> Iterator[int]:
        """Yield the heads over a token, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def is_verb(self, i: int) -> bool:
        """Return whether a token is a verb (not a modal)."""
        return self.tags[i].startswith("VB")

    def is_finite(self, i: int) -> bool:
        """Return whether a token is a verb that can head a sentence: in a tense, or with an auxiliary that is."""
        return self.tags[i] in ("VBD", "VBZ", "VBP") or (self.is_verb(i) and self.kid(i, "aux", "auxpass") is not None)

    def is_noun(self, i: int) -> bool:
        """Return whether a token is a noun or name."""
        return self.tags[i].startswith("NN")

    def tokens_in(self, start: int, end: int) -> range:
        """Return the tokens that touch a stretch of text (code points)."""
        return range(self.at(start), self.at(end - 1) + 1)

    def at(self, offset: int) -> int:
        """Return the token at an offset, or the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of text from a token to another."""
        return Span(self.starts[first], self.end(last))

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Return two ends moved in past punctuation and white space; None when nothing is left."""
        while first <= last and self._idle(first):
            first += 1
        while last >= first and self._idle(last):
            last -= 1
        return (first, last) if first <= last else None

    def _idle(self, i: int) -> bool:
        word = self.words[i]
        return word.isspace() or all(char in _EDGE_MARKS for char in word)

    def pieces(self, first: int, last: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return a stretch of tokens without some stretches inside it, each piece trimmed."""
        out = []
        for hole_first, hole_last in sorted(holes):
            out.append(self.trimmed(first, hole_first - 1))
            first = max(first, hole_last + 1)
        out.append(self.trimmed(first, last))
        return [piece for piece in out if piece]
