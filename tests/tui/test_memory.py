"""Memory: what a person has left behind is not kept."""

from __future__ import annotations

import gc

from textual.pilot import Pilot

from annotate.model import Record
from tui.app import OnrecordApp

from .sitting import MakeApp, press


def kept(app: OnrecordApp) -> int:
    """Return how many objects there are after the app has tidied up in a pause."""
    app._last_key = 0.0
    app._tidy()
    return gc.get_freeze_count() + len(gc.get_objects())


async def go_to_and_fro(pilot: Pilot[int], times: int) -> None:
    for _ in range(times):
        await press(pilot, "> <")


async def test_opened_articles_leave_nothing_behind(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    app = make_app(*articles)
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to_and_fro(pilot, 3)
        before = kept(app)
        await go_to_and_fro(pilot, 10)
        assert kept(app) - before < 20 * 100, "objects for each article opened"
    gc.unfreeze()
