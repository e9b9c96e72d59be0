"""Break text into screen lines by cell width, keeping code-point offsets.

Most lines hold only narrow characters and cost one `str.rfind`; the others are measured by grapheme. Widths are
those of `rich.cells`, because that is what the terminal strips are cut by.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len, split_graphemes

from annotate.spans import Span

_ODD = re.compile(
    "[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f\u0400-\u0482\u2010-\u2027\u2030-\u205e]"
)
"""Pattern for a character that may take no cell or two; all others take one."""
_CODE_POINTS_A_CELL = 8
"""Maximum number of code points per cell of a line: more than any script needs, fewer than a hostile pile of
accents."""
_MOST_HANGING = 1_000
"""Maximum white space that hangs over the end of a line."""


@dataclass(frozen=True)
class Layout:
    """A text broken into lines: line i covers `starts[i]` to the start of the next, its line feed included.

    A spacer is a line that covers nothing. Columns are cells, counted from the line's first.
    """

    text: str
    width: int
    """Maximum number of cells shown of a line; white space at its end may hang over."""
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, line: int) -> Span:
        """Return the span of a line, hanging white space included."""
        following = line + 1
        return Span(self.starts[line], self.starts[following] if following < len(self) else len(self.text))

    def is_text(self, line: int) -> bool:
        """Return True for a line of text, False for a spacer."""
        return line + 1 == len(self) or self.starts[line] < self.starts[line + 1]

    def shown(self, line: int) -> Span:
        """Return the span of a line without the white space at its end."""
        start, end = self.span(line)
        return Span(start, start + len(self.text[start:end].rstrip(" \n")))

    def texts(self) -> list[str]:
        """Return the words shown of each line."""
        return [self.text[slice(*self.shown(line))] for line in range(len(self))]

    def line_of(self, offset: int) -> int:
        """Return the line that contains an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def lines_of(self, span: Span) -> range:
        """Return the lines of a span, spacers between them included."""
        return range(self.line_of(span.start), self.line_of(max(span.start, span.end - 1)) + 1)

    def column(self, offset: int) -> int:
        """Return the column of an offset on its line."""
        return min(self.width, columns(self.text[self.starts[self.line_of(offset)] : offset]))

    def offset_at(self, line: int, column: int) -> int:
        """Return the offset of the character at a column; of the line's last visible one if the line is shorter."""
        start, end = self.span(line)
        words = self.text[start:end]
        last = len(words) - (words.endswith("\n") or line + 1 < len(self))
        if not _ODD.search(words):
            return start + max(0, min(column, last))
        graphemes, _ = split_graphemes(words)
        ends = list(accumulate(width for _, _, width in graphemes))
        nth = bisect_right(ends, max(0, column))
        return start + (graphemes[nth][0] if nth < len(graphemes) and graphemes[nth][0] < last else max(0, last))


def columns(text: str) -> int:
    """Return the width of text in cells."""
    return cell_len(text) if _ODD.search(text) else len(text)


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text cut to at most `width` cells, with an ellipsis at the cut."""
    if columns(text) <= width:
        return text
    if width <= columns(ellipsis):
        return ellipsis[:width]
    room = width - columns(ellipsis)
    cut = text[: _fit(text, 0, len(text), room)].rstrip()
    return cut + ellipsis if columns(cut) <= room else ellipsis


def wrap(text: str, width: int, spaced: Iterable[int] = ()) -> Layout:
    """Break text into lines of at most `width` cells, at spaces and between wide characters.

    Args:
        text: Text that went through `annotate.safe.safe`; line feeds end lines.
        width: Cells; at least two are used, the width of one wide character.
        spaced: Offsets that begin a line and get an empty line before them.
    """
    width = max(2, width)
    starts: list[int] = []
    begin, length = 0, len(text)
    while begin < length:
        feed = text.find("\n", begin)
        words_end, end = (length, length) if feed < 0 else (feed, feed + 1)
        lines = _wide_lines if _ODD.search(text, begin, words_end) else _narrow_lines
        starts += lines(text, begin, end, width)
        begin = end
    if not starts or text.endswith("\n"):
        starts.append(length)
    return Layout(text, width, _with_spacers(starts, spaced))


def _narrow_lines(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yield the starts of a paragraph's lines, for characters of one cell each."""
    while start < end:
        yield start
        limit = start + width
        if limit >= end or text[limit] == "\n":
            return
        start = _hang(text, _cut(text, start, limit, text.rfind(" ", start, limit + 1) + 1), end)


def _wide_lines(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yield the starts of a paragraph's lines, by measured widths."""
    while start < end:
        yield start
        limit = _fit(text, start, end, width)
        if limit >= end or text[limit] == "\n":
            return
        space = text.rfind(" ", start, limit + 1) + 1
        start = _hang(text, _cut(text, start, limit, max(space, _after_wide(text, start, limit))), end)


def _cut(text: str, start: int, limit: int, wanted: int) -> int:
    """Return the preferred break, or the limit if that break would make a blank line or no progress."""
    return limit if wanted <= start or (text[start] == " " and text[start:wanted].isspace()) else wanted


def _hang(text: str, cut: int, end: int) -> int:
    """Return the start of the next line: white space at a break belongs to the line before."""
    most = min(end, cut + _MOST_HANGING)
    while cut < most and text[cut] in " \n":
        cut += 1
    return cut


def _fit(text: str, start: int, end: int, width: int) -> int:
    """Return the first offset that does not fit into `width` cells: the start of a grapheme, after `start`."""
    size = width + 1
    while True:
        window = text[start : min(end, start + size)]
        if not _ODD.search(window):
            return min(end, start + width)
        graphemes, _ = split_graphemes(window)
        nth = bisect_right(list(accumulate(cells for _, _, cells in graphemes)), width)
        # The last grapheme of a window may go on after it.
        if nth < len(graphemes) - 1 or size >= width * _CODE_POINTS_A_CELL or start + size >= end:
            break
        size *= 2
    if nth < len(graphemes):
        return start + (graphemes[nth][0] or graphemes[nth][1])
    return end if start + size >= end else start + (graphemes[-1][0] or size)


def _after_wide(text: str, start: int, limit: int) -> int:
    """Return the last offset up to `limit` beside a wide character, at which a line may break; 0 if none."""
    if columns(text[limit]) > 1:
        return limit
    graphemes, _ = split_graphemes(text[start:limit])
    return next((start + stop for _, stop, cells in reversed(graphemes) if cells > 1), 0)


def _with_spacers(starts: list[int], spaced: Iterable[int]) -> tuple[int, ...]:
    lines = set(spaced)
    if not lines:
        return tuple(starts)
    doubled = [
        offset for offset in lines if offset and starts[min(bisect_left(starts, offset), len(starts) - 1)] == offset
    ]
    return tuple(sorted(starts + doubled))
