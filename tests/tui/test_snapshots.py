"""Pictures of every screen and of the main states, compared with those that a person has looked at.

`pytest tests/tui/test_snapshots.py --snapshot-update` accepts what has changed, the README's picture included.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotate.config import Config
from annotate.model import Record
from tui.app import OnrecordApp
from tui.session.engine_process import Progress
from tui.session.events import News
from tui.session.saver import SaveState

MakeApp = Callable[..., OnrecordApp]
SnapCompare = Callable[..., bool]

FULL = SaveState("unsaved", "", "annotations.json could not be saved: No space left on device: make room on the disk")
NARROW, WIDE, LARGE = (80, 24), (120, 40), (200, 50)
PICTURE = Path(__file__).parents[2] / "docs" / "screenshot.svg"


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let everything in a history happen at one time, in the same time zone everywhere."""
    monkeypatch.setattr("annotate.store.store.now", lambda: "2031-03-02T14:05:00Z")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@dataclass(frozen=True)
class Shot:
    """Keys that lead to a state, and news that come after them."""

    keys: str = ""
    news: tuple[News, ...] = ()
    theme: str | None = None
    first_run: bool = False
    unlabelled: bool = False


SHOTS: dict[str, Shot] = {
    "review": Shot("a x"),
    "article_pane": Shot("j tab )"),
    "article_done": Shot("a x a a a a"),
    "filtered": Shot("a x f 2"),
    "selecting": Shot("j v w w w"),
    "marked": Shot("j V j j"),
    "accept_all": Shot("x A"),
    "new_claim": Shot("n ) n"),
    "parts": Shot("j j j p p p"),
    "prefix": Shot("1 2 '"),
    "labels": Shot("' '"),
    "choose_source": Shot("a x c s"),
    "find_bar": Shot("/ f e r r y"),
    "matches": Shot("/ f e r r y enter n"),
    "form": Shot("j e"),
    "form_date": Shot("j e tab tab"),
    "form_wrong_date": Shot("j j e tab tab s o o n i s h"),
    "speaker": Shot("j s"),
    "speaker_new": Shot("j s M o r e"),
    "recent_speakers": Shot("s 2 escape j s 4 escape j ;"),
    "history": Shot("s 3 escape a k z o d o u b t enter u i"),
    "date": Shot("j d"),
    "date_typed": Shot("j j d l a s t space F r i d a y"),
    "date_under_cursor": Shot(". ."),
    "date_corrected": Shot(". . = l a s t space t u e"),
    "note": Shot("o c h e c k space t h e space d a t e"),
    "note_lines": Shot("o o n e ctrl+j t w o"),
    "noted": Shot("o o n e ctrl+j t w o enter"),
    "filter": Shot("f"),
    "layers": Shot("h 1 3"),
    "copy_as": Shot("Y"),
    "guidelines": Shot("l"),
    "help": Shot("?"),
    "help_signs": Shot("? end"),
    "help_selecting": Shot("v ?"),
    "palette": Shot(": c o p y"),
    "library": Shot("a > < L"),
    "library_filter": Shot("L / s i l"),
    "speakers": Shot("W j"),
    "speakers_merge": Shot("W m j"),
    "speakers_name": Shot("W m enter j m"),
    "welcome": Shot(first_run=True),
    "engine_reading": Shot(unlabelled=True, news=(Progress("reading", "second"),)),
    "engine_failed": Shot(unlabelled=True, news=(Progress("failed", "the model is not installed"),)),
    "not_saved": Shot("a", news=(FULL,)),
    "quit_question": Shot("a not-saved q"),
    "refused": Shot("u"),
    "light": Shot("a x", theme="textual-light"),
    "ansi": Shot("a x", theme="ansi-dark"),
}


def steps(shot: Shot) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Return what leads to the state."""

    async def run(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, OnrecordApp)
        for key in shot.keys.split():
            if key == "not-saved":
                app.session.hear(FULL)
                await pilot.pause()
            else:
                await pilot.press(key)
            if list(app.workers):
                await app.workers.wait_for_complete()
        for news in shot.news:
            app.session.hear(news)
        for _ in range(3):  # news become notices, and notices widgets
            await pilot.pause()

    return run


def app_of(shot: Shot, make_app: MakeApp, articles: tuple[Record, ...]) -> OnrecordApp:
    records = articles[1:] if shot.unlabelled else articles
    return make_app(*records, settings=Config(theme=shot.theme), first_run=shot.first_run)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SHOTS)
def test_screen(
    name: str, size: tuple[int, int], make_app: MakeApp, articles: tuple[Record, ...], snap_compare: SnapCompare
) -> None:
    shot = SHOTS[name]
    assert snap_compare(app_of(shot, make_app, articles), run_before=steps(shot), terminal_size=size)


@pytest.mark.parametrize("name", ["review", "form", "library"])
def test_large_screen(name: str, make_app: MakeApp, articles: tuple[Record, ...], snap_compare: SnapCompare) -> None:
    shot = SHOTS[name]
    assert snap_compare(app_of(shot, make_app, articles), run_before=steps(shot), terminal_size=LARGE)


def test_screen_without_colour(
    make_app: MakeApp, articles: tuple[Record, ...], snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shot = SHOTS["review"]
    assert snap_compare(app_of(shot, make_app, articles), run_before=steps(shot), terminal_size=NARROW)


async def test_the_picture_in_the_readme_shows_this_app(
    make_app: MakeApp, articles: tuple[Record, ...], request: pytest.FixtureRequest
) -> None:
    app = app_of(SHOTS["choose_source"], make_app, articles)
    async with app.run_test(size=(110, 30)) as pilot:
        await steps(SHOTS["choose_source"])(pilot)
        picture = app.export_screenshot(title="onrecord harbour.txt")
    if request.config.getoption("--snapshot-update"):
        PICTURE.write_text(picture, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == picture, "run: pytest tests/tui/test_snapshots.py --snapshot-update"
