"""The list of all articles."""

from __future__ import annotations

from collections.abc import Sequence

from textual.pilot import Pilot

from annotate.model import Record
from tui.screens.library import LibraryScreen

from .sitting import MakeApp, on_top, press


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
    app = make_app(*articles, Record("rates", "The bank said that Quillon would sell its mill.", title="Rates rise"))
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
        await press(pilot, "escape")
        assert shown(screen) == everything
        await press(pilot, "/ q u i l l escape")
        await pilot.pause(0.3)
        assert shown(screen) == everything, "what was being looked for counts no more"
