"""The one dialog for all questions: an input line, its verdict, and choices below."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from annotate.safe import safe_line
from tui.keys.registry import Scope
from tui.screens.keyed_screen import KeyedModal, key_of
from tui.screens.questions import DIGITS, Choice, Question, matching
from tui.widgets.bars import KeyBar
from tui.widgets.safe_input import LinesInput, SafeInput
from tui.wording.fields import Verdict


class AskScreen(KeyedModal[str]):
    """A dialog for a choice or typed text; dismissed with the value, or with None.

    Digits take a choice while the line is empty or where there is none, letters filter, down and up move, enter takes.

    Args:
        question: What is asked.
    """

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._matching: tuple[Choice, ...] = question.choices
        self._choosing = not question.has_line
        """True while the terminal's cursor stands on the marked choice, false while it stands in the line."""

    def scopes(self) -> tuple[Scope, ...]:
        """Return the scope of a dialog with choices, or of one with a line alone, which may be of several lines."""
        noting: tuple[Scope, ...] = ("noting",) if self._question.several_lines else ()
        return ("choosing",) if self._question.choices else (*noting, "typing")

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the marked choice once one was moved to, else of the cursor in the line."""
        choices = next(iter(self.query(OptionList)), None) if self._choosing else None
        if choices is None or choices.highlighted is None:
            return super().cursor_screen_offset
        line = choices._index_to_line[choices.highlighted] - choices.scroll_offset.y  # noqa: SLF001 # told nowhere else
        return choices.content_region.offset + Offset(0, line)

    def compose(self) -> ComposeResult:
        """Lay out the text, the line with its verdict, and the choices."""
        question = self._question
        panel = Vertical(classes="panel ask")
        panel.border_title = Content(safe_line(question.title))
        with panel:
            if question.text:
                yield Static(safe_line(question.text), markup=False, classes="text")
            if question.has_line:
                yield (LinesInput if question.several_lines else SafeInput)(
                    question.value,
                    placeholder=question.placeholder,
                    compact=True,
                    select_on_focus=bool(question.choices),
                )
                yield Static("", markup=False, classes="verdict")
            if question.choices:
                choices = OptionList(markup=False, compact=True)
                choices.can_focus = False  # the line keeps the cursor, whatever is clicked
                yield choices
            if question.choices:
                yield Static(self._hint(), markup=False, classes="hint")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show all choices, and the keys over those of the screen below."""
        self.query_one(KeyBar).show("", self.actions())
        self._list_choices()
        self._judge()

    async def on_key(self, event: events.Key) -> None:
        """Choose by a digit in a dialog without an input line."""
        picked = None if self._question.has_line else self._of_digit(key_of(event))
        if picked is not None:
            event.stop()
            self._take(picked.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._choosing = False
        picked = self._of_digit(event.value.strip())
        if picked is not None:
            with self.prevent(Input.Changed):
                event.input.value = ""
            self._take(picked.value)
            return
        self._list_choices()
        self._judge()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(self._matching[event.option_index].value)

    def action_next_choice(self) -> None:
        """Go to the next choice."""
        self._choosing = True
        self.query_one(OptionList).action_cursor_down()

    def action_previous_choice(self) -> None:
        """Go to the choice before."""
        self._choosing = True
        self.query_one(OptionList).action_cursor_up()

    def action_choose(self) -> None:
        """Answer with the marked choice, which may be the typed text."""
        at = self.query_one(OptionList).highlighted
        if at is not None and self._matching:
            self._take(self._matching[at].value)
        else:
            self._refuse(self._said(self._words))

    def action_break_line(self) -> None:
        """Begin a new line."""
        self.query_one(LinesInput).break_line()

    def action_confirm(self) -> None:
        """Answer with the typed text if it is valid."""
        said = self._said(self._words)
        if said.ok:
            self.dismiss(self._words)
        else:
            self._refuse(said)

    @property
    def _words(self) -> str:
        """The typed text; empty in a dialog without a line."""
        return self.query_one(Input).value if self._question.has_line else ""

    def _of_digit(self, typed: str) -> Choice | None:
        choices = self._question.choices if self._question.digits else ()
        is_digit = len(typed) == 1 and typed.isdecimal()
        return choices[int(typed) - 1] if is_digit and 0 < int(typed) <= len(choices) else None

    def _take(self, value: str) -> None:
        if self._question.toggle is None:
            self.dismiss(value)
            return
        self._matching = self._question.toggle(value)
        self._fill(self.query_one(OptionList).highlighted or 0)

    def _list_choices(self) -> None:
        question = self._question
        if not question.choices or question.toggle:
            self._fill(0)
            return
        typed = self._words.strip()
        is_new = typed != question.value.strip()
        found = matching(question.choices, typed) if is_new else list(question.choices)
        exact = (typed or question.current).casefold()
        at = next((i for i, c in enumerate(found) if c.label.casefold() == exact), None)
        verdict = question.check(typed) if question.check and typed and at is None else Verdict(ok=False)
        if verdict.ok:
            found.insert(0, Choice(typed, f"“{typed}”", verdict.says))
            # Letters filter where digits choose: they are then the beginning of a choice rather than a value.
            at = next((i for i, c in enumerate(found) if i and question.digits and c.begins_word(typed)), 0)
        self._matching = tuple(found)
        self._fill(at or 0)

    def _fill(self, at: int) -> None:
        if not self._question.choices:
            return
        choices = self.query_one(OptionList)
        numbered = self._question.digits and not self._words
        choices.clear_options()
        choices.add_options(
            Option(_line(choice, str(i) if numbered and i <= DIGITS else " "))
            for i, choice in enumerate(self._matching, 1)
        )
        choices.highlighted = at if self._matching else None

    def _judge(self) -> None:
        if not self._question.has_line:
            return
        said = self._said(self._words) if self._words.strip() else Verdict()
        # While a choice is marked, enter takes that, not what is typed.
        self._tell(said if said.ok or not self._matching else Verdict())

    def _said(self, typed: str) -> Verdict:
        """Return the verdict on the typed text."""
        if self._question.check is not None:
            return self._question.check(typed)
        return Verdict() if self._matching else Verdict("there is no such choice", ok=False)

    def _refuse(self, said: Verdict) -> None:
        self.app.bell()
        self._tell(said)

    def _tell(self, said: Verdict) -> None:
        beside = self.query_one(".verdict", Static)
        beside.update(("" if said.ok else "✗ ") + safe_line(said.says))
        beside.set_class(not said.ok, "-wrong")

    def _hint(self) -> str:
        question = self._question
        letters = "letters filter" if question.has_line and not question.toggle else ""
        digits = "a digit chooses at once" if question.digits else ""
        return " · ".join(filter(None, ("↑ ↓ choose", letters, digits)))


def _line(choice: Choice, number: str) -> Content:
    detail = f"  {safe_line(choice.detail)}" if choice.detail else ""
    return Content.assemble((number, "bold"), " ", safe_line(choice.label), (detail, "dim"))
