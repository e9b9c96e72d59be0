"""Notes of several lines, in the dialog and in the form."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input, Static

from tui.app import OnrecordApp
from tui.widgets.safe_input import LinesInput

from .sitting import MakeApp, key_line, notices, press, record, review

IN_DIALOG, IN_FORM = "o", "e tab tab tab tab"


def note_lines(app: OnrecordApp) -> list[str]:
    """Return the lines of the note in the unfolded claim."""
    shown = [review(app).claims.render_line(y).text[4:].rstrip(" ▐") for y in range(20)]
    first = next((y for y, line in enumerate(shown) if line.startswith("note ")), None)
    if first is None:
        return []
    rest = shown[first + 1 :]
    more = next((y for y, line in enumerate(rest) if line and not line.startswith(" " * 11)), len(rest))
    return [line[11:] for line in (shown[first], *rest[:more])]


@pytest.mark.parametrize("way", [IN_DIALOG, IN_FORM])
async def test_ctrl_j_breaks_the_line_and_enter_ends(make_app: MakeApp, way: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, f"{way} o n e ctrl+j t w o ctrl+j ctrl+j f o u r enter")
        assert record(app).claim("c1").note == "one\ntwo\n\nfour"
        assert app.focused is review(app).claims
        assert note_lines(app)[:4] == ["one", "two", "", "four"]
        await press(pilot, "u")
        assert record(app).claim("c1").note == ""


@pytest.mark.parametrize("way", [IN_DIALOG, IN_FORM])
async def test_pasting_keeps_the_lines(make_app: MakeApp, way: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, f"{way} a")
        assert app.focused is not None
        app.focused.post_message(events.Paste("b\r\n\tc\rd\n"))
        await press(pilot, "e enter")
        assert record(app).claim("c1").note == "ab\n\tc\nde"


async def test_a_name_has_one_line_whatever_is_pasted(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "s")
        app.screen.query_one(Input).post_message(events.Paste("Zoe\nKarr"))
        await press(pilot, "enter")
        assert record(app).speakers[-1].name == "Zoe"


async def test_the_breaks_are_seen_while_typing_and_the_cursor_follows(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o a ctrl+j b ctrl+j c")
        line = app.screen.query_one(LinesInput)
        assert line.render_line(0).text.startswith("a↵b↵c")
        assert line.cursor_screen_offset.x - line.region.x == 5
        assert str(app.screen.query_one(".verdict", Static).content) == "3 lines"
        assert "ctrl+j new line" in key_line(app)
        await press(pilot, "left left backspace enter")
        assert record(app).claim("c1").note == "a\n\nc"


@pytest.mark.parametrize("way", [IN_DIALOG, IN_FORM])
async def test_ctrl_z_still_suspends_while_writing(make_app: MakeApp, way: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, f"{way} h i ctrl+z")
        assert app.focused is not None
        assert isinstance(app.focused, LinesInput)
        assert app.focused.value == "hi"
        assert "no shell to go back to" in notices(app)


async def test_a_long_note_ends_in_an_ellipsis(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "o")
        app.screen.query_one(Input).value = "\n".join(f"line {number}" for number in range(50))
        await press(pilot, "enter")
        shown = note_lines(app)
        assert shown[0] == "line 0"
        assert shown[11] == "line 11 …"
        assert len([line for line in shown if line]) == 12


async def test_control_characters_in_a_note_are_shown_as_signs(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "o")
        app.screen.query_one(Input).value = "one\n\x1b[2Jtwo"
        assert "\x1b" not in app.screen.query_one(Input).render_line(0).text
        await press(pilot, "enter")
        assert note_lines(app)[:2] == ["one", "␛[2Jtwo"]
