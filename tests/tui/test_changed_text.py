"""An article with a changed text: the lost words are shown, and the cursor finds the claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotate.model import UNANCHORED
from annotate.read import expand
from annotate.store import Store

from .conftest import harbour
from .sitting import MakeApp, notices, press, record, review


async def test_words_that_the_text_has_no_more_are_shown_and_told(make_app: MakeApp) -> None:
    article = harbour()
    lost = {UNANCHORED: {"content": ["the bridge is closed"]}}
    claim = replace(
        article.claims[0], content=(), tags=(UNANCHORED,), extra=lost, status="accepted", decided_by="human:a"
    )
    app = make_app(replace(article, claims=(claim, *article.claims[1:])))
    async with app.run_test(size=(120, 40)) as pilot:
        assert "it no longer contains words of 1 claim" in notices(app)
        await press(pilot, "g")
        shown = " ".join("".join(words for _, words in line) for line in review(app).claims._open)
        assert "[no longer in the text: the bridge is closed]" in " ".join(shown.split())


async def test_claims_that_lost_words_are_listed_first_until_another_order_is_chosen(make_app: MakeApp) -> None:
    article = harbour()
    lost = replace(article.claims[4], tags=(UNANCHORED,), extra={UNANCHORED: {"content": ["by half"]}})
    app = make_app(replace(article, claims=(*article.claims[:4], lost, article.claims[5])), replace(article, id="b"))
    async with app.run_test(size=(120, 40)) as pilot:
        assert review(app).state.listed == ["c5", "c1", "c2", "c3", "c4", "c6"]
        assert review(app).state.claim_id == "c5"
        await press(pilot, "O")
        assert review(app).state.listed == ["c1", "c2", "c3", "c4", "c5", "c6"]
        await press(pilot, "> < >")
        assert review(app).state.listed == ["c1", "c2", "c3", "c4", "c5", "c6"]


async def test_a_changed_file_is_told_even_if_every_claim_has_its_words(make_app: MakeApp, tmp_path: Path) -> None:
    article = replace(harbour(), path="harbour.txt")
    with Store.open(tmp_path / "annotations.json", by="human:ana") as store:
        store.put(article)
    (tmp_path / "harbour.txt").write_text(f"{article.text}\nA boat passed.\n", encoding="utf-8")
    app = make_app(path=tmp_path / "annotations.json", more=tuple(expand([str(tmp_path / "harbour.txt")])))
    async with app.run_test(size=(120, 40)) as pilot:
        assert not notices(app)  # of the save file's article
        await press(pilot, ">")
        assert "A boat passed" in record(app).text
        assert "the article's file has changed since" in notices(app)


async def test_in_the_article_the_cursor_comes_to_the_current_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "G tab")
        assert review(app).article.cursor == record(app).claim("c6").start
        await press(pilot, "k")
        here = review(app).article.cursor
        await press(pilot, "tab tab")
        assert review(app).article.cursor == here, "in view it stays where it is"
