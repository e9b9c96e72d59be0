"""Repeating the last edit of a field, and choosing among the speakers chosen last."""

from __future__ import annotations

from annotate.model import Claim
from tui.screens.questions import Choice, Question
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.editing import Editing
from tui.wording.fields import field, tags


class Repeating(Collaborator):
    """The actions that use earlier edits of this sitting.

    Args:
        review: The screen.
        editing: Sets fields of claims.
    """

    def __init__(self, review: ReviewBase, editing: Editing) -> None:
        super().__init__(review)
        self._editing = editing

    def action_repeat(self) -> None:
        """Repeat the last edit of a field on the current claim."""
        wanted, last = self.review.changeable_claim(), self.state.last_edit
        if wanted is None:
            return
        if last is None:
            self.review.refuse("edit a field first; then this key repeats the edit on another claim")
            return
        name, value = last
        record, claim = wanted
        if why := self._why_not(claim, name, value):
            self.review.refuse(why)
            return
        asked = field(name)
        verdict = asked.check(record, claim, value)
        if not verdict.ok:
            self.review.refuse(f"{name} “{value}” does not apply here: {verdict.says}")
            return
        new = ", ".join(dict.fromkeys((*claim.tags, *tags(value)))) if name == "tags" else value
        change = asked.change(record, claim, new, self.review.actor)
        if self.review.do(change, f"the {name} of this claim is “{value}” already" if value else f"it has no {name}"):
            self.review.say(f"repeated: {name} set to {value or 'none'}")

    def action_recent_speakers(self) -> None:
        """Choose among the speakers chosen last."""
        wanted = self.review.changeable_claim()
        if wanted is None:
            return
        record, claim = wanted
        names, asked = self.state.recent_speakers, field("speaker")
        if not names:
            self.review.refuse(f"no speaker was chosen since the app started; {self.key_of('speaker')} chooses one")
            return

        def taken(name: str | None) -> None:
            if name is not None:
                self._editing.set(asked, claim.id, name)

        choices = tuple(Choice(name, name, asked.check(record, claim, name).says) for name in names)
        self.review.ask(Question("Recent speakers", choices), taken)

    def _why_not(self, claim: Claim, name: str, value: str) -> str:
        """Return the reason not to repeat an edit on a claim; empty where there is none."""
        if name == "note" and claim.note not in {"", value}:
            return f"this claim has a note of its own; {self.key_of('note')} edits it"
        return ""
