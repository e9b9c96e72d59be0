"""The dialog with a claim's history."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from annotate.changes import Change, Edit
from annotate.model import Record
from tui.app import OnrecordApp
from tui.screens.text_screen import TextScreen

from .sitting import MakeApp, on_top, press, review


def shown(app: OnrecordApp) -> list[str]:
    assert isinstance(app.screen, TextScreen)
    return str(app.screen.query_one(Static).content).split("\n")


async def test_the_history_tells_what_was_done_to_this_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "x s 6 k a k i")
        lines = shown(app)
        assert [line.strip() for line in lines if line.startswith("  ")] == [
            "suggested it, 90% sure of the words",
            "rejected it",
            "accepted it",
        ]
        assert lines[2].endswith(" · ana")
        assert lines[2].startswith("today, ")
        assert str(app.screen.query_one(".panel").border_title) == "History of claim 1"
        await press(pilot, "i")
        assert on_top(app) is review(app)


async def test_a_hostile_name_and_markup_are_only_text(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    claim = harbour_record.claim("c1")
    noted = replace(claim, note="[/b]\x1b[2J[red]")
    app.session.store.apply(Change("harbour", "note", (Edit("claim", claim, noted),)), "human:eve[/b]\x07")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "i")
        assert "  set note to [/b]␛[2J[red]" in shown(app)
        assert shown(app)[-2].endswith("eve[/b]␇")


async def test_the_unfolded_claim_names_who_corrected_what(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    claim = harbour_record.claim("c1")
    edited = replace(claim, type="mixed", edited=("type",))
    app.session.store.apply(Change("harbour", "type", (Edit("claim", claim, edited),)), "human:Bo\x1b Ek")
    async with app.run_test(size=(120, 40)) as pilot:

        def corrected() -> str:
            lines = [review(app).claims.render_line(y).text for y in range(14)]
            return next((line.strip(" ▐") for line in lines if line.strip().startswith("corrected")), "")

        assert corrected() == ""
        review(app).open_article(0)
        await press(pilot, "shift")
        assert corrected().split("  ")[-1] == "type · by Bo␛ Ek"
        await press(pilot, "s 6")
        assert corrected().split("  ")[-1] == "type · by Bo␛ Ek; speaker · by"
        await press(pilot, "u t")
        assert corrected().split("  ")[-1] == "type · by ana"


async def test_of_a_long_history_the_newest_changes_are_shown(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    before = harbour_record.claim("c1")
    for number in range(300):
        after = replace(before, note=f"note {number}")
        app.session.store.apply(Change("harbour", "note", (Edit("claim", before, after),)), "human:ana")
        before = after
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "i")
        lines = shown(app)
        assert lines[0] == "(101 earlier ones are not shown)"
        assert lines[-1] == "  changed note from note 298 to note 299"
