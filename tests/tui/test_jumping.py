"""Counts, keys in sequence, and jumps to labels."""

from __future__ import annotations

import pytest

from annotate.model import Record
from tests.tui.sitting import MakeApp, key_line, notices, press, record, review
from tui.keys.keymap import rebound
from tui.screens.help import HelpScreen


def at_cursor(article: Record, offset: int) -> str:
    return article.text[offset : offset + 30]


@pytest.mark.parametrize(
    ("keys", "claim"),
    [
        ("3 j", "c4"),
        ("j j j 2 k", "c2"),
        ("9 9 j", "c6"),
        ("5 G", "c5"),
        ("tab 4 G", "c4"),
        ("2 escape j", "c2"),
        ("0 j", "c2"),
    ],
)
async def test_digits_before_a_motion_count(make_app: MakeApp, keys: str, claim: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert review(app).state.claim_id == claim


async def test_a_number_that_no_claim_has_is_refused(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "j 5 7 G")
        assert notices(app) == "there is no claim 57: the last is 6"
        assert review(app).state.claim_id == "c2"


async def test_a_hidden_claim_is_shown_by_its_number(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f B l u e enter 6 G")
        assert review(app).state.claim_id == "c6"


async def test_words_and_sentences_are_counted_also_while_selecting(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "v 3 w")
        selection = review(app).state.selection
        assert selection is not None
        assert harbour_record.text[slice(*selection.span)] == "The old harbour bridge"
        await press(pilot, "2 b")
        selection = review(app).state.selection
        assert selection is not None
        assert harbour_record.text[slice(*selection.span)] == "The old"


async def test_digits_are_typed_where_words_are_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "/ 2 0 1 9 enter")
        assert "match 1 of 1" in notices(app)


async def test_the_key_bar_shows_the_count_and_the_keys_after_a_prefix(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "1 2")
        assert key_line(app).startswith(" 12 ")
        await press(pilot, "'")
        assert key_line(app).startswith(" 12' ")
        assert "s speaker" in key_line(app)
        assert "' labels" in key_line(app)
        await press(pilot, "escape")
        assert "accept" in key_line(app)


async def test_a_key_that_continues_nothing_is_named_and_does_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "' a")
        assert notices(app) == "'a does nothing here"
        undecided = record(app).claims[0].status
        await press(pilot, "a")
        assert (undecided, record(app).claims[0].status) == ("suggested", "accepted")


async def test_a_label_takes_the_cursor_there(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "' '")
        found = {at_cursor(harbour_record, label.offset): label.text for label in review(app).state.labels}
        label = next(text for words, text in found.items() if words.startswith("Tom Achterberg"))
        await press(pilot, " ".join(label))
        assert review(app).state.mode == "reviewing"
        assert app.focused is review(app).article
        assert at_cursor(harbour_record, review(app).article.cursor).startswith("Tom Achterberg")


async def test_labels_are_drawn_over_the_text_and_removed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        article = review(app).article
        before = [article.render_line(y).text for y in range(article.size.height)]
        await press(pilot, "' '")
        labelled = [article.render_line(y).text for y in range(article.size.height)]
        assert labelled != before
        assert [len(line) for line in labelled] == [len(line) for line in before]
        await press(pilot, "escape")
        assert [article.render_line(y).text for y in range(article.size.height)] == before


async def test_a_letter_of_no_label_removes_the_labels(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "' ' Z")
        assert review(app).state.mode == "reviewing"
        assert notices(app) == "no place has the letter Z"


async def test_only_places_in_view_are_labelled(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "' '")
        shown = review(app).article.shown
        labels = review(app).state.labels
        assert labels
        assert all(shown.start <= label.offset < shown.end for label in labels)


async def test_a_jump_from_a_selection_takes_the_place_in(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "v ' '")
        label = next(one for one in review(app).state.labels if harbour_record.text[slice(*one.span)] == "June")
        await press(pilot, " ".join(label.text))
        selection = review(app).state.selection
        assert selection is not None
        assert harbour_record.text[slice(*selection.span)] == "The old harbour bridge will close in June"


def test_a_key_cannot_both_act_and_begin_a_sequence() -> None:
    _, problems = rebound({"accept": ["'"]})
    assert any("its first key is accept" in problem for problem in problems)


async def test_a_jump_to_a_hidden_claim_says_that_the_filter_is_cleared(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f 2 6 G")
        assert notices(app) == "filter cleared: the claim is not by Ida Moreno"


async def test_every_speaker_is_offered_as_a_filter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f L i n d q enter")
        assert review(app).state.filter.name == "by Rosa Lindqvist"


async def test_an_undo_in_another_article_says_in_which(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "a > u")
        assert notices(app) == "Undone: accept in article 1"


async def test_the_help_opens_from_the_welcome_too(make_app: MakeApp) -> None:
    app = make_app(first_run=True)
    async with app.run_test() as pilot:
        await press(pilot, "?")
        assert isinstance(app.screen, HelpScreen)
