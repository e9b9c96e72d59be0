"""What a person goes through: deciding, editing, selecting, undoing, leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static
from tinydb import TinyDB

from annotate.config import Config
from annotate.errors import ReadError, SaveError
from annotate.model import Record, Review
from tui.app import OnrecordApp
from tui.saver import SaveState
from tui.screens.ask import AskScreen
from tui.screens.form import ClaimForm
from tui.screens.review import ReviewScreen
from tui.screens.welcome import WelcomeScreen
from tui.service import Answer, Progress
from tui.widgets.bars import KeyBar, TopBar

MakeApp = Callable[..., OnrecordApp]


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


async def press(pilot: Pilot[int], keys: str) -> None:
    """Press keys, and wait for what they set going on threads."""
    app = pilot.app
    for key in keys.split():
        await pilot.press(key)
        if list(app.workers):
            await app.workers.wait_for_complete()
    await pilot.pause()


# ---------------------------------------------------------------------- deciding and saving


async def test_what_is_decided_is_in_the_file_when_the_app_has_ended(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a x q")
    with TinyDB(app.session.store.path) as saved:
        status = {claim["id"]: claim["status"] for claim in saved.table("claims")}
    assert (status["c1"], status["c2"], status["c3"]) == ("accepted", "rejected", "suggested")
    assert app.return_code in (0, None)


async def test_deciding_the_last_undecided_claim_makes_the_article_done(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a a a a a a")
        assert record(app).review.state == "done"
        assert "the article is done" in notices(app)
        assert "6/6 claims decided" in top_line(app)
        await press(pilot, "u")
        assert record(app).review.state != "done"
        assert record(app).claim("c6").status == "suggested"


async def test_accepting_in_a_filtered_list_goes_on_to_the_next_one_listed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f u n d e c enter a")
        assert review(app).claim_id == "c2"
        assert review(app).listed == ["c2", "c3", "c4", "c5", "c6"]
        await press(pilot, "escape")
        assert len(review(app).listed) == 6


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("u", "nothing to undo"),
        ("U", "nothing to redo"),
        ("G j", "this is the last claim"),
        ("k", "this is the first claim"),
        ("z", "undecided already"),
        (">", "this is the last article"),
        ("G m", "none to merge"),
        ("M", "put the cursor inside"),
        ("R", "the engine is ready"),
        ("a a a a a a space", "nothing is undecided"),
        ("/ z z enter", "not in the article"),
        ("Y 5", "nothing to copy"),
    ],
)
async def test_what_is_refused_says_why(make_app: MakeApp, keys: str, said: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert said in notices(app)


async def test_undo_goes_back_to_the_article_and_the_claim_it_was_in(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "j j a > u")
        assert record(app).id == "harbour"
        assert review(app).claim_id == "c3"
        assert record(app).claim("c3").status == "suggested"
        assert "undid: accept" in notices(app)


async def test_undo_reaches_over_a_restart(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a x q")
    again = make_app(path=app.session.store.path)
    async with again.run_test() as pilot:
        await press(pilot, "u u")
        assert {c.status for c in record(again).claims} == {"suggested"}


# ---------------------------------------------------------------------- suggestions


async def test_suggestions_arrive_without_moving_anything(make_app: MakeApp, harbour_record: Record) -> None:
    few = replace(harbour_record, claims=harbour_record.claims[2:4])
    app = make_app(few)
    async with app.run_test() as pilot:
        await press(pilot, "j")
        assert review(app).claim_id == "c4"
        app.session.hear(Answer("harbour", harbour_record))
        await pilot.pause()
        assert len(review(app).listed) == 6
        assert review(app).claim is not None
        assert record(app).words(review(app).claim.content).startswith("that “nobody")  # type: ignore[union-attr] # just asserted


async def test_the_engine_s_state_is_said_and_a_failure_can_be_retried(make_app: MakeApp) -> None:
    app = make_app(Record("new", "Rain is likely, she said."))
    async with app.run_test() as pilot:
        app.session.hear(Progress("starting"))
        await pilot.pause()
        assert "engine starting" in top_line(app)
        app.session.hear(Progress("failed", "no model"))
        await pilot.pause()
        assert "engine failed, R retries" in top_line(app)
        assert review(app).claims.placeholder == "The engine failed; R starts it again."
        assert "The engine failed" in review(app).claims.render_line(1).text


# ---------------------------------------------------------------------- editing


async def test_a_field_is_saved_when_it_is_left_and_escape_restores_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e X tab")
        assert record(app).speaker(record(app).claim("c1").speaker).name == "Ida MorenoX"  # type: ignore[union-attr] # there is one
        await press(pilot, "shift+tab Y escape")
        assert review(app).query_one("#field-speaker Input", Input).value == "Ida MorenoX"
        await press(pilot, "escape")
        assert app.focused is review(app).claims
        await press(pilot, "u")
        assert record(app).claim("c1").speaker == "s1"


async def test_a_date_says_at_once_what_it_resolves_to_and_a_wrong_one_is_not_saved(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j j e tab tab")
        form = review(app).query_one(ClaimForm)
        beside = form.query_one("#field-date .verdict", Static)
        form.query_one("#field-date Input", Input).value = "2025-05-09"
        await pilot.pause()
        assert "2025-05-09 Fri" in str(beside.content)
        form.query_one("#field-date Input", Input).value = "qqq"
        await press(pilot, "tab")
        assert "not a date" in str(beside.content)
        assert form.typing_in is not None
        assert form.typing_in.name == "date"
        assert record(app).claim("c3").date is None


async def test_letters_and_digits_typed_in_a_field_are_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e tab tab tab tab a x 1 2 q ? : [ ] u enter")
        assert record(app).claim("c1").note == "ax12q?:[]u"
        assert record(app).claim("c1").status == "suggested"


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


async def test_the_brackets_move_the_part_that_was_chosen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "p p [")
        assert record(app).words(record(app).claim("c1").source) == "the city's chief"
        await press(pilot, "p ]")
        date = record(app).date_mention(record(app).claim("c1").date)
        assert date is not None
        assert date.span is not None
        assert record(app).words((date.span,)) == "Monday."


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


async def test_a_click_makes_a_claim_current_and_dragging_selects(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("ClaimList", offset=(8, 9))
        await pilot.pause()
        assert review(app).claim_id == "c4"
        await pilot.mouse_down("ArticleView", offset=(5, 0))
        await pilot.hover("ArticleView", offset=(20, 0))
        await pilot.mouse_up("ArticleView", offset=(20, 0))
        await pilot.pause()
        assert review(app).mode == "selecting"
        await press(pilot, "n")
        assert record(app).words(record(app).claim("c7").content).startswith("Harbour bridge")


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


# ---------------------------------------------------------------------- coming and going


async def test_the_six_keys_are_shown_once(make_app: MakeApp) -> None:
    app = make_app(first_run=True)
    async with app.run_test() as pilot:
        assert isinstance(on_top(app), WelcomeScreen)
        await press(pilot, "a")
        assert on_top(app) is review(app)
        assert record(app).claim("c1").status == "suggested"
        assert not app.places.first_run


async def test_the_person_comes_back_to_the_claim_that_was_left(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "> < j j j q")
    again = make_app(path=app.session.store.path)
    async with again.run_test():
        assert review(again).claim_id == "c4"


async def test_quitting_asks_when_a_save_failed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.session.hear(SaveState("unsaved", "14:02:11", "the disk is full"))
        await pilot.pause()
        assert "NOT SAVED: the disk" in top_line(app)
        await press(pilot, "q")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "1")
        assert on_top(app) is review(app)
        await press(pilot, "q 2")
    assert app.return_code == 1


async def test_a_save_that_fails_on_leaving_asks_too(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    def full() -> None:
        raise SaveError("the disk is full")

    async with app.run_test() as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(app.session.store, "sync", full)
            await press(pilot, "a q")
            assert isinstance(on_top(app), AskScreen)
            await press(pilot, "2")
    assert app.return_code == 1


async def test_an_input_that_cannot_be_read_is_named_and_the_others_open(make_app: MakeApp) -> None:
    app = make_app(more=(ReadError("broken.txt is empty"),))
    async with app.run_test() as pilot:
        assert "broken.txt is empty" in notices(app)
        assert record(app).id == "harbour"
        await press(pilot, "L j enter")
        assert "broken.txt is empty" in notices(app)


# ---------------------------------------------------------------------- what is shown


async def test_the_key_bar_follows_pane_and_mode(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert "a accept" in key_line(app)
        await press(pilot, "v")
        assert "selecting" in key_line(app)
        assert "c content" in key_line(app)
        assert "a accept" not in key_line(app)
        await press(pilot, "escape e")
        assert "tab next field" in key_line(app)


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
    [(Config(keys={"accept": ("x",)}), "both accept and reject"), (Config(theme="nonesuch"), "no theme 'nonesuch'")],
)
async def test_settings_that_cannot_be_are_named(make_app: MakeApp, settings: Config, said: str) -> None:
    app = make_app(settings=settings)
    async with app.run_test():
        assert said in notices(app)


async def test_a_choice_s_list_follows_the_letters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "s r o s")
        shown = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert [line.strip().split("  ")[0] for line in shown] == ["Rosa Lindqvist", "“ros”"]


# ---------------------------------------------------------------------- where an edit leaves the person


async def test_undoing_a_merge_keeps_the_claim_and_the_filter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f u n d e c enter m u")
        assert review(app).claim_id == "c1"
        assert review(app).filter.name == "undecided"


async def test_undoing_a_merge_goes_back_to_the_claim_that_was_merged_into(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "m G u")
        assert review(app).claim_id == "c1"


async def test_merging_under_a_filter_takes_the_next_claim_listed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a j a f a c c e p enter g m")
        kept = record(app)
        assert kept.claim("c3").deleted
        assert not kept.claim("c2").deleted


async def test_marking_an_article_done_says_only_that(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a D")
        assert notices(app) == "the article is done"


async def test_a_newer_notice_takes_the_place_of_one_still_on_its_way(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        review(app).say("older")
        review(app).say("newer")
        await pilot.pause()
        assert notices(app) == "newer"


async def test_a_cursor_that_is_not_seen_splits_nothing(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        review(app).article.cursor_to(harbour_record.text.index("bridge will"))
        await press(pilot, "M")
        assert "put the cursor inside" in notices(app)
        await press(pilot, "tab M")
        assert record(app).words(record(app).claim("c1").content) == "The old harbour"


async def test_words_that_are_no_date_are_said_to_be_none(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "v w d")
        assert "“The old” is no date that can be resolved" in notices(app)


async def test_a_field_that_could_not_be_saved_shows_what_is_saved(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()

    def refuse(_change: object) -> bool:
        raise SaveError("opened to read only")

    monkeypatch.setattr(app.session, "do", refuse)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e X tab")
        assert "opened to read only" in notices(app)
        assert review(app).query_one("#field-speaker Input", Input).value == "Ida Moreno"


async def test_restoring_a_field_puts_the_cursor_at_its_end(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e home X escape")
        line = review(app).query_one("#field-speaker Input", Input)
        assert (line.value, line.cursor_position) == ("Ida Moreno", len("Ida Moreno"))


async def test_words_that_mark_a_choice_are_not_called_wrong(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f a c c e p")
        assert str(app.screen.query_one(".verdict", Static).content) == ""
        await press(pilot, "z z z")
        assert "no claim has these words" in str(app.screen.query_one(".verdict", Static).content)


@pytest.mark.parametrize(("steps", "part"), [(1, "cue"), (2, "source"), (3, "date")])
async def test_delete_after_p_removes_the_chosen_part_and_leaves_the_claim(
    make_app: MakeApp, steps: int, part: str
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g" + " p" * steps)
        claim = review(app).claim
        assert claim is not None
        assert getattr(claim, part)
        await press(pilot, "delete")
        after = record(app).claim(claim.id)
        assert not getattr(after, part)
        assert not after.deleted
        await press(pilot, "u")
        assert record(app).claim(claim.id) == claim
