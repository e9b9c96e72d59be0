"""Coming to the app, and coming back."""

from __future__ import annotations

from annotate.errors import ReadError
from annotate.model import Record
from tui.screens.welcome import WelcomeScreen

from .sitting import MakeApp, notices, on_top, press, record, review


async def test_the_six_keys_are_shown_once(make_app: MakeApp) -> None:
    app = make_app(first_run=True)
    async with app.run_test() as pilot:
        assert isinstance(on_top(app), WelcomeScreen)
        await press(pilot, "a")
        assert on_top(app) is review(app)
        assert record(app).claim("c1").status == "suggested"
        assert not app.resume_points.first_run


async def test_the_person_comes_back_to_the_claim_that_was_left(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "> < j j j q")
    again = make_app(path=app.session.store.path)
    async with again.run_test():
        assert review(again).state.claim_id == "c4"


async def test_an_input_that_cannot_be_read_is_named_and_the_others_open(make_app: MakeApp) -> None:
    app = make_app(more=(ReadError("broken.txt is empty"),))
    async with app.run_test() as pilot:
        assert "broken.txt is empty" in notices(app)
        assert record(app).id == "harbour"
        await press(pilot, "L j enter")
        assert "broken.txt is empty" in notices(app)
