"""Leaving: nothing that was typed is lost, whichever way a person goes."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from annotate.errors import SaveError
from tui.screens.ask import AskScreen
from tui.session.saver import SaveState

from .sitting import MakeApp, on_top, press, review, top_line


async def test_ctrl_q_in_a_field_saves_what_is_typed_there(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g e tab tab tab tab s e e n ctrl+q")
    assert app.session.record is not None
    assert app.session.record.live_claims()[0].note == "seen"


async def test_ctrl_q_stays_when_what_is_typed_makes_no_sense(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    left: list[bool] = []
    monkeypatch.setattr(app, "leave", lambda: left.append(True))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g e tab tab x y z z y ctrl+q")
        assert not left
        await press(pilot, "escape ctrl+q")
        assert left


async def test_quitting_asks_when_a_save_failed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.session.hear(SaveState("unsaved", "14:02:11", "the disk is full"))
        await pilot.pause()
        assert "NOT SAVED: the disk" in top_line(app)
        await press(pilot, "q")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "1")
        assert on_top(app) is review(app)
        await press(pilot, "q 2")
    assert app.return_code == 1


async def test_a_save_that_fails_on_leaving_asks_too(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    def full() -> None:
        raise SaveError("the disk is full")

    async with app.run_test() as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(app.session.store, "sync", full)
            await press(pilot, "a q")
            assert isinstance(on_top(app), AskScreen)
            await press(pilot, "2")
    assert app.return_code == 1


async def test_the_reason_for_not_saving_is_told_in_full_where_it_matters(make_app: MakeApp) -> None:
    app = make_app()
    name = "/home/ana/a/long/way/down/annotations.json"
    error = f"{name} could not be saved: No space left on device: make room on the disk"
    async with app.run_test(size=(80, 24)) as pilot:
        app.session.hear(SaveState("unsaved", "14:02:11", error))
        await pilot.pause()
        assert "NOT SAVED: No space left on device" in top_line(app)
        await press(pilot, "q")
        shown = app.screen.query_one(".text", Static)
        assert str(shown.content) == error
        assert shown.size.height == 2
        assert not app.screen.query("Input")
        await press(pilot, "down enter")
    assert app.return_code == 1
