"""Moving in the article, selecting words there, and making claims and their parts of them."""

from __future__ import annotations

from collections.abc import Callable

from annotate import edit
from annotate.changes import Change
from annotate.edit import Part
from annotate.model import Claim, Record
from annotate.spans import Span
from tui.screens.review.core import ReviewCore
from tui.text.motions import (
    Selection,
    quotation_at,
    sentence_after,
    sentence_at,
    sentence_before,
    word_after,
    word_at,
    word_before,
)


class Text(ReviewCore):
    """The actions on the article's words."""

    # ------------------------------------------------------------------ moving

    def action_line_down(self) -> None:
        """Go a line down."""
        self._to_line(1)

    def action_line_up(self) -> None:
        """Go a line up."""
        self._to_line(-1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self._to_line(self.article.page)

    def action_page_up(self) -> None:
        """Go a page up."""
        self._to_line(-self.article.page)

    def action_first_line(self) -> None:
        """Go to the article's beginning."""
        self._to(0)

    def action_last_line(self) -> None:
        """Go to the article's end."""
        if self.record is not None:
            self._to(len(self.record.text) - 1)

    def action_word_on(self) -> None:
        """Go to the next word, or take it in while selecting."""
        if self.record is not None:
            self._to(word_after(self.record.text, self._word(self.record)).start)

    def action_word_back(self) -> None:
        """Go to the word before."""
        if self.record is not None:
            self._to(word_before(self.record.text, self._word(self.record)).start)

    def action_sentence_on(self) -> None:
        """Go to the next sentence; while selecting, to the end of this one, then of the next."""
        record = self.record
        if record is None:
            return
        if self.selection is None:
            self._to(sentence_after(record, self.article.cursor).start)
            return
        here = sentence_at(record, self.article.cursor)
        last = word_at(record.text, here.end - 1)
        if self.selection.head.end >= here.end:
            last = word_at(record.text, sentence_after(record, self.article.cursor).end - 1)
        self._to(last.start)

    def action_sentence_back(self) -> None:
        """Go to the beginning of the sentence, then of the one before."""
        record = self.record
        if record is None:
            return
        here = sentence_at(record, self.article.cursor)
        at_start = self.article.cursor <= here.start
        self._to((sentence_before(record, self.article.cursor) if at_start else here).start)

    # ------------------------------------------------------------------ selecting

    def action_select(self) -> None:
        """Select the current match of a search while the cursor is at its start, else the word at the cursor.

        When the list has the focus, select the first word of the current claim.
        """
        record = self.changeable_record()
        if record is None:
            return
        match = self._match()
        if match is not None and self.focused is self.article and self.article.cursor == match.start:
            self.select_span(match)
            return
        at = self.article.cursor
        if self.focused is not self.article and self.claim is not None:
            at = self.claim.start
        word = word_at(record.text, at)
        self.selection = Selection(word, word)
        self.article.focus()
        self._to(word.start)
        self.show_keys()

    def action_new_claim(self) -> None:
        """Start selecting the words of a new claim."""
        self.action_select()
        if self.selection is not None:
            keys = [
                self.keymap.key_of(name, "selecting") for name in ("word_on", "sentence_on", "quotation", "make_claim")
            ]
            self.say("select the claim's words with {} {} {}, then {}".format(*keys))

    def action_quotation(self) -> None:
        """Select the whole quotation around the cursor, else the next one."""
        record = self.record
        if record is None:
            return
        found = quotation_at(record, self.article.cursor)
        if found is None:
            self.refuse("there is no quotation from here on")
        else:
            self.select_span(found)

    def action_stop_selecting(self) -> None:
        """Stop selecting; a match that was selected can be selected again."""
        match = self._match()
        if match is not None and self.selection is not None and self.selection.span == match:
            self.put_cursor(match.start)
        self.selection = None
        self.article.select(None)
        self.claims.focus()
        self.show_keys()

    def select_span(self, span: Span) -> None:
        """Select words by where they stand, as the mouse does."""
        record = self.record
        if record is None or span.start >= span.end:
            return
        first, last = word_at(record.text, span.start), word_at(record.text, span.end - 1)
        self.selection = Selection(
            Span(span.start, max(span.start + 1, min(first.end, span.end))),
            Span(max(last.start, span.start), span.end),
        )
        self.article.focus()
        self._show_selection(self.selection)
        self.show_keys()

    # ------------------------------------------------------------------ making

    def action_make_claim(self) -> None:
        """Make a new claim of the selected words, and make it current."""
        record, selection = self.record, self.selection
        if record is None or selection is None:
            return
        change = edit.new_claim(record, [selection.span], self.session.actor)
        if self.do(change, "no words are selected") and change is not None:
            self.action_stop_selecting()
            self.reveal(change.claim_ids()[0])
            self.say(f"a new claim; {self.keymap.key_of('speaker')} names its speaker")

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
        self._change_claim(lambda record, claim, span: edit.add_fragment(record, claim.id, span, self.session.actor))

    def action_make_date(self) -> None:
        """Make the selected words the claim's date."""
        record, selection = self.record, self.selection
        if record is None or selection is None:
            return
        date = edit.date_of_words(record, selection.span)
        made = self._change_claim(
            lambda record, claim, _span: edit.assign_date(record, claim.id, date, self.session.actor)
        )
        if made and date.value is None:
            words = " ".join(record.text[selection.span.start : selection.span.end].split())
            self.refuse(f"“{words:.30}” is no date that can be resolved: {self.keymap.key_of('date')} sets one")

    def _make(self, part: Part) -> None:
        self._change_claim(
            lambda record, claim, span: edit.set_part(record, claim.id, part, [span], self.session.actor)
        )
        self.choose_part((part, 0))

    def _change_claim(self, change: Callable[[Record, Claim, Span], Change | None]) -> bool:
        wanted = self.wanted_claim()
        if wanted is None or self.selection is None:
            return False
        record, claim = wanted
        made = self.do(change(record, claim, self.selection.span), "it is these words already")
        if made:
            self.action_stop_selecting()
        return made

    # ------------------------------------------------------------------ inside

    def _match(self) -> Span | None:
        """Return the current match of the search, None where no search is on."""
        return self.found[self.at_match] if self.found else None

    def _word(self, record: Record) -> Span:
        return self.selection.head if self.selection else word_at(record.text, self.article.cursor)

    def _to_line(self, by: int) -> None:
        self._to(self.article.offset_of_line(by))

    def _to(self, offset: int) -> None:
        record = self.record
        if record is None:
            return
        if self.selection is None:
            self.put_cursor(offset)
        else:
            self.selection = self.selection.to(word_at(record.text, offset))
            self._show_selection(self.selection)

    def _show_selection(self, selection: Selection) -> None:
        self.article.select(selection.span)
        self.put_cursor(selection.head.start)
