"""Selecting a search match."""

from __future__ import annotations

import pytest

from annotate.model import Claim
from tui.app import OnrecordApp

from .sitting import MakeApp, press, record, review


def search(words: str) -> str:
    """Return the keys that search for words."""
    return " ".join(["/", *("space" if letter == " " else letter for letter in words), "enter"])


def selected(app: OnrecordApp) -> str:
    """Return the selected words, which are also those that look selected."""
    chosen = review(app).state.selection
    assert chosen is not None
    assert review(app).article.selection == chosen.span
    return record(app).words((chosen.span,))


def current(app: OnrecordApp) -> Claim:
    claim = review(app).state.claim
    assert claim is not None
    return claim


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rest", "rest"),
        ("ida moreno", "Ida Moreno"),
        ("the cables are tired", "The cables are tired"),
        ("by ana", "By Ana"),
        ("ridg", "ridg"),
        ("erry oper", "erry oper"),
        ("tired,", "tired,"),
        ("year by", "year\n\nBy"),
    ],
)
async def test_v_selects_the_whole_match(make_app: MakeApp, words: str, expected: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search(words)} v")
        assert selected(app) == expected


@pytest.mark.parametrize(
    ("key", "part"), [("c", "content"), ("r", "cue"), ("s 2", "source"), ("i", "addressee"), ("n", "content")]
)
async def test_parts_and_new_claims_are_made_of_the_whole_match(make_app: MakeApp, key: str, part: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('read more')} v {key}")
        assert record(app).words(getattr(current(app), part)) == "Read more"


async def test_fragments_and_dates_are_made_of_the_whole_match(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('12 may 2025')} v d")
        date = record(app).date_mention(current(app).date)
        assert date is not None
        assert date.value == "2025-05-12"
        await press(pilot, f"{search('read more')} v +")
        assert record(app).words(current(app).content).endswith(" … Read more")


async def test_v_selects_the_match_that_n_and_shift_n_went_to(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('moreno')} n v")
        first, second = review(app).state.matches
        assert (review(app).state.selection, selected(app)) == ((second, second), "Moreno")
        await press(pilot, "s n v")
        assert review(app).state.selection == (first, first), "also where the list had the focus before"
        await press(pilot, "escape N v")
        assert review(app).state.selection == (second, second)


async def test_the_selected_match_grows_and_shrinks_by_words(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('ferry oper')} v w")
        assert selected(app) == "Ferry operator Bluewater"
        await press(pilot, "b b")
        assert selected(app) == "Ferry"


async def test_a_match_that_was_selected_can_be_selected_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('ida moreno')} v escape tab v")
        assert selected(app) == "Ida Moreno"


@pytest.mark.parametrize("keys", ["escape", "/ ctrl+u enter", "/ escape"])
async def test_v_selects_a_word_after_the_search_has_ended(make_app: MakeApp, keys: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('ida moreno')} {keys} v")
        assert selected(app) == "Ida"


async def test_v_selects_a_word_where_the_cursor_was_moved_off_the_match(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('ida moreno')} w w v")
        assert selected(app) == ","
        await press(pilot, f"escape {search('ida moreno')} w v")
        assert selected(app) == "Moreno"


async def test_v_selects_the_first_word_of_the_claim_from_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"{search('ida moreno')} tab v")
        assert record(app).words(current(app).content).startswith(selected(app))
