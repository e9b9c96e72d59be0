"""An article with a changed text: the lost words are shown, and the cursor finds the claim."""

from __future__ import annotations

from dataclasses import replace

from annotate.model import UNANCHORED

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


async def test_in_the_article_the_cursor_comes_to_the_current_claim(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "G tab")
        assert review(app).article.cursor == record(app).claim("c6").start
        await press(pilot, "k")
        here = review(app).article.cursor
        await press(pilot, "tab tab")
        assert review(app).article.cursor == here, "in view it stays where it is"
