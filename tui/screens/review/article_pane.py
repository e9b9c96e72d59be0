"""Moving in the article, and selecting words there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate.spans import Span
from annotate.units import around
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.engine_units import EngineUnits
from tui.text.motions import (
    Selection,
    quotation_at,
    repeated,
    sentence_after,
    sentence_at,
    sentence_before,
    whole_words,
    word_after,
    word_at,
    word_before,
)
from tui.widgets.article_view import ArticleView


class ArticlePane(Collaborator):
    """The actions that move the text cursor, and the selection with it.

    Args:
        review: The screen.
        units: Noun phrases and clauses in view.
    """

    def __init__(self, review: ReviewBase, units: EngineUnits) -> None:
        super().__init__(review)
        self._units = units

    # ------------------------------------------------------------------ moving

    def action_line_down(self) -> None:
        """Go a line down."""
        self._to_line(self.review.count)

    def action_line_up(self) -> None:
        """Go a line up."""
        self._to_line(-self.review.count)

    def action_page_down(self) -> None:
        """Go a page down."""
        self._to_line(self.review.count * self._article.page)

    def action_page_up(self) -> None:
        """Go a page up."""
        self._to_line(-self.review.count * self._article.page)

    def action_first_line(self) -> None:
        """Go to the article's beginning."""
        self._to(0)

    def action_last_line(self) -> None:
        """Go to the article's end; with a count, to the claim of that number."""
        number = self.review.reader.count
        if number is not None:
            claim = self.review.go_to_number(number)
            if claim is not None:
                self._to(claim.start)
        elif self.state.record is not None:
            self._to(len(self.state.record.text) - 1)

    def action_word_on(self) -> None:
        """Go to the next word; while selecting, extend to it."""
        self._over_words(word_after)

    def action_word_back(self) -> None:
        """Go to the word before."""
        self._over_words(word_before)

    def _over_words(self, beside: Callable[[str, Span], Span]) -> None:
        record, word = self.state.record, self.state.word(self._article.cursor)
        if record is not None and word is not None:
            self._to(repeated(lambda at: beside(record.text, at), word, self.review.count).start)

    def action_sentence_on(self) -> None:
        """Go to the next sentence; while selecting, to the end of this one, then of the next."""
        record, selection, cursor = self.state.record, self.state.selection, self._article.cursor
        if record is None:
            return
        if selection is None:
            self._to(repeated(lambda at: sentence_after(record, at).start, cursor, self.review.count))
            return
        here = sentence_at(record, cursor)
        ahead = self.review.count - (selection.head.end < here.end)
        end = repeated(lambda at: sentence_after(record, at - 1).end, here.end, ahead)
        self._to(word_at(record.text, end - 1).start)

    def action_sentence_back(self) -> None:
        """Go to the beginning of the sentence, then of the one before."""
        record, cursor = self.state.record, self._article.cursor
        if record is None:
            return

        def back(at: int) -> int:
            here = sentence_at(record, at)
            return (sentence_before(record, at) if at <= here.start else here).start

        self._to(repeated(back, cursor, self.review.count))

    # ------------------------------------------------------------------ selecting

    def action_select(self) -> None:
        """Select a match, date or quotation while the cursor is at its start, else the word at the cursor.

        A date is selected with the cursor anywhere in it. When the list has the focus, select the first word of the
        current claim.
        """
        record = self.review.changeable_record()
        if record is None:
            return
        claim, at = self.state.claim, self._article.cursor
        whole = self.state.whole_at(at) if self.review.is_in_article else None
        if whole is not None:
            self.select(whole)
            return
        if not self.review.is_in_article and claim is not None:
            at = claim.start
        word = word_at(record.text, at)
        self.state.selection = Selection(word, word)
        self._article.focus()
        self._to(word.start)
        self.review.show_keys()

    def action_new_claim(self) -> None:
        """Start selecting the words of a new claim."""
        self.action_select()
        if self.state.selection is not None:
            names = ("word_on", "sentence_on", "quotation", "make_claim")
            keys = [self.key_of(name, "selecting") for name in names]
            self.review.say("select the claim's words with {} {} {}, then press {}".format(*keys))

    def action_quotation(self) -> None:
        """Select the whole quotation around the cursor, else the next one."""
        record = self.state.record
        if record is None:
            return
        found = quotation_at(record, self._article.cursor)
        if found is None:
            self.review.refuse("there is no quotation here or further on")
        else:
            self.select(found)

    def action_clause(self) -> None:
        """Select the clause at the cursor; again, the next larger one."""
        self._select_unit(self._units.known.clauses, "clause")

    def action_phrase(self) -> None:
        """Select the noun phrase at the cursor; again, the next larger one."""
        self._select_unit(self._units.known.phrases, "noun phrase")

    def _select_unit(self, units: Sequence[Span], name: str) -> None:
        selection = self.state.selection
        if selection is None:
            return
        if not self._units.known.clauses:
            self.review.refuse(f"no {name} is known yet: the engine is {self.review.session.engine.state}")
            return
        found = around(units, selection.head.start, beyond=self.state.selected_words)
        if found is None:
            self.review.refuse(f"there is no larger {name} here")
        else:
            self.select(found)

    def action_stop_selecting(self) -> None:
        """Stop selecting; a match that was selected can be selected again."""
        match, selection = self.state.match, self.state.selection
        if match is not None and selection is not None and selection.span == match:
            self.review.put_cursor(match.start)
        self.state.selection = None
        self._article.select(None)
        self.review.claims.focus()
        self.review.show_keys()

    def select(self, span: Span) -> None:
        """Select a span as it is."""
        if self.state.select(span) and self.state.selection is not None:
            self._article.focus()
            self._article.select(span)
            self.review.put_cursor(self.state.selection.head.start)
            self.review.show_keys()

    def select_words(self, span: Span) -> None:
        """Select the whole words that a span touches."""
        if self.state.record is not None:
            self.select(whole_words(self.state.record.text, span))

    # ------------------------------------------------------------------ inside

    @property
    def _article(self) -> ArticleView:
        return self.review.article

    def _to_line(self, by: int) -> None:
        self._to(self._article.offset_of_line(by))

    def _to(self, offset: int) -> None:
        if self.state.record is not None:
            self.review.move(Span(offset, offset + 1))
