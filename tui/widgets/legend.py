"""What the signs and words on the review's screen mean, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual.content import Content

from tui.widgets.claim_rows import DOUBTFUL, MARKS, SURE

Meanings = Mapping[str, str]
"""What signs, words or keys mean, by these."""

MARKS_OF_CLAIMS: Meanings = {
    MARKS["suggested"]: "suggested by the engine, for you to decide",
    DOUBTFUL: f"suggested, but the engine is less than {SURE:.0%} sure",
    MARKS["accepted"]: "accepted",
    MARKS["rejected"]: "rejected",
}

LEGEND: Mapping[str, Meanings] = {
    "Marks before claims": MARKS_OF_CLAIMS,
}
"""What the help explains, by headings."""


def aligned(meanings: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Return a line for each sign and what it means, the signs ending in one column.

    Args:
        meanings: Signs, words or keys, and what they mean.
        width: Cells for the signs.
    """
    return [
        Content.assemble((" " * (width - cell_len(sign)) + sign, "bold $text-accent"), "  ", says)
        for sign, says in meanings
    ]
