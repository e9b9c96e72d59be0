"""The places where the app bends Textual (docs/textual.md): each test fails when Textual changes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from annotate.model import Record
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import TopBar
from tui.widgets.claim_list import ClaimList
from tui.widgets.line_view import LineView
from tui.widgets.pane import Pane, titled

from .sitting import MakeApp, press, review


def calls_of(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[tuple[Any, ...]]:
    """Return a list to which each call of a method adds its object and positional arguments from now on."""
    calls: list[tuple[Any, ...]] = []
    method: Callable[..., object] = getattr(owner, name)

    def counted(*args: Any, **options: Any) -> object:
        calls.append(args)
        return method(*args, **options)

    monkeypatch.setattr(owner, name, counted)
    return calls


def many_lines(record: Record) -> Record:
    """Return an article that does not fit on the screen."""
    return Record("long", f"{record.text}\n\n{'Nothing more was said. ' * 400}", title="Long")


async def test_a_bar_that_did_not_change_is_not_drawn_again(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        asked, drawn = calls_of(monkeypatch, TopBar, "render_lines"), calls_of(monkeypatch, Widget, "render_lines")
        await press(pilot, "j k j")
        assert asked, "Textual asks for all lines with every frame"
        assert not [widget for widget, _ in drawn if isinstance(widget, TopBar)]
        review(app).query_one(TopBar).show("Another title", ())
        await pilot.pause()
        assert [widget for widget, _ in drawn if isinstance(widget, TopBar)]


async def test_the_style_sheet_sees_the_widget_behind_the_cached_lines(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)):
        assert review(app).query_one(TopBar).outer_size.height == 1
        assert review(app).query_one("#text", Pane).styles.layout is not None
        assert {"Pane", "Vertical", "Widget"} <= Pane._css_type_names
        assert "CachedLines" not in Pane._css_type_names


async def test_lines_fit_a_new_size_before_the_first_frame_of_that_size(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        claims = review(app).claims
        before = claims.outer_size.width
        fitted: set[int] = set()
        was_fitted: list[bool] = []

        def render_lines(crop: Region) -> list[Strip]:
            if claims.outer_size.width != before:
                was_fitted.append(claims.columns in fitted)
            return [Strip.blank(crop.width)] * crop.height

        monkeypatch.setattr(claims, "fit", lambda: fitted.add(claims.columns))
        monkeypatch.setattr(claims, "render_lines", render_lines)
        await pilot.resize_terminal(140, 40)
        assert was_fitted
        assert all(was_fitted)


async def test_keys_pass_by_the_panes(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        messages = calls_of(monkeypatch, Pane, "post_message")
        before = review(app).state.claim_id
        await press(pilot, "j tab j")
        assert review(app).state.claim_id != before
        assert not [message for _, message in messages if isinstance(message, Key)]


async def test_scrolling_lays_nothing_out_and_moves_the_strips_as_they_are(
    make_app: MakeApp, harbour_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(many_lines(harbour_record))
    async with app.run_test(size=(120, 40)) as pilot:
        article = review(app).article
        whole = Region(0, 0, *article.outer_size)
        await pilot.pause()
        before = article.render_lines(whole)
        laid_out = calls_of(monkeypatch, Screen, "_refresh_layout")
        article.scroll_lines(1)
        await pilot.pause()
        assert article.top == 1
        assert not laid_out
        assert article.vertical_scrollbar.position == 0, "a bar that is not shown is not moved"
        same = [one is other for one, other in zip(article.render_lines(whole), before[1:], strict=False)]
        assert sum(same) >= len(same) - 2, "all but the ends of the mark at the right"


@pytest.mark.parametrize("view", [ArticleView, ClaimList])
async def test_a_view_has_a_mark_at_its_right_and_no_scroll_bar(
    make_app: MakeApp, harbour_record: Record, view: type[LineView]
) -> None:
    app = make_app(many_lines(harbour_record))
    async with app.run_test(size=(120, 40)):
        shown = review(app).query_one(view)
        assert shown.scrollbar_size_vertical == 0
        assert shown.size == shown.outer_size
        if view is ArticleView:
            assert any(strip.text.endswith("▐") for strip in shown.render_lines(Region(0, 0, *shown.outer_size)))


async def test_another_title_of_a_pane_draws_one_line(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        pane = review(app).query_one("#text", Pane)
        drawn = calls_of(monkeypatch, ArticleView, "_strips_on")
        pane.retitle(titled("Another title"))
        await pilot.pause()
        crops = [len(lines) for _, lines in drawn]
        assert "Another" in app.export_screenshot()
        assert len(pane._border_title or "") == len(" Another title ")
        assert sum(crops) <= pane.outer_size.height


async def test_another_theme_changes_the_styles_that_are_kept(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        views = (review(app).article, review(app).claims)
        before = [view.style() for view in views]
        app.theme = "textual-light"
        await pilot.pause()
        assert all(view.style() != style for view, style in zip(views, before, strict=True))
