"""The review: an article beside its claims. The screen passes keys and messages to its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from textual import events, on
from textual.widgets import Input

from annotate.changes import Change
from tui.keys.registry import Scope
from tui.screens.keyed_screen import Handler, handlers_of, key_of
from tui.screens.questions import Choice, Question
from tui.screens.review.article_pane import ArticlePane
from tui.screens.review.base import ReviewBase
from tui.screens.review.claim_form import ClaimForm
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.dates import Dates
from tui.screens.review.editing import Editing
from tui.screens.review.engine_units import EngineUnits
from tui.screens.review.find_bar import Finding
from tui.screens.review.jumping import Jumping
from tui.screens.review.making import Making
from tui.screens.undo import claim_to_show, redo, undo
from tui.session.session import Session
from tui.text.highlight import LAYERS
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.wording.filters import ALL


class ReviewScreen(ReviewBase):
    """The screen on which articles are reviewed.

    Args:
        session: The sitting.
        claim_id: The claim to begin with, where an article is open already.
    """

    AUTO_FOCUS = "ClaimList"

    def __init__(self, session: Session, claim_id: str | None = None) -> None:
        super().__init__(session)
        self._first = claim_id
        self._units = EngineUnits(self)
        self._article = ArticlePane(self, self._units)
        self._dates = Dates(self)
        self._making = Making(self, self._article, self._units)
        self._editing = Editing(self, self._making)
        self._finding = Finding(self)
        self._jumping = Jumping(self)

    @cached_property
    def handlers(self) -> Mapping[str, Handler]:
        """The methods that run actions, the screen's own and those of its parts."""
        parts = (self, self._article, self._dates, self._editing, self._finding, self._jumping, *self._acting())
        return {name: handler for part in parts for name, handler in handlers_of(part).items()}

    def _acting(self) -> Iterator[Collaborator]:
        """Yield the parts that only act on keys; they are imported after the first paint."""
        from tui.screens.review.articles import Articles
        from tui.screens.review.choosing import Choosing
        from tui.screens.review.claims_pane import ClaimsPane
        from tui.screens.review.copying import Copying
        from tui.screens.review.history import History
        from tui.screens.review.ranges import Ranges
        from tui.screens.review.repeating import Repeating
        from tui.screens.review.spans import Spans

        articles = Articles(self)
        yield from (self._making, articles, ClaimsPane(self, articles), Spans(self), Copying(self), History(self))
        yield from (Ranges(self, self._editing), Repeating(self, self._editing))
        yield Choosing(self, self._jumping, self._units, self._making)

    def scopes(self) -> tuple[Scope, ...]:
        """Return the scopes of the focus and the mode."""
        if self._editing.has_cursor:
            return ("noting", "form") if self._editing.is_in_note else ("form",)
        if self._finding.has_cursor:
            return ("typing",)
        if self.state.mode == "jumping":
            return ("jumping",)
        if self.state.mode == "selecting":
            return ("selecting", "everywhere")
        if self.state.mode == "marking":
            return ("marking", "everywhere")
        pane: Scope = "article" if self.is_in_article else "claims"
        matches: tuple[Scope, ...] = ("matches",) if self.state.mode == "matches" else ()
        return (*matches, pane, "review", "everywhere")

    # ------------------------------------------------------------------ told to the parts

    def changed(self) -> None:
        """Update the form, which may be open beside the list."""
        self._editing.fill_form()

    def left(self) -> None:
        """Close the form; stop selecting, marking and searching."""
        self._editing.leave_form()
        self.state.leave_modes()
        self.article.select(None)
        self.article.show_labels(())
        self.article.show_matches((), 0)

    def moved(self) -> None:
        """Update the date over the article in the same frame; have the units in view found soon."""
        self._dates.show()
        self._units.want_soon()

    def save_typed(self) -> bool:
        """Save the text being typed before the app ends; False when it is not valid."""
        return self._editing.save_typed()

    # ------------------------------------------------------------------ messages

    def on_mount(self) -> None:
        """Show the article that is open already."""
        self.claims.correctors = self.session.store.correctors
        self.present(self._first)
        self.show_bars()

    async def on_key(self, event: events.Key) -> None:
        """Take a letter of a label; Textual passes other keys on to the base class."""
        if self.state.mode == "jumping" and event.key != "escape":
            event.stop()
            event.prevent_default()
            self._jumping.take(key_of(event))

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus now."""
        self.show_keys()

    @on(ClaimList.Selected)
    @on(ArticleView.ClaimClicked)
    def _claim_clicked(self, event: ClaimList.Selected | ArticleView.ClaimClicked) -> None:
        if self.state.selection is None:
            self.reveal(event.claim_id)

    @on(ArticleView.WordsSelected)
    def _words_selected(self, event: ArticleView.WordsSelected) -> None:
        self._article.select_words(event.selection)

    @on(ArticleView.DateUnderCursor)
    def _date_under_cursor(self) -> None:
        self._dates.show()

    @on(Input.Changed, "FindBar Input")
    def _words_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._finding.find(event.value)

    @on(ClaimForm.Saved)
    def _field_saved(self, event: ClaimForm.Saved) -> None:
        self._editing.save(event)

    @on(ClaimForm.Closed)
    def _form_closed(self) -> None:
        self._editing.leave_form()

    # ------------------------------------------------------------------ actions

    def action_other_pane(self) -> None:
        """Go to the other pane; in the article to the current claim, unless the cursor is in view."""
        if self.is_in_article:
            self.claims.focus()
            return
        claim = self.state.claim
        if claim is not None and not self.article.is_in_view(self.article.cursor):
            self.put_cursor(claim.start)
        self.article.focus()

    def action_back(self) -> None:
        """Clear the filter, else go from the article to the claims."""
        if self.state.filter is not ALL:
            self.state.filter = ALL
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

    def action_undo(self) -> None:
        """Undo the last action, in whatever article it was."""
        self._show_undone(undo(self))

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._show_undone(redo(self))

    def _show_undone(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        here = self.state.record.id if self.state.record is not None else None
        change = next((each for each in changes if each.article == here), changes[0])
        touched = claim_to_show(change, self.state.claim_id)
        if here == change.article:
            self.show_change(change)
            if touched is not None:
                self.reveal(touched)
        elif len(changes) == 1:
            self.open_article(self.session.index_of(change.article), touched)
