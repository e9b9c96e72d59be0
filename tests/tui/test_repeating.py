"""Repeating the last edit, and the speakers chosen last."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from annotate.model import Record

from .sitting import MakeApp, notices, press, record, review


@pytest.mark.parametrize(
    ("edit", "field", "value", "said"),
    [
        ("s A c h t enter escape", "speaker", "s3", "repeated: speaker set to Tom Achterberg"),
        ("s Z o e enter", "speaker", "s6", "repeated: speaker set to Zoe"),
        ("s 6", "speaker", None, "repeated: speaker set to none"),
        ("t", "type", "mixed", "repeated: type set to mixed"),
        ("o l a t e enter", "note", "late", "repeated: note set to late"),
        ("# a , b enter", "tags", ("a", "b"), "repeated: tags set to a,b"),
        ("e tab tab tab tab h i enter", "note", "hi", "repeated: note set to hi"),
        ("V j t 1", "type", "direct", "repeated: type set to direct"),
    ],
)
async def test_the_last_edit_is_repeated_and_named(
    make_app: MakeApp, edit: str, field: str, value: object, said: str
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, f"{edit} 3 G &")
        assert getattr(record(app).claim("c3"), field) == value
        assert notices(app) == said
        await press(pilot, "u")
        assert getattr(record(app).claim("c3"), field) != value


async def test_a_date_is_repeated_by_its_value(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d ctrl+u l a s t space F r i d a y enter 3 G &")
        date = record(app).date_mention(record(app).claim("c3").date)
        assert date is not None
        assert date.value == "2025-05-09"
        assert notices(app) == "repeated: date set to 2025-05-09"


async def test_a_decision_between_does_not_count(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "s 2 escape a x &")
        assert record(app).claim("c3").speaker == "s2"
        assert "already" in notices(app)
        await press(pilot, "j &")
        assert record(app).claim("c4").speaker == "s2"


async def test_tags_are_added_to_those_of_the_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "# o l d enter j # n e w enter k &")
        assert record(app).claim("c1").tags == ("old", "new")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("&", "edit a field first"),
        ("a &", "edit a field first"),
        ("s 2 escape &", "the speaker of this claim is “Bluewater” already"),
        ("o n o enter j o y e s enter k &", "this claim has a note of its own"),
        (";", "no speaker was chosen since the app started"),
    ],
)
async def test_what_cannot_be_repeated_says_why(make_app: MakeApp, keys: str, said: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert said in notices(app)


async def test_an_edit_that_means_nothing_in_another_article_is_refused(
    make_app: MakeApp, harbour_record: Record
) -> None:
    text = harbour_record.text.replace("hopkeepers", "hipwrights")
    other = replace(harbour_record, id="other", path="other.txt", text=text)
    app = make_app(harbour_record, other)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e tab tab tab s h o p k e e p e r s enter > &")
        assert record(app).id == "other"
        assert notices(app) == "addressee “shopkeepers” does not apply here: not in the text"


async def test_the_last_five_speakers_are_offered_the_newest_first(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Bo"):
            await press(pilot, f"s {' '.join(name)} enter escape")
        await press(pilot, "s F enter escape j ;")
        shown = [str(option.prompt).split()[1] for option in app.screen.query_one(OptionList).options]
        assert shown == ["F", "Bo", "Ed", "Di", "Cy"]
        await press(pilot, "4 escape")
        found = record(app).speaker(record(app).claim("c2").speaker)
        assert found is not None
        assert found.name == "Di"
        assert review(app).state.recent_speakers[0] == "Di"
