"""The list of all articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from annotate import edit
from annotate.changes import apply
from annotate.edit import Actor
from annotate.errors import StoreError
from annotate.model import Record
from tests.tui.sitting import MakeApp, notices, on_top, press
from tui.screens.library import LibraryScreen
from tui.session.library import ArticleEntry
from tui.widgets.bars import TopBar


def shown(screen: LibraryScreen) -> list[str]:
    """Return the names of the articles in the list."""
    return [entry.name for _, entry in screen.rows]


async def eventually(pilot: Pilot[int], screen: LibraryScreen, names: Sequence[str]) -> None:
    for _ in range(200):
        if shown(screen) == names:
            return
        await pilot.pause(0.02)
    assert shown(screen) == names


async def test_articles_are_found_by_words_of_their_titles_and_texts(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    app = make_app(
        *articles, Record("bank-rates", "The bank said that Quillon would sell its mill.", title="Rates rise")
    )
    async with app.run_test() as pilot:
        await press(pilot, "L")
        screen = on_top(app)
        assert isinstance(screen, LibraryScreen)
        everything = shown(screen)
        await press(pilot, "/ q u i l l o n")
        await eventually(pilot, screen, ["Rates rise"])
        await press(pilot, "ctrl+u Q U I")
        await eventually(pilot, screen, [])
        await press(pilot, "ctrl+u R i s e")
        assert shown(screen) == ["Rates rise"], "titles are looked at at once"
        await press(pilot, "ctrl+u r a t e s")
        assert shown(screen) == ["Rates rise"]
        await press(pilot, "ctrl+u b a n k - r a t e")
        await eventually(pilot, screen, ["Rates rise"])
        await press(pilot, "escape")
        assert shown(screen) == everything
        await press(pilot, "/ q u i l l escape")
        await pilot.pause(0.3)
        assert shown(screen) == everything, "what was being looked for counts no more"


async def test_the_articles_the_engine_is_least_sure_of_come_first(make_app: MakeApp, harbour_record: Record) -> None:
    def with_confidence(id_: str, confidence: float) -> Record:
        claims = tuple(replace(claim, confidence=confidence, speaker=None) for claim in harbour_record.claims)
        return replace(harbour_record, id=id_, title=id_, path=None, claims=claims)

    app = make_app(with_confidence("sure", 0.98), with_confidence("unsure", 0.55), with_confidence("hopeless", 0.05))
    async with app.run_test() as pilot:
        await press(pilot, "L O")
        screen = on_top(app)
        assert isinstance(screen, LibraryScreen)
        assert shown(screen) == ["unsure", "hopeless", "sure"]
        assert "45% may be wrong" in screen.line(screen.rows[0], 80, marked=False)
        await press(pilot, "enter")
        assert app.session.record is not None
        assert app.session.record.id == "unsure", "the first is marked"
        await press(pilot, "a a a a a a L")
        screen = on_top(app)
        assert isinstance(screen, LibraryScreen)
        assert shown(screen) == ["hopeless", "sure", "unsure"], "there is nothing more to learn from it"


def test_doubt_follows_changes(harbour_record: Record) -> None:
    entry = ArticleEntry("Harbour", None).counted(harbour_record)
    actor = Actor("human:ana", "2026-01-31T09:00:00Z")
    for change in (
        edit.decide(harbour_record, "c1", "accepted", actor),
        edit.delete(harbour_record, "c2", actor),
        edit.set_fields(harbour_record, "c3", actor, note="x"),
        edit.move_edge(harbour_record, "c3", "content", 0, "end", -1, actor),
    ):
        assert change is not None
        changed = entry.changed(change)
        counted = entry.counted(apply(harbour_record, change))
        assert changed.doubt == pytest.approx(counted.doubt)
        assert 0 < changed.unsure <= 0.5


async def test_the_list_is_opened_again_as_it_was_left(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    more = [Record(name, "The mill of Quillon.", title=name) for name in ("Quarry", "Quartz", "Mill")]
    app = make_app(*articles, *more)
    async with app.run_test() as pilot:
        await press(pilot, "L f / q u a r enter j enter L")
        screen = on_top(app)
        assert isinstance(screen, LibraryScreen)
        await eventually(pilot, screen, ["Quarry", "Quartz"])
        assert screen.at == 1
        assert "unfinished" in screen.query_one(TopBar).render().plain
        await press(pilot, "/ ctrl+u m i l l")
        await eventually(pilot, screen, ["Quarry", "Quartz", "Mill"])
        await press(pilot, "enter G enter L")
        screen = on_top(app)
        assert isinstance(screen, LibraryScreen)
        await eventually(pilot, screen, ["Quarry", "Quartz", "Mill"])
        assert screen.at == 2


async def test_what_cannot_be_saved_of_all_that_is_read_is_said(
    make_app: MakeApp, articles: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(*articles)

    def fails() -> None:
        raise StoreError("the disk is full", "make room")

    monkeypatch.setattr(app.session, "read_all", fails)
    async with app.run_test() as pilot:
        await press(pilot, "L A")
        for _ in range(50):
            if "the disk is full" in notices(app):
                break
            await pilot.pause(0.02)
        assert "the disk is full" in notices(app)


@pytest.mark.parametrize("key", ["space", "j", "k", "g", "G", "pageup", "pagedown", "enter"])
async def test_keys_that_move_do_no_harm_in_a_list_without_rows(
    make_app: MakeApp, harbour_record: Record, key: str
) -> None:
    app = make_app(harbour_record)
    async with app.run_test() as pilot:
        for screen in ("L", "W"):
            await press(pilot, f"{screen} / z z z enter")
            await press(pilot, key)
            await press(pilot, "escape escape")
    assert app.return_code in (0, None)
