"""Labels of one or two letters for places on the screen, and where to draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from annotate.spans import Span

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters of labels, the easiest to reach first."""


class Label(NamedTuple):
    """A label on a span."""

    text: str
    offset: int
    """Offset at which it is drawn."""
    span: Span


def names(number: int) -> list[str]:
    """Return distinct labels, the shortest first, at most 26²; none is the beginning of another.

    As few letters as possible begin labels of two letters: those that are hardest to reach.
    """
    letters = len(LETTERS)
    begun = next((n for n in range(letters + 1) if letters - n + n * letters >= number), letters)
    single = LETTERS[: letters - begun]
    double = map("".join, product(LETTERS[letters - begun :], LETTERS))
    return list(islice([*single, *double], number))


def labelled(text: str, targets: Iterable[Span], near: int) -> list[Label]:
    """Return labels for spans, the shortest for those nearest to an offset.

    Of spans with the same start, a longer one is labelled at its last word, so that no labels overlap; spans that
    have no room left for a label get none.

    Args:
        text: The article.
        targets: The spans, in any order.
        near: The offset.
    """
    placed = list(_placed(text, sorted(set(targets), key=lambda span: (span.start, span.end))))
    placed.sort(key=lambda pair: abs(pair[1].start - near))
    found = [Label(name, offset, span) for name, (offset, span) in zip(names(len(placed)), placed, strict=False)]
    return sorted(found, key=lambda label: label.offset)


def _placed(text: str, targets: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """Yield the offset of each span's label, and the span; two code points are kept free for each."""
    taken: set[int] = set()
    for span in targets:
        last_word = len(text[: span.end].rstrip(" \n\t.,;:!?”’\"'")) - 1
        start = text.rfind(" ", span.start, max(span.start, last_word)) + 1
        for offset in (span.start, max(start, span.start)):
            if offset + 1 < span.end and not taken & {offset, offset + 1}:
                taken |= {offset, offset + 1}
                yield offset, span
                break
