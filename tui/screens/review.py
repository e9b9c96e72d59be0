"""The review: an article, its claims, and every key on them."""

from __future__ import annotations

from textual import on

from tui.motions import whole_words
from tui.screens.questions import Choice, Question
from tui.screens.review_articles import Articles
from tui.screens.review_claims import Claims
from tui.screens.review_dates import Dates
from tui.screens.review_edit import Editing
from tui.screens.review_find import Finding
from tui.screens.review_text import Text
from tui.session import Session
from tui.views import ALL
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.widgets.highlight import LAYERS


class ReviewScreen(Claims, Text, Editing, Dates, Finding, Articles):
    """The screen on which articles are reviewed.

    Args:
        session: The sitting.
        claim_id: The claim to begin with, where an article is open already.
    """

    AUTO_FOCUS = "ClaimList"

    def __init__(self, session: Session, claim_id: str | None = None) -> None:
        super().__init__(session)
        self._first = claim_id

    def on_mount(self) -> None:
        """Show the article that is open already."""
        self.present(self._first)
        self.show_bars()

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus now."""
        self.show_keys()

    def action_other_pane(self) -> None:
        """Go to the other pane; in the article to the current claim, unless the cursor is in view."""
        if self.focused is self.article:
            self.claims.focus()
            return
        if self.claim is not None and not self.article.is_in_view(self.article.cursor):
            self.put_cursor(self.claim.start)
        self.article.focus()

    def action_back(self) -> None:
        """Leave the filter, else the article's pane for the claims."""
        if self.filter is not ALL:
            self.filter = ALL
            self.show_record()
        else:
            self.claims.focus()

    def action_layers(self) -> None:
        """Choose what is highlighted."""

        def choices() -> tuple[Choice, ...]:
            shown = self.article.shown_layers
            return tuple(Choice(name, f"{'■' if name in shown else '□'} {name}") for name in LAYERS)

        def toggle(name: str) -> tuple[Choice, ...]:
            self.article.show_layers(self.article.shown_layers ^ {name})
            return choices()

        self.ask(Question("Highlight", choices(), toggle=toggle), lambda _: None)

    @on(ClaimList.Selected)
    @on(ArticleView.ClaimClicked)
    def _claim_clicked(self, event: ClaimList.Selected | ArticleView.ClaimClicked) -> None:
        if self.selection is None:
            self.reveal(event.claim_id)

    @on(ArticleView.WordsSelected)
    def _words_selected(self, event: ArticleView.WordsSelected) -> None:
        if self.record is not None:
            self.select_span(whole_words(self.record.text, event.selection))
