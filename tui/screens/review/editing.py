"""Editing the current claim: its fields, its parts, merging, splitting, undo."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from annotate import edit
from annotate.changes import Change
from annotate.edit import Side, Step
from annotate.model import CLAIM_TYPES, Claim, Record
from annotate.spans import Span
from annotate.uncertainty import is_guess
from tui.keys.registry import Scope
from tui.screens.questions import Choice, Question
from tui.screens.review.claim_form import ClaimForm
from tui.screens.review.core import BRACKETS, ReviewCore
from tui.screens.undo import claim_to_show, redo, undo
from tui.text.motions import paragraph_at, word_at
from tui.wording.fields import Field, field


class Editing(ReviewCore):
    """The actions on the current claim."""

    def scopes(self) -> tuple[Scope, ...]:
        """Return the form's keys while it has the cursor."""
        return ("form",) if self._form_has_cursor() else super().scopes()

    # ------------------------------------------------------------------ the form

    async def action_edit(self) -> None:
        """Open the claim's fields, laid out when they are first wanted."""
        wanted = self.wanted_claim()
        if wanted is None or not self.may_change():
            return
        form = next(iter(self.query(ClaimForm)), None)
        if form is None:
            form = ClaimForm(self._hint())
            await self.query_one("#side").mount(form)
        form.display = True
        self.claims.unfolded = False
        self.add_class("-editing")
        form.open(*wanted)

    def _hint(self) -> str:
        """Return how the words, the source and the cue are corrected, which no field is for."""
        key = self.keymap.key_of
        made = (key(name, "selecting") for name in ("make_content", "make_source", "make_cue"))
        return (
            f"words, source, cue: after {key('close_form', 'form')}, {key('next_part')} and "
            f"{' '.join(map(key, BRACKETS))}; or {key('select')}, then {' '.join(made)}"
        )

    def action_next_field(self) -> None:
        """Save the field and go to the next."""
        self.query_one(ClaimForm).step(1)

    def action_previous_field(self) -> None:
        """Save the field and go to the previous one."""
        self.query_one(ClaimForm).step(-1)

    def action_close_form(self) -> None:
        """Save the field and close the form."""
        self.query_one(ClaimForm).close()

    def action_restore_field(self) -> None:
        """Make the field what it was when the form was opened; close the form when it is that."""
        self.query_one(ClaimForm).restore()

    def save_typed(self) -> bool:
        """Save what is being typed, before the end; False when it makes no sense."""
        typed = next((form.typed for form in self.query(ClaimForm)), None)
        wanted = self._filled_in(typed.claim_id) if typed else None
        if typed is None or wanted is None:
            return True
        if not typed.field.check(*wanted, typed.value).ok:
            key = self.keymap.key_of("restore_field", "form")
            self.refuse(f"{typed.field.name} “{typed.value}” cannot be saved; {key} restores the field")
            return False
        self._field_saved(typed)
        return True

    @on(ClaimForm.Saved)
    def _field_saved(self, event: ClaimForm.Saved) -> None:
        wanted = self._filled_in(event.claim_id)
        if wanted is None:
            self._leave_form()
            return
        actor = self.session.actor
        if event.before is None:
            change = event.field.change(*wanted, event.value, actor)
        else:
            change = event.field.restore(*wanted, event.before, event.value, actor)
        if change is None or not self.do(change):
            self._fill_in()  # as it is

    def show_change(self, change: Change, go_on: str | None = None) -> None:
        """Show it in the form too, which may be open beside the list."""
        super().show_change(change, go_on)
        self._fill_in()

    def _fill_in(self) -> None:
        """Fill the form, where it is open, but for the field that is typed in."""
        form = self.query_one(ClaimForm) if self.has_class("-editing") else None
        there = self._filled_in(form.claim_id) if form else None
        if form and there:
            form.show(*there, keep=form.typing_in)

    def _filled_in(self, claim_id: str | None) -> tuple[Record, Claim] | None:
        """Return the article and the claim of the form, which a filter may hide by now; None where it was removed."""
        record = self.record
        claim = next((c for c in record.live_claims() if c.id == claim_id), None) if record else None
        return (record, claim) if record and claim else None

    def leave_modes(self) -> None:
        """Leave the form too."""
        self._leave_form()
        super().leave_modes()

    @on(ClaimForm.Closed)
    def _leave_form(self) -> None:
        form = next(iter(self.query(ClaimForm)), None)
        if form is None or not form.display:
            return
        self.claims.focus()
        form.display = False
        self.remove_class("-editing")
        self.claims.unfolded = True
        self.show_keys()

    def _form_has_cursor(self) -> bool:
        focused = self.focused
        return focused is not None and any(isinstance(node, ClaimForm) for node in focused.ancestors)

    # ------------------------------------------------------------------ one field

    def action_speaker(self) -> None:
        """Choose or name the speaker."""
        self._ask_field("speaker", "Who said it", digits=True)

    def action_rename_speaker(self) -> None:
        """Rename the claim's speaker; every claim of theirs follows."""
        wanted = self.wanted_claim()
        if wanted is None or not self.may_change():
            return
        record, claim = wanted
        speaker = record.speaker(claim.speaker)
        if speaker is None:
            self.refuse(f"the claim has no speaker; {self.keymap.key_of('speaker')} chooses one")
            return

        def taken(name: str | None) -> None:
            if name is not None and self.record is not None:
                self.do(
                    edit.rename_speaker(self.record, speaker.id, name, self.session.actor), "that is the name already"
                )

        self.ask(Question.rename("Rename the speaker", speaker.name), taken)

    def action_date(self) -> None:
        """Set when it was said."""
        self._ask_field("date", "When it was said", digits=False)

    def action_note(self) -> None:
        """Write a note."""
        self._ask_field("note", "Note", digits=False)

    def action_type(self) -> None:
        """Change the type to the next one."""
        if wanted := self.wanted_claim():
            record, claim = wanted
            kind = CLAIM_TYPES[(CLAIM_TYPES.index(claim.type) + 1) % len(CLAIM_TYPES)]
            if self.do(edit.set_fields(record, claim.id, self.session.actor, type=kind)):
                self.say(f"type: {kind}")

    def _ask_field(self, name: str, title: str, *, digits: bool) -> None:
        wanted = self.wanted_claim()
        if wanted is None or not self.may_change():
            return
        record, claim = wanted
        asked = field(name)
        value = asked.value(record, claim)
        choices = [Choice(c, c, asked.check(record, claim, c).says) for c in asked.candidates(record, claim)]
        if choices:
            choices.append(Choice("", f"no {name}"))
        question = Question(
            title, tuple(choices),
            value="" if digits else value,  # an empty line, so that digits pick; else what there is, to edit
            current=value or f"no {name}",
            check=lambda typed: asked.check(record, claim, typed),
            placeholder=asked.hint,
            digits=digits,
        )  # fmt: skip

        def taken(typed: str | None) -> None:
            if typed is not None and (typed != value or (name == "speaker" and is_guess(claim))):
                self._set_field(asked, claim.id, typed)

        self.ask(question, taken)

    def _set_field(self, asked: Field, claim_id: str, value: str) -> None:
        record = self.record
        if record is not None and (claim := next((c for c in record.claims if c.id == claim_id), None)):
            self.do(asked.change(record, claim, value, self.session.actor), f"the {asked.name} is that already")

    # ------------------------------------------------------------------ the parts

    def action_next_part(self) -> None:
        """Choose the next part that the brackets move."""
        if wanted := self.wanted_claim():
            _, claim = wanted
            parts = self.parts(claim)
            at = parts.index(self.part) + 1 if self.part in parts else 0
            self.choose_part(parts[at % len(parts)] if parts else ("content", 0))
            self.go_to(self.claim_id)
            name, index = self.part
            several = len([part for part in parts if part[0] == name]) > 1
            self.say(f"brackets move the {name}{f', fragment {index + 1}' if several else ''}")

    def action_end_on(self) -> None:
        """Move the part's end right by a word."""
        self._move("end", 1)

    def action_end_back(self) -> None:
        """Move the part's end left by a word."""
        self._move("end", -1)

    def action_start_on(self) -> None:
        """Move the part's start right by a word."""
        self._move("start", 1)

    def action_start_back(self) -> None:
        """Move the part's start left by a word."""
        self._move("start", -1)

    def _move(self, side: Side, step: Step) -> None:
        if wanted := self.wanted_claim():
            record, claim = wanted
            if self.part not in self.parts(claim):
                self.refuse(f"the claim has no {self.part[0]}; {self.keymap.key_of('select')} selects words for it")
                return
            longer, before = (side == "end") == (step == 1), self._paragraph(side)
            change = edit.move_edge(record, claim.id, *self.part, side, step, self.session.actor)
            done = self.do(change, f"the {self.part[0]} cannot get {'longer' if longer else 'shorter'}")
            if done and longer and self._paragraph(side) != before:
                where = "goes on in the next paragraph" if side == "end" else "begins in the paragraph before"
                self.say(f"the {self.part[0]} now {where}; {self.keymap.key_of('undo')} takes that back")

    def _paragraph(self, side: Side) -> Span | None:
        """Return the paragraph that one end of the part is in."""
        record, claim, (part, index) = self.record, self.claim, self.part
        if record is None or claim is None:
            return None
        date = record.date_mention(claim.date) if part == "date" else None
        spans = getattr(claim, part) if part != "date" else (date.span,) if date and date.span else ()
        if index >= len(spans):  # joined with the one beside it
            return None
        return paragraph_at(record, spans[index].end - 1 if side == "end" else spans[index].start)

    # ------------------------------------------------------------------ several claims

    def action_merge(self) -> None:
        """Merge the next claim into this one."""
        if wanted := self.wanted_claim():
            record, claim = wanted
            after = self.listed[self.row + 1 :]
            if not after:
                self.refuse("this is the last claim: there is none to merge with")
            elif self.do(edit.merge(record, claim.id, after[0], self.session.actor)):
                self.say("merged with the next claim")

    def action_split(self) -> None:
        """Split the claim between its fragments, else at the cursor."""
        if wanted := self.wanted_claim():
            record, claim = wanted
            # The cursor is not seen while the list has the focus: nobody can mean to split there.
            seen = self.focused is self.article
            at = word_at(record.text, self.article.cursor).start if seen else None
            change = edit.split(record, claim.id, at, self.session.actor)
            key = self.keymap.key_of
            keys = f"{key('other_pane')}, then {key('word_on', 'article')} and {key('word_back', 'article')}"
            if self.do(change, f"put the cursor inside the claim's words first ({keys})"):
                self.say("split in two")

    def action_remove(self) -> None:
        """Remove the span that `p` has chosen; the whole claim where none is chosen."""
        if wanted := self.wanted_claim():
            record, claim = wanted
            if self.part != ("content", 0):
                self._remove_part(record, claim)
                return
            row = self.row
            if self.do(edit.delete(record, claim.id, self.session.actor)):
                self.go_to(self.listed[min(row, len(self.listed) - 1)] if self.listed else None)
                self.say(f"removed; {self.keymap.key_of('undo')} brings it back")

    def _remove_part(self, record: Record, claim: Claim) -> None:
        part, index = self.part
        if part == "date":
            change = edit.assign_date(record, claim.id, None, self.session.actor)
        else:
            change = edit.remove_fragment(record, claim.id, part, index, self.session.actor)
        self.choose_part(("content", 0))
        if self.do(change):
            self.say(f"{part} removed; {self.keymap.key_of('undo')} brings it back")

    # ------------------------------------------------------------------ undo

    def action_undo(self) -> None:
        """Undo the last action, in whatever article it was."""
        self._show_undone(undo(self))

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._show_undone(redo(self))

    def _show_undone(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        here = self.record.id if self.record is not None else None
        change = next((each for each in changes if each.article == here), changes[0])
        touched = claim_to_show(change, self.claim_id)
        if here == change.article:
            self.show_change(change)
            if touched is not None:
                self.reveal(touched)
        elif len(changes) == 1:
            self.open(self.session.index_of(change.article), touched)
