"""Finding words in the article: the line to type them in, and going through the matches."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.screens.review.collaborator import Collaborator
from tui.widgets.bars import KeyBar
from tui.widgets.safe_input import SafeInput


class FindBar(Horizontal):
    """The line to type the words to find in."""

    def __init__(self) -> None:
        super().__init__(classes="line find")

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("find ", markup=False, classes="label")
        yield SafeInput(placeholder="words in the article", compact=True)
        yield Static("", markup=False, classes="verdict")

    @property
    def typed(self) -> str:
        """The words typed."""
        return self.query_one(Input).value

    def show_count(self, words: str) -> None:
        """Show the number of matches beside the words."""
        self.query_one(".verdict", Static).update(words)


class Finding(Collaborator):
    """The actions of the search."""

    async def action_find(self) -> None:
        """Open the find bar, laid out when it is first wanted."""
        if self.state.record is None:
            self.review.refuse("no article is open")
            return
        bar = next(iter(self.review.query(FindBar)), None)
        if bar is None:
            bar = FindBar()
            await self.review.mount(bar, before=self.review.query_one(KeyBar))
        bar.display = True
        bar.query_one(Input).focus()

    def action_confirm(self) -> None:
        """Close the find bar, and let n and N go through the matches; without words, end the search."""
        if not self._bar.typed.strip():
            self.action_cancel()
        elif not self.state.matches:
            self.review.refuse("these words are not in the article")
        else:
            self._close_bar()
            self._go_to_match(self.state.match_index)

    def action_cancel(self) -> None:
        """Close the find bar and end the search."""
        self._end()
        self._close_bar()

    def action_next_match(self) -> None:
        """Go to the next match; after the last comes the first."""
        self._go_to_match((self.state.match_index + 1) % len(self.state.matches))

    def action_previous_match(self) -> None:
        """Go to the match before; before the first comes the last."""
        self._go_to_match((self.state.match_index - 1) % len(self.state.matches))

    def action_end_search(self) -> None:
        """End the search."""
        self._end()
        self.review.show_keys()

    def find(self, words: str) -> None:
        """Show the matches of the words typed, and how many there are."""
        if self.state.record is None:
            return
        self.state.search(words, self.review.article.cursor)
        self._show_match(self.state.match_index)
        found = len(self.state.matches)
        self._bar.show_count(f"{found} found" if found else "not in the article" if words.strip() else "")

    @property
    def has_cursor(self) -> bool:
        """True while words are typed in the find bar."""
        focused = self.review.focused
        return focused is not None and isinstance(focused.parent, FindBar)

    @property
    def _bar(self) -> FindBar:
        return self.review.query_one(FindBar)

    def _show_match(self, index: int) -> None:
        self.state.match_index = index
        self.review.article.show_matches(self.state.matches, index)
        if self.state.match is not None:
            self.review.put_cursor(self.state.match.start)

    def _go_to_match(self, index: int) -> None:
        """Show a match; the claim that contains it becomes current, so that deciding keys mean that claim."""
        around = self.state.claim_around(self.state.matches[index].start)
        if around is not None:
            self.review.go_to(around)
        self._show_match(index)
        self.review.article.focus()  # the cursor is there now: `v` selects the match, not the claim's first word
        where, number = f"match {index + 1} of {len(self.state.matches)}", self.review.claims.number
        if around is not None:
            where += f", in claim {number}"
        elif number is not None:
            where += (
                f", in no listed claim: {self.key_of('accept')}/{self.key_of('reject')} still decide claim {number}"
            )
        self.review.say(where)

    def _end(self) -> None:
        self.state.matches = []
        self.review.article.show_matches((), 0)

    def _close_bar(self) -> None:
        self.review.article.focus()
        self._bar.display = False
        self.review.show_keys()
