"""Editing the fields of a claim: in the form, or one at a time in a dialog."""

from __future__ import annotations

from collections.abc import Callable

from annotate import edit
from annotate.model import CLAIM_TYPES, Claim, Record
from annotate.uncertainty import is_guess
from tui.screens.questions import Choice, Question
from tui.screens.review.base import ReviewBase
from tui.screens.review.claim_form import ClaimForm
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.making import Making
from tui.widgets.safe_input import LinesInput
from tui.wording.fields import Field, field

_BY_DIGIT = frozenset({"speaker", "type"})
"""Fields whose choices a digit chooses: their values do not begin with one."""


class Editing(Collaborator):
    """The actions on the fields of the current claim.

    Args:
        review: The screen.
        making: Offers a source for a speaker.
    """

    def __init__(self, review: ReviewBase, making: Making) -> None:
        super().__init__(review)
        self._making = making

    # ------------------------------------------------------------------ the form

    async def action_edit(self) -> None:
        """Open the claim's fields, laid out when they are first wanted."""
        wanted = self.review.changeable_claim()
        if wanted is None:
            return
        form = self._form
        if form is None:
            form = ClaimForm(self._hint())
            await self.review.query_one("#side").mount(form)
        form.display = True
        self.review.claims.unfolded = False
        self.review.add_class("-editing")
        form.open(*wanted)

    def action_next_field(self) -> None:
        """Save the field and go to the next."""
        self.review.query_one(ClaimForm).step(1)

    def action_previous_field(self) -> None:
        """Save the field and go to the previous one."""
        self.review.query_one(ClaimForm).step(-1)

    def action_break_line(self) -> None:
        """Begin a new line in the field."""
        if isinstance(line := self.review.focused, LinesInput):
            line.break_line()

    def action_close_form(self) -> None:
        """Save the field and close the form."""
        self.review.query_one(ClaimForm).close()

    def action_restore_field(self) -> None:
        """Restore the field's value from when the form was opened; close the form if it has that value."""
        self.review.query_one(ClaimForm).restore()

    def save_typed(self) -> bool:
        """Save the text being typed before the app ends; False when it is not valid."""
        form = self._form
        typed = form.typed if form is not None else None
        wanted = self._in_form(typed.claim_id) if typed is not None else None
        if typed is None or wanted is None:
            return True
        if not typed.field.check(*wanted, typed.value).ok:
            key = self.key_of("restore_field", "form")
            self.review.refuse(
                f"{typed.field.name} “{typed.value}” is not valid, so it was not saved; {key} brings back the old value"
            )
            return False
        self.save(typed)
        return True

    def save(self, saved: ClaimForm.Saved) -> None:
        """Save a field of the form."""
        wanted, actor = self._in_form(saved.claim_id), self.review.actor
        if wanted is None:
            self.leave_form()
            return
        if saved.before is None:
            change = saved.field.change(*wanted, saved.value, actor)
        else:
            change = saved.field.restore(*wanted, saved.before, saved.value, actor)
        if change is None or not self.review.do(change):
            self.fill_form()  # with the value that is saved
        elif saved.before is None:
            self.note(saved.field, saved.claim_id, saved.value)

    def fill_form(self) -> None:
        """Fill an open form with the claim's values, except the field being typed in."""
        form = self._form if self.review.has_class("-editing") else None
        wanted = self._in_form(form.claim_id) if form is not None else None
        if form is not None and wanted is not None:
            form.show(*wanted, keep=form.typing_in)

    def leave_form(self) -> None:
        """Close the form, where it is open."""
        form = self._form
        if form is None or not form.display:
            return
        self.review.claims.focus()
        form.display = False
        self.review.remove_class("-editing")
        self.review.claims.unfolded = True
        self.review.show_keys()

    @property
    def has_cursor(self) -> bool:
        """True while the focus is in the form."""
        focused = self.review.focused
        return focused is not None and any(isinstance(node, ClaimForm) for node in focused.ancestors)

    @property
    def is_in_note(self) -> bool:
        """True while the focus is in a field of several lines."""
        return isinstance(self.review.focused, LinesInput)

    @property
    def _form(self) -> ClaimForm | None:
        return next(iter(self.review.query(ClaimForm)), None)

    def _hint(self) -> str:
        """Return how the content, the source and the cue are corrected, which have no field."""
        chosen = (f"{self.key_of(f'choose_{part}')} {part}" for part in ("source", "cue", "content"))
        return f"source, cue, content: {self.key_of('close_form', 'form')}, then {', '.join(chosen)}"

    def _in_form(self, claim_id: str | None) -> tuple[Record, Claim] | None:
        """Return the article and the form's claim, which a filter may hide by now; None if it was removed."""
        record, claim = self.state.record, self.state.claim_with(claim_id)
        return (record, claim) if record is not None and claim is not None and not claim.deleted else None

    # ------------------------------------------------------------------ one field

    def action_speaker(self) -> None:
        """Choose or name the speaker."""
        self._ask_field("speaker", "Who said it")

    def action_date(self) -> None:
        """Set when it was said."""
        self._ask_field("date", "When it was said")

    def action_note(self) -> None:
        """Write a note."""
        self._ask_field("note", "Note")

    def action_tags(self) -> None:
        """Set the tags."""
        self._ask_field("tags", "Tags")

    def action_type(self) -> None:
        """Change the type to the next one."""
        if wanted := self.review.wanted_claim():
            record, claim = wanted
            kind = CLAIM_TYPES[(CLAIM_TYPES.index(claim.type) + 1) % len(CLAIM_TYPES)]
            if self.review.do(edit.set_fields(record, claim.id, self.review.actor, type=kind)):
                self.note(field("type"), claim.id, kind)
                self.review.say(f"type: {kind}")

    def action_rename_speaker(self) -> None:
        """Rename the claim's speaker, for all claims of this speaker."""
        wanted = self.review.changeable_claim()
        if wanted is None:
            return
        record, claim = wanted
        speaker = record.speaker(claim.speaker)
        if speaker is None:
            self.review.refuse(f"the claim has no speaker; {self.key_of('speaker')} chooses one")
            return

        def taken(name: str | None) -> None:
            if name is not None and self.state.record is not None:
                change = edit.rename_speaker(self.state.record, speaker.id, name, self.review.actor)
                self.review.do(change, "the speaker has this name already")

        self.review.ask(Question.rename("Rename the speaker", speaker.name), taken)

    def _ask_field(self, name: str, title: str) -> None:
        wanted = self.review.changeable_claim()
        if wanted is None:
            return
        record, claim = wanted
        asked = field(name)
        value = asked.value(record, claim)

        def taken(typed: str) -> None:
            if typed != value or (name == "speaker" and is_guess(claim)):
                self.set(asked, claim.id, typed)

        self.ask(asked, title, taken)

    def ask(self, asked: Field, title: str, taken: Callable[[str], None]) -> None:
        """Ask for the value of a field, with the choices for the current claim.

        Args:
            asked: The field.
            title: Title of the dialog.
            taken: Called with the value, unless the dialog is cancelled.
        """
        wanted = self.review.changeable_claim()
        if wanted is None:
            return
        record, claim = wanted
        name, value = asked.name, asked.value(record, claim)
        roles = {s.name for s in record.speakers if s.kind == "unnamed"} if name == "speaker" else ()
        choices = [
            Choice(c, c, asked.check(record, claim, c).says, c not in roles) for c in asked.candidates(record, claim)
        ]
        if choices and not asked.is_choice:
            choices.append(Choice("", f"no {name}"))
        digits = name in _BY_DIGIT
        question = Question(
            title, tuple(choices),
            value="" if digits else value,  # an empty line, so that digits pick; else the value, to edit it
            current=value or f"no {name}",
            check=lambda typed: asked.check(record, claim, typed),
            placeholder=asked.hint,
            digits=digits,
            several_lines=asked.several_lines,
        )  # fmt: skip
        self.review.ask(question, lambda typed: None if typed is None else taken(typed))

    def set(self, asked: Field, claim_id: str, value: str) -> None:
        """Set a field of a claim; a speaker is offered the source that belongs to it."""
        record, claim = self.state.record, self.state.claim_with(claim_id)
        if record is not None and claim is not None:
            change = asked.change(record, claim, value, self.review.actor)
            if self.review.do(change, f"the {asked.name} is set to this already"):
                self.note(asked, claim_id, value)
                if asked.name == "speaker":
                    self._making.offer_source(claim_id)

    def note(self, asked: Field, claim_id: str, value: str) -> None:
        """Remember an edit that was made; of a date its value, as its words may mean another day elsewhere."""
        record, claim = self.state.record, self.state.claim_with(claim_id)
        date = record.date_mention(claim.date) if record is not None and claim is not None else None
        if asked.name == "date" and date is not None:
            value = date.value or value
        self.state.note_edit(asked.name, value.strip())
