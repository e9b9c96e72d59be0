"""Leaving: nothing that was typed is lost, whichever way a person goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tui.app import OnrecordApp

MakeApp = Callable[..., OnrecordApp]


async def keys(pilot: Pilot[int], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await pilot.pause()


async def test_ctrl_q_in_a_field_saves_what_is_typed_there(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "g", "e", "tab", "tab", "tab", "tab", *"seen", "ctrl+q")
        await app.workers.wait_for_complete()
    assert app.session.record is not None
    assert app.session.record.live_claims()[0].note == "seen"


async def test_ctrl_q_stays_when_what_is_typed_makes_no_sense(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    left: list[bool] = []
    monkeypatch.setattr(app, "leave", lambda: left.append(True))
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "g", "e", "tab", "tab", *"xyzzy", "ctrl+q")
        assert not left
        await keys(pilot, "escape", "ctrl+q")
        assert left
