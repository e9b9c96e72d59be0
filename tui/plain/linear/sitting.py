"""The state of a review in lines: the open article, the current claim, and changes saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotate.changes import Change
from annotate.errors import OnrecordError
from annotate.model import Claim, Record
from annotate.plural import count
from tui.plain.linear.interrupts import uninterrupted
from tui.plain.linear.lines import article_lines, claim_lines
from tui.plain.linear.news import NewsReader
from tui.session.session import Session

Say = Callable[[str], object]
Ask = Callable[[str], str]


class Sitting:
    """The open article and its current claim, which are printed as they change.

    Args:
        session: The articles, none of them open yet.
        say: Prints a line.
        ask: Prints a prompt and returns the typed line; raises EOFError at the end of the input.
    """

    def __init__(self, session: Session, say: Say, ask: Ask) -> None:
        self.session = session
        self.say, self.ask = say, ask
        self.news = NewsReader(session, say)
        self.claim_id: str | None = None

    @property
    def record(self) -> Record:
        """The open article."""
        assert self.session.record is not None  # the first is opened before anything is asked
        return self.session.record

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the open article."""
        return self.record.live_claims()

    @property
    def at(self) -> int:
        """Index of the current claim; -1 without one."""
        return next((i for i, claim in enumerate(self.claims) if claim.id == self.claim_id), -1)

    def wanted_claim(self) -> Claim | None:
        """Return the current claim, or say that there is none."""
        at = self.at
        if at >= 0:
            return self.claims[at]
        self.say("There is no claim here.")
        return None

    def say_all(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            self.say(line)

    def show(self, index: int, record: Record, claim_id: str | None = None) -> None:
        """Show a loaded article: wait for the engine, then go to a claim, else to the first undecided one."""
        self.session.show(index, record)
        self.news.wait_until_read()
        self.say_all(("", *article_lines(self.session, self.record)))
        self.claim_id = claim_id
        if self.at < 0:
            undecided = (claim.id for claim in self.claims if claim.status == "suggested")
            self.claim_id = next(undecided, self.claims[0].id if self.claims else None)
        if self.claims:
            self.go(self.at)

    def go(self, index: int, refused: str = "") -> None:
        """Make a claim current and print it; without such a claim, say so."""
        claims = self.claims
        if 0 <= index < len(claims):
            self.claim_id = claims[index].id
            self.say_all(("", *claim_lines(self.record, claims[index])))
        else:
            self.say(refused)

    def do(self, change: Change | None, done: str, nothing: str = "Nothing has changed.") -> bool:
        """Apply a change and wait until it is saved; return False if there is none or it fails."""
        try:
            with uninterrupted():
                changed = self.session.do(change)
                self.news.wait_until_saved()
        except OnrecordError as error:
            self.say(str(error))
            return False
        self.say(done if changed else nothing)
        return changed

    def step(self, said: str, step: Callable[[], tuple[Change, ...]]) -> None:
        """Undo or redo an action, and go to the first claim that it has changed here.

        Args:
            said: The participle for it.
            step: Undoes or redoes.
        """
        try:
            with uninterrupted():
                changes = step()
                self.news.wait_until_saved()
        except OnrecordError as error:
            self.say(str(error))
            return
        if not changes:
            self.say(f"Nothing can be {said.lower()}.")
            return
        others = {change.article for change in changes} - {self.record.id}
        elsewhere = f", in {count(len(others), 'other article')}" if others else ""
        self.say(f"{said}: {changes[0].op}{elsewhere}")
        touched = {id_ for change in changes if change.article == self.record.id for id_ in change.claim_ids()}
        at = next((i for i, claim in enumerate(self.claims) if claim.id in touched), -1)
        if at >= 0:
            self.go(at)
