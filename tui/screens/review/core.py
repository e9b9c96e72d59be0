"""State that all parts of the review screen share: the open article, the current claim, the widgets."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from textual import work
from textual.app import ComposeResult

from annotate.changes import Change, Edit
from annotate.edit import PARTS, Part
from annotate.errors import OnrecordError
from annotate.language import ENGLISH
from annotate.model import UNANCHORED, Claim, Record
from annotate.plural import count
from annotate.safe import safe_line
from annotate.spans import Span
from tui.keys.registry import Scope
from tui.screens.base import KeyedScreen
from tui.session.background import in_background
from tui.session.session import Session
from tui.text.motions import Selection
from tui.text.record_index import ById
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import Fact, KeyBar, TopBar
from tui.widgets.claim_list import ClaimList
from tui.widgets.pane import Pane, titled
from tui.wording.filters import ALL, AS_WRITTEN, Filter, Order, order_after

Mode = Literal["reviewing", "selecting", "matches"]
AnyPart = Part | Literal["date"]
BRACKETS = ("end_back", "end_on", "start_back", "start_on")
"""The actions that move a part's edges."""


class ReviewCore(KeyedScreen[None]):
    """The state of the review, and how it gets to the widgets.

    Args:
        session: The sitting.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(self, session: Session) -> None:
        super().__init__(classes="-wide")  # most terminals are; a class that comes later costs a pass of styling
        self.session = session
        self.opening = False
        """True while an article is being loaded."""
        self.claim_id: str | None = None
        self.filter: Filter = ALL
        self.order: Order = AS_WRITTEN
        self.listed: list[str] = []
        """Ids of the listed claims, in that order."""
        self._rows: dict[str, int] = {}
        self._by_id: ById[Claim] = ById()
        self.part: tuple[AnyPart, int] = ("content", 0)
        """The part of the current claim that the brackets move, and the index of its span."""
        self.selection: Selection | None = None
        self.found: list[Span] = []
        """Matches of the search that is on."""
        self.at_match = 0
        """Index of the current match."""

    def compose(self) -> ComposeResult:
        """Lay out the panes between the bars."""
        yield TopBar()
        with Pane(id="text", classes="pane") as text:
            text.border_title = titled("Article")
            yield ArticleView()
        with Pane(id="side", classes="pane"):
            yield ClaimList()
        yield KeyBar()

    # ------------------------------------------------------------------ what there is

    @property
    def article(self) -> ArticleView:
        """The pane with the text."""
        return self.query_one(ArticleView)

    @property
    def claims(self) -> ClaimList:
        """The pane with the claims."""
        return self.query_one(ClaimList)

    @property
    def record(self) -> Record | None:
        """The open article."""
        return self.session.record

    @property
    def claim(self) -> Claim | None:
        """The current claim."""
        record = self.record
        self._by_id.take(record.claims if record else ())
        return self._by_id.get(self.claim_id)

    @property
    def row(self) -> int:
        """The current claim's place in the list."""
        return self._rows.get(self.claim_id or "", 0)

    def next_undecided(self, row: int) -> str | None:
        """Return the first undecided claim from a row of the list on, from the top again after the last."""
        record = self.record
        undecided = {claim.id for claim in record.claims if claim.status == "suggested"} if record else set()
        return next((id_ for id_ in (*self.listed[row:], *self.listed[:row]) if id_ in undecided), None)

    def wanted_claim(self) -> tuple[Record, Claim] | None:
        """Return the article and the current claim, or say that there is none."""
        record, claim = self.record, self.claim
        if record is None:
            self.refuse("no article is open")
        elif claim is None:
            self.refuse(f"there is no claim here; {self.keymap.key_of('new_claim')} makes one")
        else:
            return record, claim
        return None

    def changeable_record(self) -> Record | None:
        """Return the open article if it can be changed, or say why not."""
        if self.record is None:
            self.refuse("no article is open")
        return self.record if self.record is not None and self.may_change() else None

    @property
    def mode(self) -> Mode:
        """The mode that decides the meaning of keys."""
        if self.selection is not None:
            return "selecting"
        return "matches" if self.found else "reviewing"

    def scopes(self) -> tuple[Scope, ...]:
        """Return the scopes of the focused pane and the mode."""
        if self.selection is not None:
            return ("selecting", "everywhere")
        pane: Scope = "article" if self.focused is self.article else "claims"
        matches: tuple[Scope, ...] = ("matches",) if self.found else ()
        return (*matches, pane, "review", "everywhere")

    # ------------------------------------------------------------------ opening

    def open(self, index: int, claim_id: str | None = None) -> None:
        """Open an article without making the screen wait; keys wait, for they are meant for it.

        Args:
            index: Its place in the session.
            claim_id: The claim to make current; else the first undecided one.
        """
        self.opening = True
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
        """Say why an article cannot be opened."""
        self.opening = False
        self.refuse(why)
        self.show_bars()

    def opened(self, index: int, record: Record, claim_id: str | None = None) -> None:
        """Make a loaded article the open one and show it."""
        self.opening = False
        self.session.show(index, record)
        self.present(claim_id)

    def present(self, claim_id: str | None = None) -> None:
        """Show the open article from a claim on; else from the first undecided one."""
        record = self.record
        if record is None:
            return
        self.leave_modes()
        self.filter = ALL
        self.claim_id = claim_id
        self.show_record()
        if claim_id not in self._rows:
            self.go_to(self.next_undecided(0) or next(iter(self.listed), None))
        lost = sum(UNANCHORED in claim.tags for claim in record.live_claims())
        if lost:
            self.refuse(f"the article has changed: it no longer contains words of {count(lost, 'claim')}")
        self.host.garbage.article_opened()

    # ------------------------------------------------------------------ showing

    @property
    def laid_out(self) -> bool:
        """True while the widgets are mounted: not before the app runs, nor while it ends."""
        return bool(self.query(TopBar))

    def show_record(self) -> None:
        """Show the article and its claims anew; the current claim stays current while it is listed."""
        record = self.session.record
        if record is None or not self.laid_out:
            return
        listed = self._wanted(record)
        self.listed = [claim.id for claim in listed]
        self._rows = {claim_id: row for row, claim_id in enumerate(self.listed)}
        if self.claim_id not in self._rows:
            self.claim_id = self.listed[0] if self.listed else None
        # Only here: a border's title draws the whole pane anew.
        then = f"{self.keymap.key_of('order')}: {order_after(self.order).name}"
        order = "" if self.order is AS_WRITTEN else f"{self.order.name} · {then}"
        title = " · ".join(filter(None, ("Claims", safe_line(self.filter.name), order)))
        self.query_one("#side").border_title = titled(title)
        self.article.show(record)
        self.claims.show(record, listed, self.order.figure)
        self.go_to(self.claim_id)
        self.show_bars()
        self.show_keys()

    def go_to(self, claim_id: str | None) -> None:
        """Make a claim current, in both panes."""
        if claim_id != self.claim_id:
            self.choose_part(("content", 0))
        self.claim_id = claim_id
        self.claims.go_to(claim_id)
        self.article.go_to(claim_id, self.part)

    def choose_part(self, part: tuple[AnyPart, int]) -> None:
        """Have the brackets move a part of the current claim; the key bar says which, where it is not the first."""
        if part != self.part:
            self.part = part
            self.show_keys()

    def reveal(self, claim_id: str) -> None:
        """Make a claim current, without the filter when that hides it."""
        if claim_id not in self._rows:
            self.filter = ALL
            self.show_record()
        if claim_id in self._rows:
            self.go_to(claim_id)

    def follow(self, offset: int) -> bool:
        """Make the claim current that is listed and has an offset in its content; False where there is none.

        Of several it is the current one, else the one with the fewest words.
        """
        around = [
            (claim.id != self.claim_id, end - start, claim.id)
            for claim in (self.record.claims if self.record is not None else ())
            for start, end in claim.content
            if start <= offset < end and claim.id in self._rows
        ]
        if around:
            self.go_to(min(around)[-1])
        return bool(around)

    def put_cursor(self, offset: int) -> None:
        """Put the text cursor somewhere in the article."""
        self.article.cursor_to(offset)

    def show_bars(self) -> None:
        """Show what has changed in the line at the top."""
        if not self.laid_out:
            return
        session, engine, save = self.session, self.session.engine, self.session.save
        entry = session.entries[session.index]
        facts = [Fact(f"{entry.decided}/{entry.claims} claims decided", 4)] if entry.claims else []
        if self.opening:
            facts.append(Fact("reading an article", 6))
        if len(session.entries) > 1:
            facts.insert(0, Fact(f"article {session.index + 1}/{len(session.entries)}", 2))
        # Not of an article that the engine has not read: it may find a date. All relative dates hang on it.
        if self.record is not None and self.record.date is None and self.record.blocks:
            facts.append(Fact(f"no date: {self.keymap.key_of('article_date')}", 6))
        if entry.state == "done":
            facts.append(Fact("done", 3))
        if session.store.read_only:
            facts.append(Fact("read only", 4))
        alarms = []
        if engine.state == "failed":
            alarms.append(f"engine failed, {self.keymap.key_of('retry')} retries: {engine.detail}")
        else:
            facts.append(Fact(f"engine {engine.state}", 1 if engine.state == "ready" else 3))
        if save.state == "unsaved":
            alarms.append(f"NOT SAVED: {save.reason}")
        else:
            facts.append(Fact(f"{save.state} {save.at}".rstrip(), 5))
        self.query_one(TopBar).show(self._title(), facts, alarms)
        if not self.listed:
            self.claims.placeholder = self._why_empty()

    def _title(self) -> str:
        record = self.record
        return "" if record is None else record.title or Path(record.path or record.id).name

    def _why_empty(self) -> str:
        """Return what the list says while it has no claim."""
        record, engine = self.record, self.session.engine
        if record is None:
            reading = f"The article is being read. {self.keymap.key_of('quit', 'everywhere')} quits."
            return reading if self.opening else "No article is open."
        if self.filter is not ALL:
            return f"No claim is {self.filter.name}; {self.keymap.key_of('back')} shows all."
        if record.language != ENGLISH:
            return f"The engine reads English, and this seems to be another language ({record.language})."
        if record.review.state != "new":
            return f"No claims; {self.keymap.key_of('new_claim')} makes one."
        if engine.state == "failed":
            return f"The engine failed; {self.keymap.key_of('retry')} starts it again."
        return "The engine is starting …" if engine.state == "starting" else "The engine is reading …"

    def show_keys(self) -> None:
        """Show the keys that matter now."""
        said = {"selecting": "selecting", "matches": "found", "reviewing": self._moved_part() or self.filter.name}
        self.query_one(KeyBar).show(said[self.mode], self.actions())

    def _moved_part(self) -> str:
        if self.part == ("content", 0):
            return ""
        name, index = self.part
        keys = " ".join(map(self.keymap.key_of, BRACKETS))
        return f"{keys} {name}{f' {index + 1}' if index else ''}"

    def leave_modes(self) -> None:
        """Stop selecting and searching."""
        self.selection = None
        self.found = []
        self.article.select(None)
        self.article.show_matches((), 0)

    def _wanted(self, record: Record) -> Sequence[Claim]:
        kept = [claim for claim in record.live_claims() if self.filter.keeps(record, claim)]
        return kept if self.order is AS_WRITTEN else sorted(kept, key=self.order.key)

    # ------------------------------------------------------------------ changing

    def do(self, change: Change | None, refused: str = "that would change nothing", go_on: str | None = None) -> bool:
        """Apply a person's change, show it and have it saved.

        Args:
            change: What to do; None is refused.
            refused: Why there is nothing to do.
            go_on: The claim to go to when it is done, where that is another one.
        """
        before = self.record
        try:
            done = self.session.do(change)
        except OnrecordError as error:
            self.say(str(error), "error")
            return False
        if change is None or not done or before is None:
            self.refuse(refused)
            return False
        self.show_change(change, go_on)
        came_done = self.record is not None and before.review.state != "done" == self.record.review.state
        if came_done and change.op != "done":  # the person's own mark says nothing of what is decided
            self.say(f"everything is decided: the article is done; {self.keymap.key_of('next_article')} opens the next")
        return True

    def show_change(self, change: Change, go_on: str | None = None) -> None:
        """Show a change that was applied to the open article: only what it touched, where that is enough.

        Args:
            change: The change.
            go_on: The claim to go to, where that is another one.
        """
        record = self.record
        assert record is not None
        if self.filter is not ALL or any(map(_changes_rows, change.edits)):
            self.show_record()
            return
        if go_on is not None:
            self.go_to(go_on)  # first, so that what is left behind is not unfolded once more
        touched = change.ids()
        self._by_id.take(record.claims, touched)
        self.claims.update(record, touched)
        self.article.update(record, touched)
        self.go_to(self.claim_id)
        self.host.show_news_soon()

    def parts(self, claim: Claim) -> list[tuple[AnyPart, int]]:
        """Return the spans of a claim that the brackets can move, in the order of `p`."""
        spans: list[tuple[AnyPart, int]] = [(part, i) for part in PARTS for i in range(len(getattr(claim, part)))]
        record = self.record
        date = record.date_mention(claim.date) if record else None
        return [*spans, ("date", 0)] if date is not None and date.span is not None else spans


def _changes_rows(edit: Edit) -> bool:
    """Return whether an edit changes more rows than that of its claim: which there are, their order, shared names."""
    before, after = edit.before, edit.after
    if isinstance(before, Claim) and isinstance(after, Claim):
        return before.deleted != after.deleted or before.start != after.start
    if edit.kind == "article":
        return after is None or set(after) != {"review"}  # type: ignore[arg-type] # of an article: a dict
    return edit.kind == "claim" or before is not None
