"""Suggestions that arrive from the engine while a person reads."""

from __future__ import annotations

from dataclasses import replace

from annotate.model import Record
from tui.session.engine_process import Progress

from .sitting import MakeApp, answer, press, record, review, top_line


async def test_suggestions_arrive_without_moving_anything(make_app: MakeApp, harbour_record: Record) -> None:
    few = replace(harbour_record, claims=harbour_record.claims[2:4])
    app = make_app(few)
    async with app.run_test() as pilot:
        await press(pilot, "j")
        assert review(app).state.claim_id == "c4"
        app.session.hear(answer(harbour_record))
        await pilot.pause()
        assert len(review(app).state.listed) == 6
        assert review(app).state.claim is not None
        assert record(app).words(review(app).state.claim.content).startswith("that “nobody")  # type: ignore[union-attr] # just asserted


async def test_the_engine_s_state_is_said_and_a_failure_can_be_retried(make_app: MakeApp) -> None:
    app = make_app(Record("new", "Rain is likely, she said."))
    async with app.run_test() as pilot:
        app.session.hear(Progress("starting"))
        await pilot.pause()
        assert "engine starting" in top_line(app)
        app.session.hear(Progress("failed", "no model"))
        await pilot.pause()
        assert "engine failed, R retries" in top_line(app)
        assert review(app).claims.placeholder == "The engine failed. R starts it again."
        assert "The engine failed" in review(app).claims.render_line(1).text


async def test_the_top_line_tells_how_far_the_engine_is_and_how_long_yet(
    make_app: MakeApp, harbour_record: Record
) -> None:
    app = make_app(harbour_record)
    async with app.run_test(size=(140, 40)) as pilot:
        app.session.hear(Progress("reading", "other", 600_000))
        await pilot.pause()
        assert "engine reading 0%, about 50 seconds left" in top_line(app)
        await press(pilot, "tab j j")  # scrolling goes on
        assert review(app).article.cursor > 0
        app.session.hear(Progress("reading", "short", 6_000))
        await pilot.pause()
        assert "left" not in top_line(app)
