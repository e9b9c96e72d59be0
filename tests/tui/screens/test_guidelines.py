"""The guidelines beside the article."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from annotate.config import Config
from tests.tui.conftest import MakeApp
from tests.tui.sitting import notices, on_top, press, review
from tui.screens.guidelines import GuidelinesScreen


def drawn(app: object) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # type: ignore[attr-defined] # an app


async def test_our_own_are_shown_scroll_and_close(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "l")
        await pilot.pause()
        assert isinstance(app.screen, GuidelinesScreen)
        assert "What is a claim" in drawn(app)
        assert "The old harbour bridge" in drawn(app)  # the article stays in view
        panel = app.screen.query_one(VerticalScroll)
        for keys, wanted in (("j j j", 3), ("k", 2), ("g", 0), ("space", panel.size.height), ("G", panel.max_scroll_y)):
            await press(pilot, keys)
            assert panel.scroll_y == pytest.approx(wanted, abs=1)
        await press(pilot, "escape")
        assert on_top(app) is review(app)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_they_fit_a_small_terminal(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "l")
        region = app.screen.query_one(VerticalScroll).region
        assert app.screen.region.contains_region(region)


async def test_another_file_is_shown_with_its_control_characters_as_signs(make_app: MakeApp, tmp_path: Path) -> None:
    path = tmp_path / "ours.md"
    path.write_text("# House rules\n\nWrite \x1b[31mred\u202e [a link](https://example.org).\n", encoding="utf-8")
    app = make_app(settings=Config(guidelines=path))
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "l")
        await pilot.pause()
        shown = drawn(app)
        assert not app.screen.query_one(Markdown)._open_links
    assert "House rules" in shown
    assert "␛[31mred" in shown
    assert not {"\x1b", "\u202e"} & {*shown}


async def test_a_file_that_cannot_be_read_is_named(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(settings=Config(guidelines=tmp_path / "none.md"))
    async with app.run_test(size=(200, 40)) as pilot:
        await press(pilot, "l")
        assert "none.md cannot be read: No such file" in notices(app)
        assert app.screen is review(app)


def test_nothing_of_markdown_is_imported_before_it_is_wanted() -> None:
    code = "import sys, tui.app; sys.exit('textual.widgets._markdown' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
