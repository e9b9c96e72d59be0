"""Copying a claim to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotate.model import Claim, Record
from tui.screens.questions import Choice, Question
from tui.screens.review.collaborator import Collaborator
from tui.session.clipboard import copy
from tui.wording.citations import COPIES, accepted, citation


class Copying(Collaborator):
    """The actions of the clipboard."""

    def action_copy(self) -> None:
        """Copy the claim as a citation."""
        if wanted := self.review.wanted_claim():
            self._copy(wanted, "citation", citation)

    def action_copy_as(self) -> None:
        """Choose what to copy."""
        if wanted := self.review.wanted_claim():
            choices = tuple(Choice(name, name) for name, _ in COPIES)

            def taken(name: str | None) -> None:
                if name is not None:
                    self._copy(wanted, name, dict(COPIES)[name])

            self.review.ask(Question("Copy", choices), taken)

    def _copy(self, wanted: tuple[Record, Claim], name: str, make: Callable[[Record, Claim], str]) -> None:
        if text := make(*wanted):
            is_rejected = wanted[1].status == "rejected" and make is not accepted
            copied = f"{name} of a rejected claim" if is_rejected else name
            self.review.run_worker(partial(self._send, copied, text), group="copy", thread=True, exit_on_error=False)
        else:
            self.review.refuse("there is nothing to copy: no claim is accepted")

    def _send(self, copied: str, text: str) -> None:
        app = self.review.app
        where = copy(text, lambda words: app.call_from_thread(app.copy_to_clipboard, words))
        app.call_from_thread(self.review.say, f"copied {copied} {where}")
