"""Undo restores the earlier state and returns the cursor to it."""

from __future__ import annotations

from annotate.model import Record

from .sitting import MakeApp, notices, press, record, review


async def test_undo_goes_back_to_the_article_and_the_claim_it_was_in(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "j j a > u")
        assert record(app).id == "harbour"
        assert review(app).state.claim_id == "c3"
        assert record(app).claim("c3").status == "suggested"
        assert "Undone: accept" in notices(app)


async def test_undo_reaches_over_a_restart(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a x q")
    again = make_app(path=app.session.store.path)
    async with again.run_test() as pilot:
        await press(pilot, "u u")
        assert {c.status for c in record(again).claims} == {"suggested"}


async def test_undoing_a_merge_keeps_the_claim_and_the_filter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f u n d e c enter m u")
        assert review(app).state.claim_id == "c1"
        assert review(app).state.filter.name == "undecided"


async def test_undoing_a_merge_goes_back_to_the_claim_that_was_merged_into(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "m G u")
        assert review(app).state.claim_id == "c1"
