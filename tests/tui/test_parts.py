"""The words of a claim: its parts, merging, splitting, dragging."""

from __future__ import annotations

import pytest

from annotate.model import Record

from .sitting import MakeApp, key_line, notices, press, record, review


async def test_the_brackets_move_the_part_that_was_chosen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "p p [")
        assert record(app).words(record(app).claim("c1").source) == "the city's chief"
        await press(pilot, "p {")
        date = record(app).date_mention(record(app).claim("c1").date)
        assert date is not None
        assert date.span is not None
        assert record(app).words((date.span,)) == "on Monday"


async def test_a_click_makes_a_claim_current_and_dragging_selects(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("ClaimList", offset=(8, 10))
        await pilot.pause()
        assert review(app).state.claim_id == "c4"
        await pilot.mouse_down("ArticleView", offset=(5, 0))
        await pilot.hover("ArticleView", offset=(20, 0))
        await pilot.mouse_up("ArticleView", offset=(20, 0))
        await pilot.pause()
        assert review(app).state.mode == "selecting"
        await press(pilot, "n")
        assert record(app).words(record(app).claim("c7").content).startswith("Harbour bridge")


async def test_merging_under_a_filter_takes_the_next_claim_listed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a j a f a c c e p enter g m")
        kept = record(app)
        assert kept.claim("c3").deleted
        assert not kept.claim("c2").deleted


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
        assert "cannot tell which day “The old” is" in notices(app)


@pytest.mark.parametrize(("steps", "part"), [(1, "cue"), (2, "source"), (3, "date")])
async def test_delete_after_p_removes_the_chosen_part_and_leaves_the_claim(
    make_app: MakeApp, steps: int, part: str
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g" + " p" * steps)
        claim = review(app).state.claim
        assert claim is not None
        assert getattr(claim, part)
        await press(pilot, "delete")
        after = record(app).claim(claim.id)
        assert not getattr(after, part)
        assert not after.deleted
        await press(pilot, "u")
        assert record(app).claim(claim.id) == claim


@pytest.mark.parametrize(
    ("keys", "last", "said"),
    [
        ("j j j ]", "Read", "the content now extends into the next paragraph; u undoes that"),
        ("j j j ] ]", "Read more", ""),
        ("{ { { { { {", "Brandt", "the content now begins in the paragraph before; u undoes that"),
    ],
)
async def test_an_end_that_comes_into_another_paragraph_is_said_once(
    make_app: MakeApp, keys: str, last: str, said: str
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, keys)
        claim = review(app).state.claim
        assert claim is not None
        assert last in record(app).words(claim.content)
        assert notices(app) == said


async def test_the_mouse_held_below_the_article_goes_on_selecting(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        view = review(app).article
        await pilot.mouse_down("ArticleView", offset=(10, 4))
        await pilot.hover("ClaimList", offset=(10, 1))
        first = view.selection
        await pilot.pause(1)
        assert first is not None
        assert view.selection is not None
        assert view.selection.end > first.end
        assert "boats are already" in record(app).text[slice(*view.selection)]
        await pilot.mouse_up("ClaimList", offset=(10, 1))
        await pilot.pause()
        held = view.selection
        await pilot.pause(0.3)
        assert view.selection == held
        assert review(app).state.mode == "selecting"


async def test_the_part_that_the_brackets_move_stays_on_the_screen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p p [ ]")
        assert key_line(app).startswith(" [ ] { } source ")
        await press(pilot, "j")
        assert "{ }" not in key_line(app)
