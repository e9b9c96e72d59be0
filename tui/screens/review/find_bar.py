"""Finding words in the article."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.keys.registry import Scope
from tui.screens.review.core import ReviewCore
from tui.text.motions import match_at, matches
from tui.widgets.bars import KeyBar
from tui.widgets.safe_input import SafeInput


class FindBar(Horizontal):
    """The line in which the words to find are typed."""

    def __init__(self) -> None:
        super().__init__(classes="line find")

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("find ", markup=False, classes="label")
        yield SafeInput(placeholder="words of the article", compact=True)
        yield Static("", markup=False, classes="verdict")


class Finding(ReviewCore):
    """The actions of the search."""

    def scopes(self) -> tuple[Scope, ...]:
        """Return the keys of a line to type in while the find bar has the cursor."""
        return ("typing",) if self._bar_has_cursor() else super().scopes()

    async def action_find(self) -> None:
        """Open the find bar, laid out when it is first wanted."""
        if self.record is None:
            self.refuse("no article is open")
            return
        bar = next(iter(self.query(FindBar)), None)
        if bar is None:
            bar = FindBar()
            await self.mount(bar, before=self.query_one(KeyBar))
        bar.display = True
        bar.query_one(Input).focus()

    @on(Input.Changed, "FindBar Input")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        record = self.record
        if record is None:
            return
        self.found = matches(record.text, event.value)
        self._show_match(match_at(self.found, self.article.cursor))
        said = f"{len(self.found)} found" if self.found else "not in the article" if event.value.strip() else ""
        beside = self.query_one(FindBar).query_one(".verdict", Static)
        beside.update(said)

    def action_confirm(self) -> None:
        """Close the find bar and go on through the matches with n and N; where nothing is typed, end the search."""
        if not self.query_one(FindBar).query_one(Input).value.strip():
            self.action_cancel()
        elif not self.found:
            self.refuse("these words are not in the article")
        else:
            self._close_bar()
            self._go_to_match(self.at_match)

    def action_cancel(self) -> None:
        """Close the find bar and end the search."""
        self.found = []
        self.article.show_matches((), 0)
        self._close_bar()

    def action_next_match(self) -> None:
        """Go to the next match; after the last comes the first."""
        self._go_to_match((self.at_match + 1) % len(self.found))

    def action_previous_match(self) -> None:
        """Go to the match before; before the first comes the last."""
        self._go_to_match((self.at_match - 1) % len(self.found))

    def action_end_search(self) -> None:
        """End the search."""
        self.found = []
        self.article.show_matches((), 0)
        self.show_keys()

    def _show_match(self, at: int) -> None:
        self.at_match = at
        self.article.show_matches(self.found, at)
        if self.found:
            self.put_cursor(self.found[at].start)

    def _go_to_match(self, at: int) -> None:
        """Show a match; the claim in which it lies is the one that is decided next, not the one before the search."""
        within = self.follow(self.found[at].start)
        self._show_match(at)
        self.article.focus()  # the cursor is there now: `v` selects the match, not the claim's first word
        said, number = f"match {at + 1} of {len(self.found)}", self.claims.number
        if within:
            said += f", in claim {number}"
        elif number is not None:
            keys = "/".join(self.keymap.key_of(name) for name in ("accept", "reject"))
            said += f", in no claim listed: {keys} still decide claim {number}"
        self.say(said)

    def _close_bar(self) -> None:
        self.article.focus()
        self.query_one(FindBar).display = False
        self.show_keys()

    def _bar_has_cursor(self) -> bool:
        focused = self.focused
        return focused is not None and isinstance(focused.parent, FindBar)
