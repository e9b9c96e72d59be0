"""Questions over the review: choices, letters that filter, digits that pick."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input, OptionList, Static

from tests.tui.sitting import MakeApp, notices, on_top, press, record, review
from tui.screens.ask import AskScreen
from tui.session.saver import SaveState


@pytest.mark.parametrize(
    ("keys", "speaker"),
    [
        ("s 2", "Bluewater"),
        ("s A c h t enter", "Tom Achterberg"),
        ("s Z o e enter", "Zoe"),
        ("s 6", None),
        ("s escape", "Ida Moreno"),
    ],
)
async def test_the_speaker_is_picked_by_digit_by_letters_or_named_anew(
    make_app: MakeApp, keys: str, speaker: str | None
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        found = record(app).speaker(record(app).claim("c1").speaker)
        assert (found.name if found else None) == speaker


async def test_digits_in_a_date_are_digits(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "d 2 0 2 5 - 0 5 - 0 9 enter")
        date = record(app).date_mention(record(app).claim("c1").date)
        assert date is not None
        assert date.value == "2025-05-09"


async def test_an_article_gets_its_own_date_from_the_palette(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await review(app).act("article_date")
        await press(pilot, "backspace 9 enter")
        assert record(app).date == "2025-05-19"


async def test_layers_are_switched_without_closing_the_dialog(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        before = review(app).article.shown_layers
        await press(pilot, "h 1 2")
        assert isinstance(on_top(app), AskScreen)
        assert len(review(app).article.shown_layers) == len(before) - 2
        await press(pilot, "1 2 escape")
        assert review(app).article.shown_layers == before


async def test_keys_typed_ahead_of_a_line_are_its_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for key in ("slash", "a", "x", "q"):
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await pilot.pause()
        assert {c.status for c in record(app).claims} == {"suggested"}
        assert app.screen.query_one("FindBar Input", Input).value == "axq"


async def test_the_focus_stays_where_a_mode_or_a_dialog_needs_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "v tab w")
        assert review(app).article.has_focus
        await press(pilot, "escape s tab")
        assert isinstance(app.focused, Input)
        await pilot.click(OptionList, offset=(4, 1))
        await pilot.pause()
        assert record(app).claim("c1").speaker == "s2"


async def test_a_choice_s_list_follows_the_letters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "s r o s")
        shown = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert [line.strip().split("  ")[0] for line in shown] == ["“ros”", "Rosa Lindqvist"]


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("Moreno", "Ida Moreno"),  # begins a word of a name
        ("orenO", "orenO"),
        ("director", "director"),  # stands in a description only
        ("bluewater", "Bluewater"),
        ("union", "the traders' union"),
    ],
)
async def test_enter_takes_the_typed_name_unless_it_begins_a_word_of_a_known_one(
    make_app: MakeApp, typed: str, speaker: str
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "j j j j j s")
        app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
        found = record(app).speaker(record(app).claim("c6").speaker)
        assert found is not None
        assert found.name == speaker


async def test_words_that_mark_a_choice_are_not_called_wrong(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f a c c e p")
        assert str(app.screen.query_one(".verdict", Static).content) == ""
        await press(pilot, "z z z")
        assert "no claim has these words" in str(app.screen.query_one(".verdict", Static).content)


async def test_only_a_question_with_words_to_type_has_a_line(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "h")
        assert not app.screen.query(Input)
        await press(pilot, "z escape f")
        assert app.screen.query(Input)


async def test_a_speaker_is_renamed_in_all_claims_at_once(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "S s enter")
        shown = record(app)
        names = [speaker.name for claim in shown.claims if (speaker := shown.speaker(claim.speaker))]
        assert names[:2] == ["Ida Morenos", "Ida Morenos"]
        await press(pilot, "u")
        assert record(app).speakers[0].name == "Ida Moreno"


@pytest.mark.parametrize(
    ("keys", "says"),
    [("S ctrl+u enter", "a name is needed"), ("d ctrl+u s o o n i s h enter", "not a date")],
)
async def test_what_a_line_does_not_take_it_says_why(make_app: MakeApp, keys: str, says: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, keys)
        assert isinstance(on_top(app), AskScreen)
        assert says in str(app.screen.query_one(".verdict", Static).content)


async def test_what_is_decided_after_a_search_is_the_claim_that_was_found(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "/ p r o m i s e d enter")
        assert review(app).state.claim_id == "c6"
        assert notices(app) == "match 1 of 1, in claim 6"
        await press(pilot, "x")
        assert [claim.id for claim in record(app).claims if claim.status == "rejected"] == ["c6"]


async def test_a_match_in_no_claim_says_what_would_be_decided(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "j / t e n space b r i d g e s enter")
        assert notices(app) == "match 1 of 1, in no listed claim: a/x still decide claim 2"


async def test_a_search_that_is_given_up_leaves_the_claim_current(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "/ p r o m i s e d escape")
        assert review(app).state.claim_id == "c1"


async def test_a_search_for_nothing_ends_without_a_word(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "/ enter")
        assert not isinstance(app.focused, Input)
        assert notices(app) == ""
        await press(pilot, "/ z z enter")
        assert isinstance(app.focused, Input)
        assert "not in the article" in notices(app)


async def test_what_changes_below_a_dialog_shows_through(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "s")
        await pilot.pause()
        assert "14:02:11" in app.export_screenshot()
        app.session.save = SaveState("saved", "15:00:00")
        review(app).show_bars()
        await pilot.pause()
        assert "15:00:00" in app.export_screenshot()
