"""Actions on several claims at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from rich.segment import Segment
from textual.widgets import OptionList, Static

from annotate.model import Claim, Record
from annotate.spans import Span

from .sitting import MakeApp, answer, key_line, notices, press, record, review


def statuses(of: Record) -> str:
    """Return a letter for the status of each claim."""
    return "".join(claim.status[0] for claim in of.claims)


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ("j V j j a", "saaass"),
        ("G V 2 k x", "sssrrr"),
        ("a a k V g z", "ssssss"),
        ("j V G a", "saaaaa"),
        ("V 5 G escape a", "ssssas"),
        ("j V j V x", "ssrsss"),
        ("j x k k V j j a", "aaasss"),
    ],
)
async def test_what_is_marked_is_decided_together(make_app: MakeApp, keys: str, status: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert statuses(record(app)) == status


@pytest.mark.parametrize(
    "keys", ["a", "x", "s Z o e enter", "s 4", "t 3", "# b u d g e t , l a t e r enter", "delete", "s 6"]
)
async def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(make_app: MakeApp, keys: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        before = record(app)
        await press(pilot, f"j V j j {keys}")
        after = record(app)
        changed = [c.id for c, was in zip(after.claims, before.claims, strict=True) if c != was]
        assert set(changed) <= {"c2", "c3", "c4"}
        assert len(changed) >= 2
        await press(pilot, "u")
        assert replace(record(app), speakers=before.speakers) == before
        await press(pilot, "U")
        assert record(app).claims == after.claims


async def test_marked_claims_get_one_new_speaker(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "V j j s Z o e enter")
        names = [speaker.name for c in record(app).claims if (speaker := record(app).speaker(c.speaker)) is not None]
        assert names == ["Zoe", "Zoe", "Zoe", "Tom Achterberg", "the traders' union", "Rosa Lindqvist"]
        assert len(record(app).speakers) == 6
        assert notices(app) == "speaker of 3 claims: Zoe; u undoes that"
        assert review(app).state.mode == "reviewing"


async def test_tags_are_added_to_those_there_are(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "# o l d enter V j # n e w , o l d enter")
        assert [c.tags for c in record(app).claims[:3]] == [("old", "new"), ("new", "old"), ()]


async def test_a_claim_s_tags_are_set_with_their_own_key(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "# t a x , c i t y enter")
        assert record(app).claim("c1").tags == ("tax", "city")
        await press(pilot, "# ctrl+u f e r r y enter")
        assert record(app).claim("c1").tags == ("ferry",)


async def test_marked_rows_have_a_sign_and_the_key_bar_their_number(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:

        def signs() -> str:
            lines = [review(app).claims.render_line(y).text for y in range(20)]
            return "".join(line[1] for line in lines if line[:1] in "·✓✗" and line[2:3].isdigit())

        await press(pilot, "j")
        assert signs() == "      "
        await press(pilot, "V j j")
        assert signs() == " »»»  "
        assert key_line(app).startswith(" 3 marked ")
        await press(pilot, "k k k")
        assert signs() == "»»    "
        await press(pilot, "escape")
        assert signs() == "      "
        assert "marked" not in key_line(app)


async def test_deciding_what_is_decided_so_is_refused_and_keeps_the_marks(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a a k k V j a")
        assert notices(app) == "these claims are so already"
        assert review(app).state.marked == ["c1", "c2"]


async def test_marking_ends_with_the_filter_that_hides_the_first_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "j V j j")
        review(app).state.filter = review(app).state.filter._replace(keeps=lambda _record, claim: claim.id != "c2")
        review(app).show_record()
        assert review(app).state.mode == "reviewing"
        await press(pilot, "x")
        assert statuses(record(app)) == "sssrss"


async def test_another_article_has_nothing_marked(make_app: MakeApp, articles: tuple[Record, ...]) -> None:
    app = make_app(*articles)
    async with app.run_test() as pilot:
        await press(pilot, "V j")
        review(app).open_article(1)
        await press(pilot, "shift")
        assert record(app).id == "second"
        assert review(app).state.mode == "reviewing"


# ---------------------------------------------------------------------- all that are listed


async def test_all_of_one_speaker_are_rejected_by_filter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f 2 X")
        text = str(app.screen.query_one(".text", Static).content)
        assert "list of “by Ida Moreno”" in text
        assert "decided ones stay as they are" in text
        await press(pilot, "1")
        assert statuses(record(app)) == "rrssss"
        assert notices(app) == "rejected 2 claims; u undoes that"
        await press(pilot, "u")
        assert statuses(record(app)) == "ssssss"


async def test_accepting_all_leaves_decided_claims_alone(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "x A")
        shown = [str(option.prompt).strip() for option in app.screen.query_one(OptionList).options]
        assert shown == ["1 accept 5 claims", "2 leave them undecided"]
        await press(pilot, "enter")
        assert statuses(record(app)) == "raaaaa"
        assert record(app).review.state == "done"
        await press(pilot, "A")
        assert "no claim in the list is undecided" in notices(app)


@pytest.mark.parametrize("no", ["2", "escape"])
async def test_saying_no_changes_nothing(make_app: MakeApp, no: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, f"A {no}")
        assert statuses(record(app)) == "ssssss"


async def test_what_the_engine_takes_back_while_the_question_is_open_is_left_out(
    make_app: MakeApp, harbour_record: Record
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "A")
        app.session.hear(answer(replace(harbour_record, claims=harbour_record.claims[:4])))
        await pilot.pause()
        await press(pilot, "1")
        assert statuses(record(app)) == "aaaa"


async def test_moving_while_marking_draws_only_the_rows_that_change(make_app: MakeApp) -> None:
    text = "The tide is high, Ana Brell said.\n\n" * 300
    claims = tuple(Claim(f"c{n + 1}", "indirect", (Span(n * 35, n * 35 + 16),)) for n in range(300))
    app = make_app(Record("tides", text, claims=claims))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V j j j")
        view, drawn = review(app).claims, list[int]()
        draw = view.draw

        def counted(line: int) -> Iterable[Segment]:
            drawn.append(line)
            return draw(line)

        view.draw = counted  # type: ignore[method-assign, assignment] # counts
        await press(pilot, "j")
        assert 0 < len(set(drawn)) <= len(view._open) + 3
