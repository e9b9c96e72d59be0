"""Memory: notices and drawn lines that are no longer needed are dropped."""

from __future__ import annotations

import gc

import pytest
from rich.segment import Segment
from textual.pilot import Pilot

from annotate.model import Record
from tui.app import OnrecordApp
from tui.widgets.claim_list import ClaimList

from .sitting import MakeApp, press


def kept(app: OnrecordApp) -> int:
    """Return how many objects there are after the app has tidied up in a pause."""
    app.garbage.tidy()
    return gc.get_freeze_count() + len(gc.get_objects())


async def go_to_and_fro(pilot: Pilot[int], times: int) -> None:
    for _ in range(times):
        await press(pilot, "> <")


@pytest.mark.slow
async def test_opened_articles_leave_nothing_behind(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    app = make_app(*articles)
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to_and_fro(pilot, 3)
        before = kept(app)
        await go_to_and_fro(pilot, 10)
        assert kept(app) - before < 20 * 100, "objects for each article opened"
    gc.unfreeze()


async def test_notices_that_are_gone_leave_nothing_behind(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    app = make_app(articles[0])
    async with app.run_test(size=(20, 40), notifications=True) as pilot:  # too narrow for them in the key bar
        for _ in range(10):
            await press(pilot, "<")
            assert app._notifications, "there is no article before this one"
        await press(pilot, "j")
        assert not app.screen.query("ToastRack > *")


async def test_lines_drawn_for_keys_that_never_came_are_dropped(
    make_app: MakeApp, articles: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(articles[0])
    async with app.run_test(size=(120, 40)) as pilot:
        claims = app.screen.query_one(ClaimList)
        for number in range(1_000):
            monkeypatch.setattr(claims, "likely_lines", lambda number=number: [(number, [Segment("x")])])
            claims._draw_ahead()
        await pilot.pause()
        assert len(claims._strips) <= 600
