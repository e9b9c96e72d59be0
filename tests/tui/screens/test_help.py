"""The help keeps its two columns at any width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from tests.tui.sitting import press
from tui.screens.help import aligned


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (200, 50)])
async def test_no_line_of_the_help_begins_below_a_key(size: tuple[int, int], make_app: Callable[..., Any]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "?")
        text = app.screen.query_one(".help Static", Static)
        lines = [line.rstrip() for line in text.content.plain.split("\n")]
        assert max(map(cell_len, lines)) <= text.region.width  # Textual wraps none
    column = lines[1].index("Accept")
    keys = [line for line in lines[1 : lines.index("")] if line]
    assert len(keys) > 5
    assert all(line[column - 1] == " " and line[column] != " " for line in keys)


def test_a_long_meaning_goes_on_below_its_beginning() -> None:
    lines = [line.plain for line in aligned([("a", "one two three"), ("esc", "four\nfive")], 3, 14)]
    assert lines == ["  a  one two", "     three", "esc  four", "     five"]
