"""Going from article to article, and what concerns an article as a whole."""

from __future__ import annotations

from collections.abc import Callable

from textual import work

from annotate.model import Claim, Record
from tui.screens.questions import Choice, Question
from tui.screens.review.core import ReviewCore
from tui.session.clipboard import copy
from tui.wording.citations import COPIES, accepted, citation


class Articles(ReviewCore):
    """The actions on articles, the clipboard and the engine."""

    def action_next_article(self) -> None:
        """Open the next article."""
        self._open_beside(1, "this is the last article")

    def action_previous_article(self) -> None:
        """Open the article before."""
        self._open_beside(-1, "this is the first article")

    def action_library(self) -> None:
        """Show all articles."""
        from tui.screens.library import LibraryScreen

        def chosen(place: tuple[int, str | None] | None) -> None:
            if place is not None and (place != (self.session.index, None) or self.record is None):
                self.open(*place)

        self.app.push_screen(LibraryScreen(self.session), chosen)

    def action_speakers(self) -> None:
        """Show who speaks in all articles."""
        from tui.screens.speakers import SpeakersScreen

        def chosen(place: tuple[int, str | None] | None) -> None:
            self.show_record()
            if place is not None:
                self.open(*place)

        self.app.push_screen(SpeakersScreen(self.session), chosen)

    # ------------------------------------------------------------------ the clipboard

    def action_copy(self) -> None:
        """Copy the claim as a citation."""
        if wanted := self.wanted_claim():
            self._copy(wanted, "citation", citation)

    def action_copy_as(self) -> None:
        """Choose what to copy."""
        if wanted := self.wanted_claim():
            choices = tuple(Choice(name, name) for name, _ in COPIES)

            def taken(name: str | None) -> None:
                if name is not None:
                    self._copy(wanted, name, dict(COPIES)[name])

            self.ask(Question("Copy", choices), taken)

    def _copy(self, wanted: tuple[Record, Claim], what: str, make: Callable[[Record, Claim], str]) -> None:
        if text := make(*wanted):
            is_rejected = wanted[1].status == "rejected" and make is not accepted
            self._send(f"{what} of a claim that was rejected" if is_rejected else what, text)
        else:
            self.refuse("there is nothing to copy: no claim is accepted")

    @work(thread=True, group="copy", exit_on_error=False)
    def _send(self, what: str, text: str) -> None:
        app = self.app
        where = copy(text, lambda words: app.call_from_thread(app.copy_to_clipboard, words))
        app.call_from_thread(self.say, f"copied {what} {where}")

    # ------------------------------------------------------------------ the engine

    def action_retry(self) -> None:
        """Start the engine again after it failed."""
        if self.session.engine.state == "failed":
            self.session.retry_engine()
        else:
            self.refuse(f"the engine is {self.session.engine.state}")

    def _open_beside(self, by: int, refused: str) -> None:
        entries = self.session.entries
        at = self.session.index + by
        while 0 <= at < len(entries) and entries[at].error:
            at += by
        if 0 <= at < len(entries):
            self.open(at)
        else:
            self.refuse(refused)
