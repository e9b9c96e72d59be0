"""Decisions on claims and articles, and refused ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tinydb import TinyDB

from annotate.model import Record, Review

from .sitting import MakeApp, notices, on_top, press, record, review, top_line


async def test_what_is_decided_is_in_the_file_when_the_app_has_ended(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a x q")
    with TinyDB(app.session.store.path) as saved:
        status = {claim["id"]: claim["status"] for claim in saved.table("claims")}
    assert (status["c1"], status["c2"], status["c3"]) == ("accepted", "rejected", "suggested")
    assert app.return_code in (0, None)


async def test_deciding_the_last_undecided_claim_makes_the_article_done(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a a a a a a")
        assert record(app).review.state == "done"
        assert "the article is done" in notices(app)
        assert "6/6 claims decided" in top_line(app)
        await press(pilot, "u")
        assert record(app).review.state != "done"
        assert record(app).claim("c6").status == "suggested"


async def test_accepting_in_a_filtered_list_goes_on_to_the_next_one_listed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "f u n d e c enter a")
        assert review(app).state.claim_id == "c2"
        assert review(app).state.listed == ["c2", "c3", "c4", "c5", "c6"]
        await press(pilot, "escape")
        assert len(review(app).state.listed) == 6


async def test_what_the_engine_is_least_sure_of_comes_first(make_app: MakeApp, harbour_record: Record) -> None:
    sure = {"c1": 0.9, "c2": 0.2, "c3": None, "c4": 0.5, "c5": 0.7, "c6": 0.95}
    claims = tuple(replace(claim, confidence=sure[claim.id]) for claim in harbour_record.claims)
    app = make_app(replace(harbour_record, claims=claims))
    async with app.run_test() as pilot:
        await press(pilot, "j j O")
        assert review(app).state.listed == ["c2", "c4", "c5", "c1", "c6", "c3"]
        assert review(app).state.claim_id == "c2"
        assert notices(app) == "least sure first; now at claim 2; O: most worth a fact-check first"
        await press(pilot, "a")
        assert review(app).state.claim_id == "c4"
        assert review(app).state.listed[0] == "c2", "a decision moves nothing"
        lines = [review(app).claims.render_line(y).text for y in range(review(app).claims.size.height)]
        assert any(line.startswith("· 5 the traders") and line.rstrip(" ▐").endswith("68% sure") for line in lines)
        assert "least sure first · O: most worth" in str(review(app).query_one("#side").border_title)
        await press(pilot, "O O")
        assert review(app).state.listed == list(sure)
        await press(pilot, "O")
        assert review(app).state.listed == ["c4", "c5", "c1", "c6", "c3", "c2"], "what is decided comes last"


async def test_what_is_most_worth_checking_comes_first(make_app: MakeApp, harbour_record: Record) -> None:
    worth = {"c1": 0.1, "c2": None, "c3": 0.8, "c4": 0.9, "c5": 0.4, "c6": 0.2}
    claims = tuple(replace(claim, checkworthy=worth[claim.id]) for claim in harbour_record.claims)
    app = make_app(replace(harbour_record, claims=claims))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "O O")
        assert review(app).state.listed == ["c4", "c3", "c5", "c6", "c1", "c2"]
        lines = [review(app).claims.render_line(y).text for y in range(review(app).claims.size.height)]
        ends = {line[:3]: line.rstrip(" ▐").split(" ")[-1] for line in lines if line[:1] == "·" and line[:3] != "· 2"}
        assert ends == {"· 4": "suggested", "· 3": "likely", "· 5": "perhaps", "· 6": "perhaps", "· 1": "hardly"}
        assert review(app).state.claim_id == "c4"
        assert notices(app) == "most worth a fact-check first; now at claim 4; O: as in the article"
        await press(pilot, "a x O O O")
        assert review(app).state.listed == ["c4", "c5", "c6", "c1", "c2", "c3"], "what is rejected comes last"
        assert review(app).state.claim_id == "c5", "the first that is undecided"


async def test_the_next_article_begins_with_its_least_sure_claim_too(make_app: MakeApp, harbour_record: Record) -> None:
    unsure = replace(harbour_record.claims[4], confidence=0.3)
    claims = (*harbour_record.claims[:4], unsure, *harbour_record.claims[5:])
    app = make_app(harbour_record, replace(harbour_record, id="again", path="again.txt", claims=claims))
    async with app.run_test() as pilot:
        await press(pilot, "O >")
        assert record(app).id == "again"
        assert review(app).state.claim_id == "c5"


async def test_the_least_sure_first_of_nothing_undecided_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a a a a a a O")
        assert "every claim is decided" in notices(app)
        assert review(app).state.claim_id == "c6"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("u", "nothing to undo"),
        ("U", "nothing to redo"),
        ("G j", "this is the last claim"),
        ("k", "this is the first claim"),
        ("z", "undecided already"),
        (">", "this is the last article"),
        ("G m", "none to merge"),
        ("M", "put the cursor inside"),
        ("R", "the engine has not failed: it is ready"),
        ("a a a a a a space", "nothing is left to decide here or after"),
        ("a f 4 space", "every claim shown is decided, 5 undecided claims are hidden; "),
        ("/ z z enter", "not in the article"),
        ("Y 5", "nothing to copy"),
    ],
)
async def test_what_is_refused_says_why(make_app: MakeApp, keys: str, said: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert said in notices(app)


async def test_marking_an_article_done_says_how_many_claims_are_undecided(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await press(pilot, "a D")
        assert notices(app) == "the article is done, with 5 undecided claims"
        await press(pilot, "D")
        assert notices(app) == "the article is open again"
        await press(pilot, "a a a a D")
        assert notices(app) == "the article is done, with 1 undecided claim"


async def test_space_goes_on_into_the_next_article_that_is_not_done(
    make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    harbour, second, third = articles
    app = make_app(harbour, replace(second, review=Review("done")), third)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "a a a a a a space")
        assert record(app).id == third.id
        assert "nothing was left to decide in “Harbour bridge to close for a year”" in notices(app)
        assert "this is “Silence in the hall”" in notices(app)


@pytest.mark.parametrize("key", [*"esdonvta]Du#VAX&;", "enter", "delete"])
async def test_what_only_reads_refuses_changes_at_once(make_app: MakeApp, key: str) -> None:
    app = make_app()
    app.session.store.read_only = True
    async with app.run_test(size=(120, 40)) as pilot:
        before = record(app)
        await press(pilot, key)
        assert "annotations.json is open for reading only" in notices(app)
        assert on_top(app) is review(app)
        assert review(app).state.mode == "reviewing"
        assert review(app).claims.has_focus
        assert record(app) == before


async def test_choosing_the_speaker_that_was_guessed_ends_the_guess(make_app: MakeApp, harbour_record: Record) -> None:
    claim = harbour_record.claim("c1")
    guessed = replace(claim, confidence=0.9, extra={"speaker_or": ["Otto"]})
    app = make_app(replace(harbour_record, claims=(guessed, *harbour_record.claims[1:])))
    async with app.run_test() as pilot:
        shown = review(app).claims.render_line(0).text
        assert "Ida Moreno?" in shown
        await press(pilot, "s enter")
        assert "Ida Moreno?" not in review(app).claims.render_line(0).text
        assert app.session.record is not None
        assert app.session.record.claim("c1").edited == ("speaker",)
