"""One dialog for every question: a line to type in, choices below it, and what the typed words would mean."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from annotate.safe import safe_line
from tui.actions import Scope
from tui.fields import Verdict
from tui.screens.base import KeyedModal
from tui.screens.questions import Choice, Question
from tui.widgets.bars import KeyBar
from tui.widgets.line import Line


class AskScreen(KeyedModal[str]):
    """Asks for a choice or for typed words; dismissed with the value, or with None.

    Digits take a choice while the line is empty, letters filter, down and up move, enter takes.

    Args:
        question: What is asked.
    """

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._matching: tuple[Choice, ...] = question.choices

    def scopes(self) -> tuple[Scope, ...]:
        """Return the keys of a dialog with a list, or of a line alone."""
        return ("choosing",) if self._question.choices else ("typing",)

    def compose(self) -> ComposeResult:
        """Lay out the line, its verdict and the choices."""
        question = self._question
        panel = Vertical(classes="panel ask")
        panel.border_title = Content(safe_line(question.title))
        with panel:
            yield Line(
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

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        typed, question = event.value.strip(), self._question
        if question.digits and len(typed) == 1 and typed.isdecimal() and 0 < int(typed) <= len(question.choices):
            with self.prevent(Input.Changed):
                event.input.value = ""
            self._take(question.choices[int(typed) - 1].value)
            return
        self._list_choices()
        self._judge()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(self._matching[event.option_index].value)

    def action_next_choice(self) -> None:
        """Go to the next choice."""
        self.query_one(OptionList).action_cursor_down()

    def action_previous_choice(self) -> None:
        """Go to the choice before."""
        self.query_one(OptionList).action_cursor_up()

    def action_choose(self) -> None:
        """Take the marked choice, which may be what is typed."""
        at = self.query_one(OptionList).highlighted
        if at is not None and self._matching:
            self._take(self._matching[at].value)
        else:
            self.app.bell()

    def action_confirm(self) -> None:
        """Take what is typed, if it means something."""
        typed = self.query_one(Input).value
        if self._question.check is None or self._question.check(typed).ok:
            self.dismiss(typed)
        else:
            self.app.bell()

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
        typed = self.query_one(Input).value.strip()
        wanted = "" if typed == question.value.strip() else typed.casefold()
        matching = [c for c in question.choices if wanted in f"{c.label} {c.detail}".casefold()]
        exact = (typed or question.current).casefold()
        at = next((i for i, c in enumerate(matching) if c.label.casefold() == exact), None)
        verdict = question.check(typed) if question.check and typed and at is None else Verdict(ok=False)
        if verdict.ok:
            matching.insert(len(matching) if question.digits else 0, Choice(typed, f"“{typed}”", verdict.says))
        self._matching = tuple(matching)
        self._fill(at or 0)

    def _fill(self, at: int) -> None:
        if not self._question.choices:
            return
        choices = self.query_one(OptionList)
        numbered = self._question.digits and not self.query_one(Input).value
        choices.clear_options()
        choices.add_options(
            Option(_line(choice, str(i) if numbered and i <= _DIGITS else " "))
            for i, choice in enumerate(self._matching, 1)
        )
        choices.highlighted = at if self._matching else None

    def _judge(self) -> None:
        check, typed = self._question.check, self.query_one(Input).value
        said = check(typed) if check and typed.strip() else Verdict()
        if not said.ok and self._matching:
            said = Verdict()  # enter takes the choice that is marked, not what is typed
        beside = self.query_one(".verdict", Static)
        beside.update("" if not said.says else safe_line(said.says) if said.ok else f"✗ {safe_line(said.says)}")
        beside.set_class(not said.ok, "-wrong")

    def _hint(self) -> str:
        digits = "a digit takes one at once" if self._question.digits else ""
        return " · ".join(filter(None, ("↑ ↓ choose", "" if self._question.toggle else "letters filter", digits)))


_DIGITS = 9


def _line(choice: Choice, number: str) -> Content:
    detail = f"  {safe_line(choice.detail)}" if choice.detail else ""
    return Content.assemble((number, "bold"), " ", safe_line(choice.label), (detail, "dim"))
