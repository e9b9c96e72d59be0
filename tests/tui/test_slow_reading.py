"""A file that takes long to read, or never ends, holds neither the screen nor the keys."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from textual import events

from annotate.model import Record
from annotate.read import Article, Source
from tui.app import OnrecordApp
from tui.widgets.claim_list import ClaimList

MakeApp = Callable[..., OnrecordApp]
SLOW = Source("slow.txt")


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Keep every file from being read until this is set."""
    event = threading.Event()

    def read(source: Source) -> Iterator[Article]:
        event.wait()
        yield Article("It is a slow river, she said.", "slow", source.path)

    monkeypatch.setattr("tui.session.loader.read", read)
    monkeypatch.setattr("tui.app._PATIENCE", 0.01)
    yield event
    event.set()


def only_slow(make_app: MakeApp) -> OnrecordApp:
    """Return the app on nothing but a slow file."""
    app = make_app()
    app.session.entries.clear()
    app.session.record = None
    app.session.add([SLOW])
    return type(app)(app.session, resume_points=app.resume_points)


def shown(app: OnrecordApp) -> str:
    """Return the id of the open article."""
    return app.session.record.id if app.session.record else ""


async def until(done: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(1000):
        if done():
            return
        await asyncio.sleep(0.02)
    pytest.fail("what was waited for has not come")


async def test_the_first_article_comes_when_it_is_read(make_app: MakeApp, readable: threading.Event) -> None:
    app = only_slow(make_app)
    async with app.run_test(size=(120, 40)):
        await until(lambda: "Reading the article" in app.get_default_screen().query_one(ClaimList).placeholder)
        assert app.has_article
        assert not shown(app)
        readable.set()
        await until(lambda: shown(app) == "slow")


async def test_the_app_ends_while_its_first_article_is_being_read(make_app: MakeApp, readable: threading.Event) -> None:
    app = only_slow(make_app)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "q")
        await until(lambda: not app.is_running)
    assert not readable.is_set()


async def test_the_app_ends_while_another_article_is_being_read(make_app: MakeApp, readable: threading.Event) -> None:
    app = make_app(more=(SLOW,))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(">", "q")
        await until(lambda: not app.is_running)
    assert not readable.is_set()
    assert app.resume_points.get(app.session.store.path).article == "harbour"


async def test_keys_for_an_article_being_read_wait_for_it_however_long(
    make_app: MakeApp, readable: threading.Event, harbour_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.keys.queue._LOST", 1)
    monkeypatch.setattr("tui.keys.queue._TURN", 0.001)
    app = make_app(more=(SLOW,))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(">")
        for _ in range(5):
            app.post_message(_key("a"))
            await pilot.pause(0.02)
        assert app.session.record == harbour_record
        readable.set()
        await until(lambda: app.session.index == 1)
        assert app.session.entries[0].decided == 0


def _key(character: str) -> events.Key:
    return events.Key(character, character)
