"""The two panes of the review, side by side or one above the other."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.widgets.pane import Pane, titled


def review_panes() -> ComposeResult:
    """Yield the pane with the article and the one with its claims."""
    with Pane(id="text", classes="pane") as text:
        text.border_title = titled("Article")
        yield ArticleView()
    with Pane(id="side", classes="pane"):
        yield ClaimList()
