"""The fields of the current claim, a line each, below the claim list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from annotate.safe import safe_line
from tui.widgets.pane import titled
from tui.widgets.safe_input import LinesInput, SafeInput
from tui.wording.fields import FIELDS, Field

if TYPE_CHECKING:
    from annotate.model import Claim, Record


class FieldLine(Horizontal):
    """One field: its name, the line to type in, and what the typed words mean."""

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"field-{field.name}", classes="field")
        self.field = field
        self.saved = ""
        self.opened = ""
        """The saved value when the form was opened."""

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static(self.field.name, markup=False, classes="label")
        line = LinesInput if self.field.several_lines else SafeInput
        yield line(placeholder=f"(none; {self.field.hint})", compact=True, select_on_focus=False)
        yield Static("", markup=False, classes="verdict")

    @property
    def input(self) -> Input:
        """The line to type in."""
        return self.query_one(Input)

    @property
    def changed(self) -> bool:
        """True if the input differs from the saved value."""
        return self.input.value != self.saved


class ClaimForm(Vertical):
    """Edits the current claim; every field is saved when it is left, and says so. Escape restores it, else closes."""

    class Saved(Message):
        """A field was left with another value that is all right.

        Args:
            claim_id: The claim.
            field: The field.
            value: What stands in it.
            before: The claim that the value was restored from, if it was.
        """

        def __init__(self, claim_id: str, field: Field, value: str, before: Claim | None = None) -> None:
            super().__init__()
            self.claim_id = claim_id
            self.field = field
            self.value = value
            self.before = before

    class Closed(Message):
        """The person is done with the form."""

    def __init__(self, hint: str) -> None:
        """Make a form.

        Args:
            hint: How what no field is for is edited.
        """
        super().__init__(classes="form")
        self._hint = hint
        self._record: Record | None = None
        self._claim: Claim | None = None
        self._opened: Claim | None = None
        """The claim as it was when the form was opened."""

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        for field in FIELDS:
            yield FieldLine(field)
        yield Static(self._hint, markup=False, classes="hint")

    def open(self, record: Record, claim: Claim) -> None:
        """Show a claim's fields, and put the cursor into the first."""
        for line in self.query(FieldLine):
            line.opened = line.field.value(record, claim)
        self._opened = claim
        self.show(record, claim)
        self.edit()

    def show(self, record: Record, claim: Claim, *, keep: Field | None = None) -> None:
        """Fill the fields from a claim.

        Args:
            record: The article.
            claim: The claim to edit.
            keep: A field that the person is typing in, left alone.
        """
        self._record, self._claim = record, claim
        number = [c.id for c in record.live_claims()].index(claim.id) + 1
        self.border_title = titled(f"Claim {number}")
        for line in self.query(FieldLine):
            line.saved = line.field.value(record, claim)
            line.input.suggester = SuggestFromList(line.field.candidates(record, claim), case_sensitive=False)
            if line.field is not keep:
                line.input.value = line.saved
            self._judge(line)

    def edit(self, name: str = "speaker") -> None:
        """Put the cursor into a field."""
        line = self.query_one(f"#field-{name}", FieldLine)
        line.input.focus()
        line.input.cursor_position = len(line.input.value)
        if line.field.is_choice:
            line.input.select_all()

    @property
    def claim_id(self) -> str | None:
        """The claim that is edited."""
        return self._claim.id if self._claim else None

    @property
    def typed(self) -> ClaimForm.Saved | None:
        """The unsaved input of the field with the cursor, for callers that cannot wait for the message."""
        line = self._current()
        if line is None or self._claim is None or not line.changed:
            return None
        return self.Saved(self._claim.id, line.field, line.input.value)

    @property
    def typing_in(self) -> Field | None:
        """The field with the cursor."""
        line = self._current()
        return line.field if line else None

    def step(self, by: int) -> None:
        """Save the field and go to another; a value that makes no sense keeps the cursor."""
        line = self._current()
        if line is None or not self._save(line):
            return
        names = [field.name for field in FIELDS]
        self.edit(names[(names.index(line.field.name) + by) % len(names)])

    def close(self) -> None:
        """Save the field and leave the form."""
        line = self._current()
        if line is None or self._save(line):
            self.post_message(self.Closed())

    def restore(self) -> None:
        """Make the field what it was when the form was opened, also where it was saved since; else leave the form."""
        line = self._current()
        if line is None or line.input.value == line.opened:
            self.close()
            return
        line.input.value = line.opened
        self._save(line, self._opened)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if isinstance(event.input.parent, FieldLine):
            self._judge(event.input.parent)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Save a field that is left by the mouse or by any other way."""
        if isinstance(event.widget.parent, FieldLine) and self.display:
            self._save(event.widget.parent)

    def _current(self) -> FieldLine | None:
        focused = self.screen.focused
        return focused.parent if focused is not None and isinstance(focused.parent, FieldLine) else None

    def _save(self, line: FieldLine, before: Claim | None = None) -> bool:
        if self._record is None or self._claim is None or not line.changed:
            return True
        if before is None and not line.field.check(self._record, self._claim, line.input.value).ok:
            self.app.bell()
            return False
        line.saved = line.input.value
        self.post_message(self.Saved(self._claim.id, line.field, line.input.value, before))
        return True

    def _judge(self, line: FieldLine) -> None:
        if self._record is None or self._claim is None:
            return
        verdict = line.field.check(self._record, self._claim, line.input.value)
        beside = line.query_one(".verdict", Static)
        saved = "saved" if verdict.ok and not line.changed and line.saved != line.opened else ""
        says = " · ".join(filter(None, (saved, safe_line(verdict.says))))
        beside.update(says if verdict.ok else f"✗ {says}")
        beside.set_class(not verdict.ok, "-wrong")
