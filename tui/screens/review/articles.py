"""Going from article to article, the lists of all articles and speakers, and the engine."""

from __future__ import annotations

from annotate.errors import ReadError
from tui.screens.review.collaborator import Collaborator


class Articles(Collaborator):
    """The actions on articles as a whole."""

    def action_next_article(self) -> None:
        """Open the next article."""
        self._open_beside(1, "this is the last article")

    def action_previous_article(self) -> None:
        """Open the article before."""
        self._open_beside(-1, "this is the first article")

    def action_library(self) -> None:
        """Show all articles."""
        from tui.screens.library import LibraryScreen

        session = self.review.session

        def chosen(place: tuple[int, str | None] | None) -> None:
            if place is not None and (place != (session.index, None) or self.state.record is None):
                self.review.open_article(*place)

        self.review.app.push_screen(LibraryScreen(session), chosen)

    def action_speakers(self) -> None:
        """Show the speakers of all articles."""
        from tui.screens.speakers import SpeakersScreen

        def chosen(place: tuple[int, str | None] | None) -> None:
            self.review.show_record()
            if place is not None:
                self.review.open_article(*place)

        self.review.app.push_screen(SpeakersScreen(self.review.session), chosen)

    def action_guidelines(self) -> None:
        """Show the guidelines beside the article."""
        from tui.screens.guidelines import GuidelinesScreen, guidelines

        try:
            self.review.app.push_screen(GuidelinesScreen(guidelines(self.review.host.guidelines)))
        except ReadError as error:
            self.review.say(str(error), "error")

    def action_retry(self) -> None:
        """Start the engine again after it failed."""
        engine = self.review.session.engine
        if engine.state == "failed":
            self.review.session.retry_engine()
        else:
            self.review.refuse(f"the engine has not failed: it is {engine.state}")

    def go_on(self) -> None:
        """Open the next article with something to decide, and say so."""
        entries, here = self.review.session.entries, self.review.session.index
        left = (at for at in range(here + 1, len(entries)) if not entries[at].error and entries[at].state != "done")
        at = next(left, None)
        if at is None:
            self.review.refuse(f"nothing is left to decide here or after; {self.key_of('library')} lists all articles")
        else:
            self.review.say(f"nothing was left to decide in “{entries[here].name}”; this is “{entries[at].name}”")
            self.review.open_article(at)

    def _open_beside(self, by: int, refused: str) -> None:
        entries = self.review.session.entries
        at = self.review.session.index + by
        while 0 <= at < len(entries) and entries[at].error:
            at += by
        if 0 <= at < len(entries):
            self.review.open_article(at)
        else:
            self.review.refuse(refused)
