"""Actions on several claims at once: the marked ones, or all undecided ones in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate import edit
from annotate.changes import Change
from annotate.model import Record, Status
from annotate.plural import count
from tui.screens.questions import Choice, Question
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.editing import Editing
from tui.wording.fields import Verdict, field, tags

_DONE: dict[Status, str] = {"accepted": "accepted {}", "rejected": "rejected {}", "suggested": "made {} undecided"}


class Ranges(Collaborator):
    """The actions on several claims, each one step of undo.

    Args:
        review: The screen.
        editing: Asks for the value of a field.
    """

    def __init__(self, review: ReviewBase, editing: Editing) -> None:
        super().__init__(review)
        self._editing = editing

    # ------------------------------------------------------------------ marking

    def action_mark(self) -> None:
        """Mark the current claim; moving marks those up to the next current one."""
        if wanted := self.review.changeable_claim():
            self.state.marked_from = wanted[1].id
            self.review.claims.focus()
            self.review.show_marked()

    def action_stop_marking(self) -> None:
        """Unmark all claims."""
        self.state.marked_from = None
        self.review.show_marked()

    # ------------------------------------------------------------------ the marked claims

    def action_accept_marked(self) -> None:
        """Accept the marked claims and go on."""
        self._decide(self.state.marked, "accepted")

    def action_reject_marked(self) -> None:
        """Reject the marked claims and go on."""
        self._decide(self.state.marked, "rejected")

    def action_undecide_marked(self) -> None:
        """Make the marked claims undecided again."""
        self._decide(self.state.marked, "suggested")

    def action_speaker_of_marked(self) -> None:
        """Choose or name the speaker of the marked claims."""
        self._ask_field("speaker", "Who said {}")

    def action_type_of_marked(self) -> None:
        """Choose the type of the marked claims."""
        self._ask_field("type", "Type of {}")

    def action_tag_marked(self) -> None:
        """Add tags to the marked claims; those that they have stay."""
        ids, actor = self.state.marked, self.review.actor

        def taken(typed: str | None) -> None:
            if typed is not None:
                new = tags(typed)

                def add(record: Record, claim_id: str) -> Change | None:
                    both = dict.fromkeys((*record.claim(claim_id).tags, *new))
                    return edit.set_fields(record, claim_id, actor, tags=tuple(both))

                self._do(ids, add, "these claims have these tags already", "tags added to {}: ", ", ".join(new))

        def check(typed: str) -> Verdict:
            return Verdict() if tags(typed) else Verdict("a tag is needed", ok=False)

        title = f"Tags to add to {_claims(ids)}"
        self.review.ask(Question(title, check=check, placeholder=field("tags").hint), taken)

    def action_remove_marked(self) -> None:
        """Remove the marked claims and go on."""
        actor = self.review.actor
        self._do(self.state.marked, lambda r, c: edit.delete(r, c, actor), "these claims are removed", "removed {}")

    def _ask_field(self, name: str, title: str) -> None:
        ids, actor, asked = self.state.marked, self.review.actor, field(name)

        def taken(value: str) -> None:
            def change(record: Record, claim_id: str) -> Change | None:
                return asked.change(record, record.claim(claim_id), value, actor)

            if self._do(ids, change, f"this is their {name} already", f"{name} of {{}}: ", value or "none"):
                self._editing.note(asked, ids[0], value)

        self._editing.ask(asked, title.format(_claims(ids)), taken)

    # ------------------------------------------------------------------ all that are listed

    def action_accept_shown(self) -> None:
        """Accept all undecided claims in the list, after a question with their number."""
        self._decide_shown("accepted", "Accept")

    def action_reject_shown(self) -> None:
        """Reject all undecided claims in the list, after a question with their number."""
        self._decide_shown("rejected", "Reject")

    def _decide_shown(self, status: Status, verb: str) -> None:
        if self.review.changeable_record() is None:
            return
        ids = self.state.undecided()
        if not ids:
            self.review.refuse("no claim in the list is undecided")
            return

        def taken(answer: str | None) -> None:
            if answer == "yes":
                self._decide(ids, status)

        chosen = self.state.filter.name
        listed = f"list of “{chosen}”" if chosen else "list"
        undo = f"{self.key_of('undo')} undoes all of it"
        text = f"These are the undecided claims in the {listed}; decided ones stay as they are. {undo}."
        choices = (Choice("yes", f"{verb.lower()} {_claims(ids)}"), Choice("no", "leave them undecided"))
        self.review.ask(Question(f"{verb} {_claims(ids)}?", choices, text=text), taken)

    # ------------------------------------------------------------------ doing it

    def _decide(self, ids: Sequence[str], status: Status) -> None:
        actor = self.review.actor
        self._do(ids, lambda r, c: edit.decide(r, c, status, actor), "these claims are so already", _DONE[status])

    def _do(
        self, ids: Sequence[str], make: Callable[[Record, str], Change | None], refused: str, done: str, value: str = ""
    ) -> bool:
        """Make a change of several claims as one action and go on to the claim after them; False if it was refused.

        Args:
            ids: The claims; those that the engine has taken back meanwhile are left out.
            make: Makes the change of one claim.
            refused: Why nothing was changed.
            done: What was done, with a place for the number of claims.
            value: What they were given.
        """
        record = self.state.record
        there = [id_ for id_ in ids if (claim := self.state.claim_with(id_)) is not None and not claim.deleted]
        change = edit.of_each(record, there, make) if record is not None else None
        if change is None:
            self.review.refuse(refused)
            return False
        beside = self._beside(there)
        self.action_stop_marking()
        if not self.review.do(change):
            return False
        self.review.go_to(next(filter(self.state.lists, beside), self.state.claim_id))
        if self.state.record is not None and self.state.record.review.state != "done":
            number = _claims(change.claim_ids())
            self.review.say(f"{done.format(number)}{value}; {self.key_of('undo')} undoes that")
        return True

    def _beside(self, ids: Sequence[str]) -> list[str | None]:
        """Return where to go on after some claims: the claim after them, the current one, the one before them."""
        chosen = set(ids)
        rows = [row for row, claim_id in enumerate(self.state.listed) if claim_id in chosen] or [self.state.row]
        after = self.state.listed[rows[-1] + 1 : rows[-1] + 2]
        return [*after, self.state.claim_id, *self.state.listed[max(0, rows[0] - 1) : rows[0]]]


def _claims(ids: Sequence[str]) -> str:
    return count(len(ids), "claim")
