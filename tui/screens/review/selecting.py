"""Making claims, and parts of the current claim, of the selected words."""

from __future__ import annotations

from annotate import edit
from annotate.changes import Change
from annotate.edit import Part
from annotate.model import Claim, Record
from annotate.spans import Span
from tui.screens.review.article_pane import ArticlePane
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator


class Selecting(Collaborator):
    """The actions on the selected words.

    Args:
        review: The screen.
        article: Told when the words are taken, to stop selecting.
    """

    def __init__(self, review: ReviewBase, article: ArticlePane) -> None:
        super().__init__(review)
        self._article = article

    def action_make_claim(self) -> None:
        """Make a new claim of the selected words, and make it current."""
        record, selection = self.state.record, self.state.selection
        if record is None or selection is None:
            return
        change = edit.new_claim(record, [selection.span], self.review.actor)
        if self.review.do(change, "no words are selected") and change is not None:
            self._article.action_stop_selecting()
            self.review.reveal(change.claim_ids()[0])
            self.review.say(f"new claim; {self.key_of('speaker')} sets its speaker")

    def action_make_content(self) -> None:
        """Make the selected words the claim's content."""
        self._make("content")

    def action_make_cue(self) -> None:
        """Make the selected words the claim's cue."""
        self._make("cue")

    def action_make_source(self) -> None:
        """Make the selected words the claim's source."""
        self._make("source")

    def action_make_addressee(self) -> None:
        """Make the selected words the claim's addressee."""
        self._make("addressee")

    def action_make_fragment(self) -> None:
        """Add the selected words to the claim's content."""
        if wanted := self._wanted():
            record, claim, span = wanted
            self._take(edit.add_fragment(record, claim.id, span, self.review.actor))

    def action_make_date(self) -> None:
        """Make the selected words the claim's date."""
        if wanted := self._wanted():
            record, claim, span = wanted
            date = edit.date_of_words(record, span)
            if self._take(edit.assign_date(record, claim.id, date, self.review.actor)) and date.value is None:
                words = " ".join(record.text[span.start : span.end].split())
                self.review.refuse(f"no meaning found for the date “{words:.30}”; {self.key_of('date')} sets one")

    def _make(self, part: Part) -> None:
        if wanted := self._wanted():
            record, claim, span = wanted
            self._take(edit.set_part(record, claim.id, part, [span], self.review.actor))
            self.review.choose_part((part, 0))

    def _wanted(self) -> tuple[Record, Claim, Span] | None:
        """Return the article, the current claim and the selected words; None where one is missing."""
        wanted, selection = self.review.wanted_claim(), self.state.selection
        return (*wanted, selection.span) if wanted is not None and selection is not None else None

    def _take(self, change: Change | None) -> bool:
        done = self.review.do(change, "the claim has these words already")
        if done:
            self._article.action_stop_selecting()
        return done
