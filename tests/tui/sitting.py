"""Helpers for tests that act as a person does: press keys, read lines."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from textual.pilot import Pilot

from annotate.model import Record
from annotate.spans import Span
from annotate.units import Reading, Units
from tui.app import OnrecordApp
from tui.screens.review.screen import ReviewScreen
from tui.session.engine_process import Answer, Label
from tui.widgets.bars import KeyBar, TopBar

MakeApp = Callable[..., OnrecordApp]


def answer(record: Record) -> Answer:
    """Return the engine process's answer for a labelled article."""
    line = orjson.dumps(record.to_dict())
    return Answer(record.id, Label(line, record.title, record.date, record.review.state, len(record.claims)))


def review(app: OnrecordApp) -> ReviewScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, ReviewScreen)
    return screen


def record(app: OnrecordApp) -> Record:
    found = app.session.record
    assert found is not None
    return found


def top_line(app: OnrecordApp) -> str:
    return review(app).query_one(TopBar).render().plain


def key_line(app: OnrecordApp) -> str:
    return app.screen.query_one(KeyBar).render().plain


def notices(app: OnrecordApp) -> str:
    return " ".join(str(notice.message) for notice in app._notifications)


def on_top(app: OnrecordApp) -> object:
    return app.screen


def units(text: str) -> Units:
    """Return the units that the engine could find in the harbour's article."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    clause, closing = span("The old harbour bridge will close in June"), span("takings on the quay fell by a third")
    return Units(
        Span(0, len(text)),
        phrases=(span("The old harbour bridge"), span("the city's chief engineer"), span("Rosa Lindqvist")),
        clauses=(clause, closing),
        readings=(Reading(clause, span("said"), span("the city's chief engineer")),),
    )


async def press(pilot: Pilot[int], keys: str) -> None:
    """Press keys, and wait for the threads that they start."""
    app = pilot.app
    for key in keys.split():
        await pilot.press(key)
        if list(app.workers):
            await app.workers.wait_for_complete()
    await pilot.pause()
