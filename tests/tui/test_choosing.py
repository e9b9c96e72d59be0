"""Choosing the words of a claim by their labels, and the claims and sources that the engine proposes."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from annotate.model import Record
from tests.tui.sitting import MakeApp, notices, on_top, press, record, review, units
from tui.app import OnrecordApp
from tui.screens.ask import AskScreen
from tui.session.engine_process import UnitsFound


async def take_label(pilot: Pilot[int], words: str) -> None:
    """Type the label over some words."""
    app = pilot.app
    assert isinstance(app, OnrecordApp)
    labels = review(app).state.labels
    label = next(one for one in labels if record(app).text[slice(*one.span)] == words)
    await press(pilot, " ".join(label.text))


def give_units(app: OnrecordApp, article: Record) -> None:
    app.session.handle(UnitsFound(article.id, units(article.text)))


async def test_a_wrong_source_takes_four_keys(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        give_units(app, harbour_record)
        await press(pilot, "j c s")
        await take_label(pilot, "Rosa Lindqvist")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "enter")
        claim = record(app).claim("c2")
        assert record(app).words(claim.source) == "Rosa Lindqvist"
        assert claim.speaker == "s5"
        await press(pilot, "u")
        assert record(app).claim("c2") == harbour_record.claim("c2")


async def test_the_speaker_can_be_kept_when_the_source_names_another(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        give_units(app, harbour_record)
        await press(pilot, "j c s")
        await take_label(pilot, "Rosa Lindqvist")
        await press(pilot, "2")
        claim = record(app).claim("c2")
        assert (record(app).words(claim.source), claim.speaker) == ("Rosa Lindqvist", "s1")


async def test_a_source_of_the_same_speaker_asks_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j c s")
        await take_label(pilot, "Ida Moreno")
        assert on_top(app) is review(app)
        assert record(app).words(record(app).claim("c2").source) == "Ida Moreno"


async def test_no_words_of_the_content_can_be_the_source(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        give_units(app, harbour_record)
        await press(pilot, "c s")
        content = record(app).claim("c1").content[0]
        assert all(
            label.span.end <= content.start or label.span.start >= content.end for label in review(app).state.labels
        )


async def test_a_missing_claim_comes_with_its_cue_source_and_speaker(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "delete")
        give_units(app, harbour_record)
        await press(pilot, "c n")
        await take_label(pilot, "The old harbour bridge will close in June")
        await press(pilot, "enter")
        claim = record(app).claim("c7")
        found = [record(app).words(getattr(claim, part)) for part in ("content", "cue", "source")]
        assert found == ["The old harbour bridge will close in June", "said", "the city's chief engineer"]
        speaker = record(app).speaker(claim.speaker)
        assert speaker is not None
        assert speaker.name == "city's chief engineer"
        assert (claim.status, claim.edited, review(app).state.claim_id) == ("accepted", (), "c7")
        await press(pilot, "u")
        assert all(one.id != "c7" for one in record(app).live_claims())
        assert [one.name for one in record(app).speakers] == [one.name for one in harbour_record.speakers]


async def test_only_the_words_can_be_taken(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        give_units(app, harbour_record)
        await press(pilot, "v w w w w w w w enter 2")
        claim = record(app).claim("c7")
        assert (claim.cue, claim.source, claim.speaker) == ((), (), None)


async def test_without_the_engine_s_units_sentences_and_words_can_be_chosen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "c n")
        await take_label(pilot, "Shopkeepers are not convinced")
        assert record(app).words(record(app).claim("c7").content) == "Shopkeepers are not convinced"
        await press(pilot, "2 G c r")
        await take_label(pilot, "said")
        assert record(app).words(record(app).claim("c2").cue) == "said"
        await press(pilot, "v l")
        assert notices(app) == "no clause is known yet: the engine is ready"


@pytest.mark.parametrize(
    ("keys", "part", "words"),
    [("c c", "content", "Shopkeepers are not convinced"), ("c i", "addressee", "Rosa Lindqvist")],
)
async def test_other_parts_are_chosen_alike(make_app: MakeApp, keys: str, part: str, words: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, keys)
        await take_label(pilot, words)
        assert record(app).words(getattr(record(app).claim("c1"), part)) == words


async def test_the_date_is_chosen_by_its_label(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "3 G c d")
        await take_label(pilot, "12 May 2025")
        date = record(app).date_mention(record(app).claim("c3").date)
        assert date is not None
        assert date.value == "2025-05-12"


async def test_a_new_speaker_offers_a_source_of_theirs(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "6 G s I d a space M enter")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "enter")
        claim = record(app).claim("c6")
        assert (claim.speaker, record(app).words(claim.source)) == ("s1", "Moreno")


async def test_selected_words_lose_punctuation_that_is_not_theirs(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "tab 4 w v 9 w s")
        assert not record(app).words(record(app).claim("c1").source).endswith((",", "—", "."))


async def test_the_units_in_view_are_asked_for_once_the_user_pauses(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j j j")
        parts = app.session._process.parts  # type: ignore[attr-defined] # the still engine
        async with asyncio.timeout(10):
            while not parts:
                await pilot.pause(0.02)
        start, end = parts[0].start, parts[0].start + len(parts[0].text)
        assert [(part.id, part.text) for part in parts] == [("harbour", record(app).text[start:end])]


async def test_a_source_that_cannot_be_right_is_marked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "v w w s 2")
        shown = " ".join(line.text for line in map(review(app).claims.render_line, range(12)))
        assert "! overlaps the claim's words" in " ".join(shown.split())
        await press(pilot, "u c s")
        await take_label(pilot, "Rosa Lindqvist")
        await press(pilot, "2")
        shown = " ".join(line.text for line in map(review(app).claims.render_line, range(12)))
        assert "! names Rosa Lindqvist" in " ".join(shown.split())


async def test_a_source_of_nobody_known_offers_a_new_speaker(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/ S h o p k e e p e r s enter v s")
        await press(pilot, "enter")
        speaker = record(app).speaker(review(app).state.claim.speaker)  # type: ignore[union-attr] # there is one
        assert speaker is not None
        assert speaker.name.casefold() == "shopkeepers"


async def test_a_new_claim_comes_with_its_denial(make_app: MakeApp, harbour_record: Record) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        found = units(harbour_record.text)
        denied = found._replace(readings=tuple(reading._replace(negated=True) for reading in found.readings))
        app.session.handle(UnitsFound(harbour_record.id, denied))
        await press(pilot, "c n")
        await take_label(pilot, "The old harbour bridge will close in June")
        await press(pilot, "enter")
        assert record(app).claim("c7").negated
