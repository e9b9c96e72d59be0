"""The review: an article, its claims, and every key on them."""

from __future__ import annotations

from textual import on

from tui.screens.questions import Choice, Question
from tui.screens.review.article_pane import Text
from tui.screens.review.articles import Articles
from tui.screens.review.claims_pane import Claims
from tui.screens.review.dates import Dates
from tui.screens.review.editing import Editing
from tui.screens.review.find_bar import Finding
from tui.session.session import Session
from tui.text.highlight import LAYERS
from tui.text.motions import whole_words
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.wording.filters import ALL


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
