"""The line to type in: whatever its value, the terminal gets nothing it obeys."""

from __future__ import annotations

import unicodedata

from textual.app import App, ComposeResult
from textual.geometry import Region

from tui.widgets.safe_input import SafeInput

HOSTILE = "an \x1b]0;owned\x07 \x9b31m \u202egnp\u202c \x7f\t line"


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield SafeInput(HOSTILE, compact=True)


async def test_no_control_or_bidi_character_is_drawn() -> None:
    async with Host().run_test(size=(80, 5)) as pilot:
        line = pilot.app.query_one(SafeInput)
        await pilot.pause()
        drawn = "".join(strip.text for strip in line.render_lines(Region(0, 0, 80, 1)))
        assert "owned" in drawn
        assert not [c for c in drawn if unicodedata.category(c) in {"Cc", "Cf"}]
        assert line.value == HOSTILE, "the value is not changed by being shown"
        assert len(line._value.plain) == len(HOSTILE), "the cursor stands where it should"
        line._suggestion = HOSTILE
        assert "\x1b" not in line._suggestion
