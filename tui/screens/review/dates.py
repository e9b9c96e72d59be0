"""The dates in the article: showing the meaning of each, and correcting it."""

from __future__ import annotations

from annotate import edit
from annotate.model import DateMention, Record
from tui.screens.questions import Choice, Question
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.widgets.pane import Pane, titled
from tui.wording.fields import DATE_HINT, Verdict, date_meaning

_NO_DATE = "no date"


class Dates(Collaborator):
    """The actions on dates in the text and on the article's own."""

    def __init__(self, review: ReviewBase) -> None:
        super().__init__(review)
        self._shown = ""
        """Meaning of the date under the cursor, as shown over the article."""

    def action_correct_date(self) -> None:
        """Correct the meaning of the date under the cursor, or mark it as no date."""
        record = self.state.record
        date = self.state.date_at(self.review.article.cursor) if self.review.is_in_article else None
        if record is None or date is None:
            self.review.refuse(f"the cursor is not on a date; {self.key_of('next_date')} goes to the next")
            return
        if not self.review.may_change():
            return
        from annotate.dates import resolve

        def check(typed: str) -> Verdict:
            found = resolve(typed, record.date)
            return Verdict(date_meaning(found, typed)) if found else Verdict("not a date", ok=False)

        def taken(typed: str | None) -> None:
            if typed is not None and self.state.record is not None:
                meaning = None if typed == _NO_DATE else resolve(typed, record.date)
                change = edit.correct_date(self.state.record, date.id, meaning, self.review.actor)
                self.review.do(change, "the date stands for this day already")

        title = f"“{_words(record, date):.40}” means"
        choices = (Choice(_NO_DATE, "no date at all"),)
        self.review.ask(Question(title, choices, date.value or "", check, DATE_HINT, digits=False), taken)

    def action_article_date(self) -> None:
        """Set the article's publication date; its relative dates follow."""
        record = self.review.changeable_record()
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
            if typed is not None and self.state.record is not None:
                change = edit.set_article_date(self.state.record, found.value if found else None, self.review.actor)
                self.review.do(change, "the article has this date already")

        self.review.ask(Question("Publication date", (), record.date or "", check, "e.g. 2025-03-19"), taken)

    def show(self) -> None:
        """Show the meaning of the date under the cursor over the article."""
        record, date = self.state.record, self.state.date_at(self.review.article.cursor)
        meaning = ""
        if record is not None and date is not None:
            meaning = f" · {_words(record, date)} {date_meaning(date, '')}"
        if meaning != self._shown:
            self._shown = meaning
            self.review.query_one("#text", Pane).retitle(titled(f"Article{meaning}"))


def _words(record: Record, date: DateMention) -> str:
    return " ".join(record.text[date.start : date.end].split())


def _is_day(value: str | None) -> bool:
    return value is not None and len(value) == len("2025-03-19") and value.replace("-", "").isdecimal()
