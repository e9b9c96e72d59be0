"""The article's dates: walking from one to the next, what each means, and correcting that."""

from __future__ import annotations

from typing import Literal

from textual import on

from annotate import edit
from annotate.changes import Change
from annotate.model import DateMention, Record
from annotate.safe import safe_line
from tui.screens.questions import Choice, Question
from tui.screens.review.core import ReviewCore
from tui.session.session import Session
from tui.text.date_offsets import DateOffsets
from tui.widgets.article_view import ArticleView
from tui.widgets.pane import Pane, titled
from tui.wording.fields import DATE_HINT, Verdict, date_meaning

_NO_DATE = "no date"


class Dates(ReviewCore):
    """The actions on the article's dates and on its own."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._places = DateOffsets()
        self._says = ""
        """The meaning of the date under the cursor, shown over the article."""

    def action_next_date(self) -> None:
        """Go to the next date in the text; from the list, to the first one from the claim on."""
        self._walk(1)

    def action_previous_date(self) -> None:
        """Go to the date before the cursor; from the list, before the claim."""
        self._walk(-1)

    def action_correct_date(self) -> None:
        """Say what the date under the cursor means, or that it is none."""
        # The cursor is not seen while the list has the focus: nobody can mean the date there.
        seen = self.focused is self.article
        record, date = self.record, self._dates.at(self.article.cursor) if seen else None
        if record is None or date is None:
            self.refuse(f"the cursor is on no date; {self.keymap.key_of('next_date')} goes to the next")
            return
        if not self.may_change():
            return
        from annotate.dates import resolve

        def check(typed: str) -> Verdict:
            found = resolve(typed, record.date)
            return Verdict(date_meaning(found, typed)) if found else Verdict("not a date", ok=False)

        def taken(typed: str | None) -> None:
            if typed is not None and self.record is not None:
                meant = None if typed == _NO_DATE else resolve(typed, record.date)
                self.do(edit.correct_date(self.record, date.id, meant, self.session.actor), "it means that already")

        title = f"“{_words(record, date):.40}” means"
        choices = (Choice(_NO_DATE, "no date at all"),)
        self.ask(Question(title, choices, date.value or "", check, DATE_HINT, digits=False), taken)

    def action_article_date(self) -> None:
        """Set the article's publication date; its relative dates follow."""
        record = self.changeable_record()
        if record is None:
            return
        from annotate.dates import resolve

        def check(typed: str) -> Verdict:
            found = resolve(typed, None) if typed.strip() else None
            if not typed.strip():
                return Verdict("no date")
            if found is None or not _is_day(found.value):
                return Verdict("not a day: try 2025-03-19", ok=False)
            return Verdict(date_meaning(found, typed))

        def taken(typed: str | None) -> None:
            found = resolve(typed, None) if typed else None
            if typed is not None and self.record is not None:
                change = edit.set_article_date(self.record, found.value if found else None, self.session.actor)
                self.do(change, "that is its date already")

        self.ask(Question("The article's own date", (), record.date or "", check, "e.g. 2025-03-19"), taken)

    def put_cursor(self, offset: int) -> None:
        """Put the text cursor somewhere; what the date there means is in the same frame."""
        super().put_cursor(offset)
        self.show_date()

    def show_record(self) -> None:
        """Show the article anew, and what the date under the cursor means now."""
        super().show_record()
        if self.laid_out:
            self.show_date()

    def show_change(self, change: Change, go_on: str | None = None) -> None:
        """Show a change, and what the date under the cursor means now."""
        super().show_change(change, go_on)
        self.show_date()

    @on(ArticleView.DateUnderCursor)
    def show_date(self) -> None:
        """Say over the article what the date under the cursor means."""
        record, date = self.record, self._dates.at(self.article.cursor)
        says = ""
        if record is not None and date is not None:
            says = f" · {safe_line(_words(record, date))} {safe_line(date_meaning(date, ''))}"
        if says != self._says:
            self._says = says
            self.query_one("#text", Pane).retitle(titled(f"Article{says}"))

    def _walk(self, by: Literal[-1, 1]) -> None:
        at, where = self.article.cursor, "cursor"
        if self.focused is not self.article and self.claim is not None:
            at, where = self.claim.start - (by > 0), "claim"  # a date that it begins with is one of its own
        date = self._dates.beside(at, by)
        if date is None or date.start is None:
            self.refuse(f"there is no date {'after' if by > 0 else 'before'} the {where}")
            return
        self.follow(date.start)
        self.article.focus()
        self.put_cursor(date.start)

    @property
    def _dates(self) -> DateOffsets:
        self._places.take(self.record.dates if self.record is not None else ())
        return self._places


def _words(record: Record, date: DateMention) -> str:
    return " ".join(record.text[date.start : date.end].split())


def _is_day(value: str | None) -> bool:
    return value is not None and len(value) == len("2025-03-19") and value.replace("-", "").isdecimal()
