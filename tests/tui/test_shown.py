"""Texts of the bars, the keys and the notices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotate.config import Config
from annotate.model import Record, Review
from tui.widgets.bars import KeyBar
from tui.widgets.row_list import RowList

from .sitting import MakeApp, key_line, notices, press, record, review, top_line


async def test_the_key_bar_follows_pane_and_mode(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert "a accept" in key_line(app)
        await press(pilot, "v")
        assert "selecting" in key_line(app)
        assert "c content" in key_line(app)
        assert "a accept" not in key_line(app)
        await press(pilot, "escape e")
        assert "tab save, next field" in key_line(app)


async def test_a_click_on_the_key_bar_does_what_the_key_does(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.click(KeyBar, offset=(3, 0))
        await pilot.pause()
        assert record(app).claim("c1").status == "accepted"


async def test_foreign_text_harms_no_screen(make_app: MakeApp) -> None:
    evil = "[/foo] [red]\x1b[31m \u202e “x” she said."
    app = make_app(Record("evil", evil, title=evil, path=f"{evil}.txt", review=Review("suggested")))
    async with app.run_test() as pilot:
        for keys in (
            "v w w n",
            "s [ / f o o ] enter",
            "o [ / b ] enter",
            "f [ / escape",
            "e escape",
            "L escape",
            "?",
            "q",
            "Y 1",
        ):
            await press(pilot, keys)
        assert record(app).claims
        assert "\x1b" not in top_line(app)
        assert "\u202e" not in top_line(app)


async def test_a_person_s_own_keys_work_and_are_shown(make_app: MakeApp) -> None:
    app = make_app(settings=Config(keys={"accept": ("K",)}))
    async with app.run_test() as pilot:
        assert "K accept" in key_line(app)
        await press(pilot, "a")
        assert record(app).claim("c1").status == "suggested"
        await press(pilot, "K")
        assert record(app).claim("c1").status == "accepted"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Config(keys={"accept": ("x",)}), "both accept and reject"),
        (Config(theme="nonesuch"), "unknown theme 'nonesuch'"),
        (Config(keys={"accept": ("entr",)}), "there is no key 'entr' for accept; did you mean enter?"),
    ],
)
async def test_settings_that_cannot_be_are_named(make_app: MakeApp, settings: Config, said: str) -> None:
    app = make_app(settings=settings)
    async with app.run_test():
        assert said in notices(app)


async def test_a_newer_notice_takes_the_place_of_one_still_on_its_way(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        review(app).say("older")
        review(app).say("newer")
        await pilot.pause()
        assert notices(app) == "newer"


async def test_a_notice_is_in_the_key_bar_and_goes_with_the_next_key(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        keys = key_line(app)
        await press(pilot, "u")
        await pilot.pause()
        assert key_line(app) == " ! nothing to undo"
        assert not app.screen.query("Toast")
        await press(pilot, "j")
        assert not notices(app)
        assert key_line(app) == keys


async def test_a_notice_that_is_over_leaves_the_key_bar(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        keys = key_line(app)
        app.notify("a moment only", timeout=1, markup=False)
        await pilot.pause()
        assert "a moment only" in key_line(app)
        await pilot.pause(1.1)
        assert key_line(app) == keys


async def test_a_notice_too_long_for_the_key_bar_lies_over_it_and_goes_with_the_next_key(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 24), notifications=True) as pilot:
        review(app).refuse("a long reason, " * 4)
        await pilot.pause(0.05)
        await pilot.pause()
        assert app.screen.query_one("Toast").region.bottom == review(app).query_one(KeyBar).region.bottom
        await press(pilot, "j")
        assert not notices(app)
        assert not app.screen.query("Toast")


async def test_a_notice_outlives_the_screen_it_was_given_on(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "L")
        app.notify("still to be read", markup=False)
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert "still to be read" in key_line(app)


async def test_the_library_shows_the_name_of_a_file_that_is_far_down(make_app: MakeApp) -> None:
    path = "/home/ana/a/long/way/down/to/the/press/archive/of/2026/march/rain.txt"
    app = make_app(Record("rain", "Rain is likely.", path=path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "L")
        assert "rain.txt  …/press/archive/of/2026/march " in app.screen.query_one(RowList).render_line(0).text


async def test_the_first_screen_and_the_help_say_what_the_marks_before_claims_mean(make_app: MakeApp) -> None:
    app = make_app(first_run=True)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "~  suggested, but the engine is less than 60% sure" in shown
        assert "?  help: keys, words, signs" in shown
        await press(pilot, "space ? end")
        await pilot.wait_for_animation()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "~  suggested, but the engine is less than 60% sure" in shown


async def test_names_come_first_on_a_small_screen(make_app: MakeApp, harbour_record: Record) -> None:
    articles = tuple(replace(harbour_record, id=f"h{n}", path=f"h{n}.txt") for n in range(20))
    app = make_app(*articles)
    async with app.run_test(size=(40, 12)) as pilot:
        claims = review(app).claims
        await pilot.pause()  # until the panes stand one above the other
        assert claims.render_line(0).text.split()[2:4] == ["Ida", "Moreno"]
        await press(pilot, "j")
        assert "Ida Moreno  " in claims.render_line(0).text
        await press(pilot, "L")
        rows = app.screen.query_one(RowList)
        assert "Harbour" in rows.render_line(1).text
        assert rows.render_line(1).text.endswith(" 0/6")
        assert rows.render_line(1).cell_length == rows.scrollable_content_region.width == 39
        await press(pilot, "O")
        assert "Harbour" in rows.render_line(1).text


async def test_titles_stand_apart_from_their_lines(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)):
        bar = app.screen._compositor.render_strips()[1].text
        assert "─ Article ──" in bar
        assert "── ━ Claims ━━" in bar


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("L ? end", ("○ to review  read", "15% may be wrong  the engine's estimate", "A reads all")),
        ("W ? end", ("~  possible duplicate", "+  the speaker that you", "2 unread  articles", "A reads all")),
    ],
)
async def test_the_help_of_a_list_says_what_its_signs_mean(make_app: MakeApp, keys: str, said: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, keys)
        await pilot.wait_for_animation()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert [words for words in said if words not in shown] == []
