"""The form of a claim's fields."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input, Static

from annotate.errors import SaveError
from annotate.model import Claim, DateMention, Record, Speaker
from annotate.spans import Span
from tui.screens.review.claim_form import ClaimForm, FieldLine
from tui.widgets.claim_list import ClaimList
from tui.wording.fields import FIELDS

from .sitting import MakeApp, notices, press, record, review


async def test_a_field_is_saved_when_it_is_left_and_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e")
        beside = review(app).query_one("#field-speaker .verdict", Static)
        assert "saved" not in str(beside.content)
        await press(pilot, "X tab")
        assert record(app).speaker(record(app).claim("c1").speaker).name == "Ida MorenoX"  # type: ignore[union-attr] # there is one
        assert str(beside.content).startswith("saved")
        await press(pilot, "shift+tab Y")
        assert "saved" not in str(beside.content)
        await press(pilot, "enter e")
        assert "saved" not in str(beside.content)


async def test_escape_restores_the_field_even_where_it_was_saved_then_closes_the_form(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        before = record(app)
        line = review(app)
        await press(pilot, "e X tab tab tab tab n o shift+tab")
        assert record(app).claim("c1").note == "no"
        await press(pilot, "shift+tab shift+tab shift+tab escape")
        assert line.query_one("#field-speaker Input", Input).value == "Ida Moreno"
        assert record(app).claim("c1").speaker == before.claim("c1").speaker, "what was saved is put back"
        assert record(app).claim("c1").note == "no", "other fields stay"
        await press(pilot, "escape")
        assert app.focused is review(app).claims
        assert record(app).claim("c1").note == "no"
        await press(pilot, "e tab tab tab tab X escape escape")
        assert record(app).claim("c1").note == "no", "what an earlier form saved stays"
        assert app.focused is review(app).claims


async def test_what_is_restored_is_the_very_thing_that_was_there(make_app: MakeApp) -> None:
    text = "On Tuesday it rained. Far away on Friday Ana Li said it was fine on Tuesday."
    dates = (
        DateMention("d1", 3, 10, "DATE", "2025-03-11"),
        DateMention("d2", 34, 40, "DATE", "2025-03-14"),
        DateMention("d3", 68, 75, "DATE", "2025-03-18"),
    )
    claim = Claim(
        "c1", "indirect", (Span(53, 75),), (Span(48, 52),), (Span(41, 47),), addressee=(Span(11, 13), Span(22, 25)),
        speaker="s2", date="d1", confidence=0.9, origin="engine:1",
    )  # fmt: skip
    speakers = (Speaker("s1", "Ana Li"), Speaker("s2", "Ana Li"))
    app = make_app(Record("weather", text, date="2025-03-19", dates=dates, speakers=speakers, claims=(claim,)))
    async with app.run_test(size=(120, 40)) as pilot:
        typed = {"speaker": "Bo Ek", "date": "Friday", "addressee": "Ana Li", "note": "no"}
        await press(pilot, "e")
        form = review(app).query_one(ClaimForm)
        for name, words in typed.items():
            form.edit(name)
            form.query_one(f"#field-{name} Input", Input).value = words
            await press(pilot, "tab")
        assert record(app).claim("c1").edited == tuple(typed)
        for name in typed:
            form.edit(name)
            await press(pilot, "escape")
        assert form.display
        assert replace(record(app).claim("c1"), updated=None) == claim


async def test_the_form_shows_what_is_undone_beside_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        before = record(app)
        await press(pilot, "e X tab")
        form = review(app).query_one(ClaimForm)
        review(app).claims.focus()
        await press(pilot, "u")
        assert form.query_one("#field-speaker Input", Input).value == "Ida Moreno"
        form.edit("speaker")
        await press(pilot, "escape")
        assert not form.display
        assert record(app) == before


async def test_one_word_of_few_is_typed_over_the_other(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e tab m i x tab tab tab tab tab y e s enter")
        claim = record(app).claim("c1")
        assert (claim.type, claim.negated) == ("mixed", True)


async def test_the_form_stays_with_its_claim_when_a_filter_hides_that(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f down enter")
        before = record(app)
        assert review(app).state.listed == ["c1", "c2"]
        assert before.claim("c1").type != before.claim("c2").type
        await press(pilot, "e X tab")
        assert review(app).state.listed == ["c2"]
        await press(pilot, "tab tab tab n o enter")
        assert record(app).claim("c1").note == "no"
        assert record(app).claims[1:] == before.claims[1:]


async def test_a_click_on_another_claim_has_the_form_edit_nothing_of_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e")
        before = record(app)
        await pilot.click(ClaimList, offset=(10, 4))
        assert review(app).state.claim_id != "c1"
        review(app).query_one(ClaimForm).edit("speaker")
        await press(pilot, "X tab tab tab tab n o enter")
        assert record(app).claim("c1").note == "no"
        assert record(app).claims[1:] == before.claims[1:]


async def test_the_form_of_a_claim_that_was_removed_beside_it_is_left(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e")
        review(app).claims.focus()
        await press(pilot, "delete")
        before = record(app)
        form = review(app).query_one(ClaimForm)
        form.edit("note")
        await press(pilot, "n o tab")
        assert record(app) == before
        assert not form.display


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


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_what_is_said_beside_a_field_can_be_read_to_its_end(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "e tab x y z")
        beside = review(app).query_one("#field-type .verdict", Static)
        shown = " ".join(line.text.strip() for line in beside.render_lines(beside.outer_size.region))
        assert shown.split() == str(beside.content).split()
        assert review(app).query_one("#field-date").region.y == beside.region.bottom


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_an_empty_field_says_so_in_words(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j j e tab tab")
        form = review(app).query_one(ClaimForm)
        for line in form.query(FieldLine):
            shown = line.input.render_line(0).text.strip()
            assert shown.startswith(line.input.value or "(none; "), line.field.name


async def test_the_field_with_the_cursor_is_in_view_on_a_small_screen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, "e")
        for _ in FIELDS:
            assert app.focused is not None
            pane = review(app).query_one("#side").region
            assert pane.contains_region(app.focused.region), review(app).query_one(ClaimForm).typing_in
            await press(pilot, "tab")


async def test_the_form_says_how_words_and_source_are_corrected(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "e")
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "source, cue, content: enter, then cs source, cr cue, cc content" in shown
