"""Joining of lines into paragraphs, by blank lines, wrapping or indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotate.spans import Span

_LINE = re.compile(r"[^\n]+")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_TAIL = 8
"""Code points at a line's end searched for closing punctuation."""
_WIDEST = 120
"""Maximum width, in code points, of wrapped text."""
_NARROWEST = 40
_SHORTEST = 25
"""Minimum length, in code points, of a line that may run on into the next."""
_FILL = 0.85
"""Share of the wrap width: a line that would exceed it with the next line's first word was probably wrapped."""


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a text without the white space around them.

    Blank lines always separate paragraphs. A single line end does too, unless the text is wrapped to a width (then a
    line continues if the next line's first word would not have fitted) or the sentence continues in lower case.
    """
    lines = [_stripped(text, found.start(), found.end()) for found in _LINE.finditer(text)]
    width = _wrap_width(text, lines)
    out: list[Span] = []
    last: Span | None = None
    for line in lines:
        if line is None:
            last = None
            continue
        if last is not None and text.count("\n", last.end, line.start) == 1 and _runs_on(text, last, line, width):
            out[-1] = Span(out[-1].start, line.end)
        else:
            out.append(line)
        last = line
    return tuple(out)


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


def _wrap_width(text: str, lines: list[Span | None]) -> int:
    """Return the width at which a text is wrapped, 0 if it is not.

    Text counts as wrapped if no line is wider than a page, most line ends fall inside a sentence, and at most of them
    the next word would not have fitted.
    """
    breaks = list(_breaks(text, lines))
    width = max((line.end - line.start for line in lines if line), default=0)
    if not breaks or not _NARROWEST <= width <= _WIDEST:
        return 0
    inside = sum(not _ended(text, above) for above, _ in breaks)
    full = sum(_is_full(text, above, below, width) for above, below in breaks)
    return width if 2 * min(inside, full) > len(breaks) else 0


def _is_full(text: str, above: Span, below: Span, width: int) -> bool:
    """Return whether the first word of a line would not have fitted on the one above."""
    word = text[below.start : below.start + width].split(maxsplit=1)
    return bool(word) and above.end - above.start + 1 + len(word[0]) > _FILL * width


def _breaks(text: str, lines: list[Span | None]) -> Iterator[tuple[Span, Span]]:
    for above, below in pairwise(lines):
        if above and below and text.count("\n", above.end, below.start) == 1:
            yield above, below


def _ended(text: str, line: Span) -> bool:
    return _ENDED.search(text[max(line.start, line.end - _TAIL) : line.end]) is not None


def _runs_on(text: str, above: Span, below: Span, width: int) -> bool:
    indented = text[below.start - 1] in " \t" and text[above.start - 1 : above.start] not in (" ", "\t")
    if indented or text[below.start] in "#>-*•|=":
        return False
    if width and _is_full(text, above, below, width):
        return True
    return above.end - above.start >= _SHORTEST and text[below.start].islower() and not _ended(text, above)
