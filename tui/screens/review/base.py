"""The common ground of the review's parts: the panes, and how an article is opened, shown and changed."""

from __future__ import annotations

from abc import abstractmethod
from asyncio import wrap_future
from functools import cached_property, partial

from textual import work
from textual.app import ComposeResult

from annotate.changes import Change
from annotate.edit import Actor
from annotate.errors import OnrecordError
from annotate.model import UNANCHORED, Claim, Record
from annotate.plural import count
from annotate.spans import Span
from tui.keys.registry import Action
from tui.screens.keyed_screen import KeyedScreen
from tui.screens.review.state import CONTENT, PartSpan, ReviewState
from tui.session.background import in_background
from tui.session.session import Session
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import KeyBar, TopBar
from tui.widgets.claim_list import ClaimList
from tui.widgets.pane import Pane, titled
from tui.widgets.panes import review_panes
from tui.wording import status_line
from tui.wording.filters import ALL, AS_WRITTEN, LOST_FIRST, order_after

BRACKETS = ("end_back", "end_on", "start_back", "start_on")
"""The actions that move the edges of a part."""


class ReviewBase(KeyedScreen[None]):
    """The screen as its parts see it. `ReviewScreen` knows the parts, and tells them what has happened.

    Args:
        session: The sitting.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(self, session: Session) -> None:
        super().__init__(classes="-wide")  # most terminals are; a class that comes later costs a pass of styling
        self.session = session
        self.state = ReviewState(session)

    def compose(self) -> ComposeResult:
        """Lay out the panes between the bars."""
        yield TopBar()
        yield from review_panes()
        yield KeyBar()

    @cached_property
    def article(self) -> ArticleView:
        """The pane with the text."""
        return self.query_one(ArticleView)

    @cached_property
    def claims(self) -> ClaimList:
        """The pane with the claims."""
        return self.query_one(ClaimList)

    @property
    def actor(self) -> Actor:
        """The reviewer and the current time, for changes."""
        return self.session.actor

    @property
    def is_in_article(self) -> bool:
        """True while the article has the focus. Its cursor is not shown otherwise, so nobody can mean it."""
        return self.focused is self.article

    @property
    def counts(self) -> bool:
        """True unless digits are typed into a field."""
        return not {"form", "typing", "jumping"} & {*self.scopes()}

    @property
    def count(self) -> int:
        """The count typed before the action; 1 without one."""
        return self.reader.count or 1

    # ------------------------------------------------------------------ told to the parts

    @abstractmethod
    def changed(self) -> None:
        """Tell the parts that a change was shown."""

    @abstractmethod
    def left(self) -> None:
        """Tell the parts that another article is shown next."""

    @abstractmethod
    def moved(self) -> None:
        """Tell the parts that the text cursor or the current claim is another one."""

    # ------------------------------------------------------------------ needed by an action

    def wanted_claim(self) -> tuple[Record, Claim] | None:
        """Return the article and the current claim, or say that there is none."""
        record, claim = self.state.record, self.state.claim
        if record is None:
            self.refuse("no article is open")
        elif claim is None:
            self.refuse(f"there is no claim here; {self.keymap.key_of('new_claim')} makes one")
        else:
            return record, claim
        return None

    def changeable_claim(self) -> tuple[Record, Claim] | None:
        """Return the article and the current claim if it can be changed, or say why not."""
        wanted = self.wanted_claim()
        return wanted if wanted is not None and self.may_change() else None

    def changeable_record(self) -> Record | None:
        """Return the open article if it can be changed, or say why not."""
        record = self.state.record
        if record is None:
            self.refuse("no article is open")
        return record if record is not None and self.may_change() else None

    # ------------------------------------------------------------------ opening

    def open_article(self, index: int, claim_id: str | None = None) -> None:
        """Open an article without blocking the screen; keys wait until it is open.

        Args:
            index: Its index in the session.
            claim_id: The claim to make current; else the first undecided one.
        """
        self.state.opening = True
        self.host.show_news_soon()
        self._load(index, claim_id)

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _load(self, index: int, claim_id: str | None) -> None:
        try:
            record = await wrap_future(in_background(partial(self.session.load, index)))
        except Exception as error:  # noqa: BLE001 # whatever is wrong with one article, the person goes on with others
            self.not_opened(str(error) if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}")
            return
        self.opened(index, record, claim_id)
        self.host.remember_place()
        await wrap_future(in_background(partial(self._prepare, index)))

    def _prepare(self, index: int) -> None:
        for ahead in (index + 1, index + 2):
            self.session.prepare(ahead)

    def not_opened(self, why: str) -> None:
        """Show the reason why an article cannot be opened."""
        self.state.opening = False
        self.refuse(why)
        self.show_bars()

    def opened(self, index: int, record: Record, claim_id: str | None = None) -> None:
        """Make a loaded article the open one and show it."""
        self.state.opening = False
        self.session.show(index, record)
        self.present(claim_id)

    def present(self, claim_id: str | None = None) -> None:
        """Show the open article, at a claim; else at the first undecided one."""
        record = self.state.record
        if record is None:
            return
        self.left()
        lost = sum(UNANCHORED in claim.tags for claim in record.live_claims())
        self.state.filter = ALL
        self.state.order = LOST_FIRST if lost else AS_WRITTEN if self.state.order is LOST_FIRST else self.state.order
        self.state.claim_id = claim_id
        self.show_record()
        if not self.state.lists(claim_id):
            self.go_to(self.state.next_undecided(0) or next(iter(self.state.listed), None))
        if lost:
            self.refuse(f"the article has changed: it no longer contains words of {count(lost, 'claim')}, listed first")
        elif self.session.has_new_text:
            self.say("the article's file has changed since; it still contains the words of every claim")
        self.host.garbage.article_opened()

    # ------------------------------------------------------------------ showing

    @property
    def laid_out(self) -> bool:
        """True while the widgets are mounted: not before the app runs, nor while it ends."""
        return bool(self.query(TopBar))

    def show_record(self) -> None:
        """Show the article and its claims anew; the current claim stays current while it is listed."""
        record = self.state.record
        if record is None or not self.laid_out:
            return
        listed = self.state.list_claims()
        self.query_one("#side", Pane).border_title = titled(self._list_title())  # here only: it draws the pane anew
        self.article.show(record)
        self.claims.show(record, listed, self.state.order.figure)
        self.go_to(self.state.claim_id)
        self.show_bars()
        self.show_keys()

    def _list_title(self) -> str:
        order = self.state.order
        then = f"{self.keymap.key_of('order')}: {order_after(order).name}"
        ordered = "" if order is AS_WRITTEN else f"{order.name} · {then}"
        return " · ".join(filter(None, ("Claims", self.state.filter.name, ordered)))

    def go_to(self, claim_id: str | None) -> None:
        """Make a claim current, in both panes."""
        if claim_id != self.state.claim_id:
            self.choose_part(CONTENT)
        self.state.claim_id = claim_id
        if self.state.marked_from is not None:
            self.show_marked()
        self.claims.go_to(claim_id)
        self.article.go_to(claim_id, self.state.part)
        self.moved()

    def show_marked(self) -> None:
        """Show the marked claims in the list, and their number in the key bar."""
        self.claims.mark(self.state.marked_rows)
        self.show_keys()

    def choose_part(self, part: PartSpan) -> None:
        """Choose the span that the brackets move; the key bar names it unless it is the first of the content."""
        if part != self.state.part:
            self.state.part = part
            self.show_keys()

    def reveal(self, claim_id: str) -> None:
        """Make a claim current; clear a filter that hides it."""
        if not self.state.lists(claim_id):
            self.say(f"filter cleared: the claim is not {self.state.filter.name}")
            self.state.filter = ALL
            self.show_record()
        if self.state.lists(claim_id):
            self.go_to(claim_id)

    def go_to_number(self, number: int) -> Claim | None:
        """Make the claim of a number current and return it, or say that there is none."""
        claims = self.state.live_claims()
        if not 0 < number <= len(claims):
            self.refuse(f"there is no claim {number}: the last is {len(claims)}" if claims else "there is no claim")
            return None
        self.reveal(claims[number - 1].id)
        return claims[number - 1]

    def put_cursor(self, offset: int) -> None:
        """Put the text cursor at an offset of the article."""
        self.article.cursor_to(offset)
        self.moved()

    def move(self, span: Span) -> None:
        """Move the text cursor to a span; while selecting, extend the selection over it."""
        offset = self.state.move(span)
        if self.state.selection is not None:
            self.article.select(self.state.selection.span)
        self.put_cursor(offset)

    def show_bars(self) -> None:
        """Update the top line, and the text of an empty list."""
        if not self.laid_out:
            return
        session, keymap, opening = self.session, self.keymap, self.state.opening
        facts = status_line.facts(session, keymap, opening=opening)
        self.query_one(TopBar).show(status_line.title(session.record), facts, status_line.alarms(session, keymap))
        if not self.state.listed:
            self.claims.placeholder = status_line.why_empty(session, keymap, self.state.filter, opening=opening)

    def show_pending(self) -> None:
        """Show the keys that can end an unfinished command."""
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that matter now."""
        if self.reader.pending:
            hints = self.reader.hints(self.scopes()) or self.single_keys()
            self.query_one(KeyBar).show(self.reader.pending, hints)
            return
        reviewing = self._moved_part() or self.state.filter.name
        labels = {
            "jumping": "type a letter",
            "selecting": "selecting",
            "marking": f"{len(self.state.marked_rows)} marked",
            "matches": "found",
            "reviewing": reviewing,
        }
        self.query_one(KeyBar).show(labels[self.state.mode], self.single_keys())

    def single_keys(self) -> list[Action]:
        """Return the actions available now, without those of several keys."""
        return [action for action in self.actions() if not any(" " in key for key in action.keys)]

    def _moved_part(self) -> str:
        if self.state.part == CONTENT:
            return ""
        name, index = self.state.part
        keys = " ".join(map(self.keymap.key_of, BRACKETS))
        return f"{keys} {name}{f' {index + 1}' if index else ''}"

    # ------------------------------------------------------------------ changing

    def do(self, change: Change | None, refused: str = "that would change nothing", go_on: str | None = None) -> bool:
        """Apply a person's change, show it and have it saved.

        Args:
            change: What to do; None is refused.
            refused: Why there is nothing to do.
            go_on: The claim to go to when it is done, where that is another one.
        """
        before = self.state.record
        try:
            done = self.session.do(change)
        except OnrecordError as error:
            self.say(str(error), "error")
            return False
        if change is None or not done or before is None:
            self.refuse(refused)
            return False
        self.show_change(change, go_on)
        after = self.state.record
        is_done_now = after is not None and before.review.state != "done" == after.review.state
        if is_done_now and change.op != "done":  # marking it done by hand says nothing about its claims
            self.say(
                f"every claim is decided, so the article is done; {self.keymap.key_of('next_article')} opens the next"
            )
        return True

    def show_change(self, change: Change, go_on: str | None = None) -> None:
        """Show a change that was applied to the open article; draw only the parts it touched, where that is enough.

        Args:
            change: The change.
            go_on: The claim to go to, where that is another one.
        """
        record = self.state.record
        assert record is not None
        if self.state.needs_listing(change):
            self.show_record()
        else:
            if go_on is not None:
                self.go_to(go_on)  # first, so that the claim left behind is not unfolded once more
            self.state.take(change)
            touched = change.ids()
            self.claims.update(record, touched)
            self.article.update(record, touched)
            self.go_to(self.state.claim_id)
            self.host.show_news_soon()
        self.changed()
