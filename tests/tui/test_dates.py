"""Stepping through the article's dates, reading their meaning, and correcting it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widget import Widget

from annotate.model import Record
from tui.app import OnrecordApp

from .conftest import harbour
from .sitting import MakeApp, notices, press, record, review, top_line


def over_article(app: OnrecordApp) -> str:
    title = review(app).query_one("#text", Widget).border_title
    return "" if title is None else str(title).strip()


def value(shown: Record, date_id: str) -> str | None:
    date = shown.date_mention(date_id)
    return date.value if date else None


async def test_the_meaning_of_the_date_under_the_cursor_stands_over_the_article(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert over_article(app) == "Article"
        await press(pilot, ". .")
        assert over_article(app) == "Article · Monday = 2025-05-12 Mon"
        await press(pilot, "w")
        assert over_article(app) == "Article"


async def test_walking_ends_at_the_last_date_and_at_the_first(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, ". . .")
        last = review(app).article.cursor
        await press(pilot, ".")
        assert review(app).article.cursor == last
        await press(pilot, ", , , ,")
        assert record(app).text[review(app).article.cursor :].startswith("12 May 2025")


async def test_a_date_is_corrected_in_words_and_the_correction_undone(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, ". . =")
        await press(pilot, " ".join(["backspace"] * 10))
        await press(pilot, "l a s t space t u e s d a y enter")
        corrected = record(app).date_mention("d3")
        assert corrected is not None
        assert (corrected.value, corrected.status, corrected.origin) == ("2025-05-06", "accepted", "human:ana")
        assert over_article(app) == "Article · Monday = 2025-05-06 Tue"
        await press(pilot, "u")
        assert value(record(app), "d3") == "2025-05-12"


async def test_what_is_no_date_is_no_longer_one_and_no_claim_was_said_on_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, ". . = down enter")
        shown = record(app)
        assert [date.status for date in shown.dates] == ["suggested", "suggested", "rejected", "suggested"]
        assert {claim.date for claim in shown.claims} == {None}
        await press(pilot, "g . .")
        assert shown.text[review(app).article.cursor :].startswith("June")
        await press(pilot, ".")
        assert shown.text[review(app).article.cursor :].startswith("2019")


async def test_from_the_list_walking_begins_at_the_claim_and_the_claim_goes_with_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "j j .")
        assert record(app).text[review(app).article.cursor :].startswith("2019")
        assert review(app).state.claim_id == "c5", "the date is among its words"
        await press(pilot, "a tab g j j ,")
        assert record(app).text[review(app).article.cursor :].startswith("Monday")
        assert review(app).state.claim_id == "c3", "the date is among the words of no claim"
        await press(pilot, "tab G .")
        assert "no date after the claim" in notices(app)


@pytest.mark.parametrize("keys", ["=", "tab =", ". tab ="])
async def test_where_no_date_is_there_is_nothing_to_correct(make_app: MakeApp, keys: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert "goes to the next" in notices(app)


async def test_an_article_without_a_date_says_so_and_gets_one_by_key(make_app: MakeApp) -> None:
    undated = replace(harbour(), date=None)
    undated = replace(undated, dates=(replace(undated.dates[2], id="d3", value="XXXX-WXX-1"),), claims=())
    app = make_app(undated)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "no date: @" in top_line(app)
        await press(pilot, "@ 2 0 2 5 - 0 5 - 1 4 enter")
        assert value(record(app), "d3") == "2025-05-12"
        assert "no date" not in top_line(app)


async def test_a_date_without_a_year_is_shown_in_its_words(make_app: MakeApp) -> None:
    undated = replace(harbour(), date=None)
    undated = replace(undated, dates=(*undated.dates[:2], replace(undated.dates[2], value="XXXX-WXX-1")))
    claims = tuple(replace(claim, date="d3" if claim.date else None) for claim in undated.claims)
    app = make_app(replace(undated, claims=claims))
    async with app.run_test(size=(120, 40)):
        lines = ["".join(words for _, words in line).split() for line in review(app).claims._open]
        assert ["date", "Monday"] in lines


async def test_the_dates_in_what_was_said_are_listed_with_the_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)):
        lines = ["".join(words for _, words in line) for line in review(app).claims._open]
        assert any(line.split() == ["dates", "June", "=", "2025-06"] for line in lines)


async def test_a_missing_date_is_said_on_a_small_screen_and_not_before_the_article_is_read(make_app: MakeApp) -> None:
    undated = replace(harbour(), date=None)
    app = make_app(undated, replace(undated, id="unread", path="u.txt", blocks=(), claims=()))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "no date: @" in top_line(app)
        assert "claims decided" in top_line(app), "beside what was said before"
        await press(pilot, ">")
        assert record(app).id == "unread"
        assert "no date" not in top_line(app)
