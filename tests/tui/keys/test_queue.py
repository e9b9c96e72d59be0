"""Keys that come faster than the screen can follow, as over ssh, go where a slow typist's would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot

from annotate.model import Record
from tui.app import OnrecordApp

MakeApp = Callable[..., OnrecordApp]
_NAMES = {"⏎": "enter", "⇥": "tab", "⎋": "escape", "␣": "space"}


async def burst(pilot: Pilot[int], keys: str) -> Record:
    """Have all keys arrive at once, wait, and return the open article."""
    app = pilot.app
    for key in keys:
        name = _NAMES.get(key, key)
        character = {"space": " "}.get(name, None if len(name) > 1 else name)
        event = events.Key(name, character)
        event.set_sender(app)
        app.post_message(event)
    for _ in range(20):
        await pilot.pause(0.02)
        await app.workers.wait_for_complete()
    assert isinstance(app, OnrecordApp)
    assert app.session.record is not None
    return app.session.record


@pytest.mark.parametrize("keys", ["sBobby⏎", "/quay⎋sBobby⏎", "?⎋sBobby⏎"])
async def test_a_name_keeps_its_letters_in_order(make_app: MakeApp, keys: str) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        record = await burst(pilot, "g" + keys)
        speaker = record.speaker(record.live_claims()[0].speaker)
        assert speaker is not None
        assert speaker.name == "Bobby"


async def test_fields_get_what_is_typed_after_the_tab_that_leads_to_them(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        record = await burst(pilot, "ge⇥⇥⇥⇥zzz⇥one,␣two⏎")
        claim = record.live_claims()[0]
        assert (claim.note, claim.tags) == ("zzz", ("one", "two"))


async def test_words_to_find_are_words_and_make_no_claims(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        before = len((await burst(pilot, "/a⏎⎋")).claims)
        assert len((await burst(pilot, "/van⏎nn⎋")).claims) == before


async def test_a_decision_after_going_on_is_for_the_article_gone_to(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    async with make_app(*articles).run_test(size=(120, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, OnrecordApp)
        first = app.session.entries[0].decided
        await burst(pilot, ">a")
        assert app.session.entries[0].decided == first
        assert app.session.index == 1
