"""A terminal's screen made from what an app sends: characters, reverse video, and the place of the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

KNOWS_FRAMES = b"\x1b[?2026;2$y"
"""The answer of a terminal that knows synchronised updates, by which frames are told apart."""
_FRAME_ENDS = "\x1b[?2026l"
_PARTS = re.compile(
    r"\x1b\[(?P<codes>[0-9;?$<>=]*)(?P<order>[a-zA-Z~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][AB0]|\x1b[=>78]"
    r"|(?P<character>.)",
    re.DOTALL,
)


class Cell(NamedTuple):
    character: str = " "
    is_reversed: bool = False


class TerminalScreen:
    """The cells of a screen, and its cursor."""

    def __init__(self, columns: int, lines: int) -> None:
        self.cells = [[Cell()] * columns for _ in range(lines)]
        self.column = self.line = 0
        self._is_reversed = False
        self._rest = ""

    def frames(self, sent: bytes) -> Iterator[None]:
        """Take output; yields after each whole frame, and keeps the beginning of the next for the next call."""
        *frames, self._rest = (self._rest + sent.decode("utf-8", "ignore")).split(_FRAME_ENDS)
        for frame in frames:
            for part in _PARTS.finditer(frame):
                if part["character"]:
                    self._put(part["character"])
                elif part["order"] == "H":
                    line, _, column = part["codes"].partition(";")
                    self.line, self.column = int(line or 1) - 1, int(column or 1) - 1
                elif part["order"] == "m":
                    self._style(iter(part["codes"].split(";")))
            yield

    def at_cursor(self) -> str:
        """Return the text from the cursor to the end of its line."""
        return "".join(cell.character for cell in self.cells[self.line][self.column :])

    def _put(self, character: str) -> None:
        if character == "\n":
            self.line, self.column = self.line + 1, 0
        elif character.isprintable() and self.line < len(self.cells):
            row = self.cells[self.line]
            for _ in range(min(cell_len(character), len(row) - self.column)):
                row[self.column] = Cell(character, self._is_reversed)
                self.column += 1
                character = ""

    def _style(self, codes: Iterator[str]) -> None:
        for code in codes:
            if code in ("38", "48"):  # a colour: its kind, and one number or three
                for _ in range(1 if next(codes) == "5" else 3):
                    next(codes)
            elif code in ("", "0", "7", "27"):
                self._is_reversed = code == "7"
