"""Going through the claims, deciding them, and choosing which are listed."""

from __future__ import annotations

from annotate import edit
from annotate.model import Status
from annotate.plural import count
from tui.screens.questions import Choice, Question
from tui.screens.review.articles import Articles
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.wording.fields import Verdict
from tui.wording.filters import ALL, AS_WRITTEN, Filter, filters, order_after, with_words


class ClaimsPane(Collaborator):
    """The actions on the list of claims, and the decisions."""

    def __init__(self, review: ReviewBase, articles: Articles) -> None:
        super().__init__(review)
        self._articles = articles

    # ------------------------------------------------------------------ moving

    def action_next_claim(self) -> None:
        """Go to the next claim."""
        self._step(self.review.count, "this is the last claim")

    def action_previous_claim(self) -> None:
        """Go to the claim before."""
        self._step(-self.review.count, "this is the first claim")

    def action_first_claim(self) -> None:
        """Go to the first claim."""
        self._to_row(0)

    def action_last_claim(self) -> None:
        """Go to the last claim; with a count, to the claim of that number."""
        if self.review.reader.count is None:
            self._to_row(len(self.state.listed) - 1)
        else:
            self.review.go_to_number(self.review.reader.count)

    def action_claims_down(self) -> None:
        """Go a page of claims down."""
        self._to_row(self.state.row + self.review.count * self.review.claims.page)

    def action_claims_up(self) -> None:
        """Go a page of claims up."""
        self._to_row(self.state.row - self.review.count * self.review.claims.page)

    def action_next_undecided(self) -> None:
        """Go to the next undecided claim, from the top again after the last; without one, into the next article."""
        found, hidden = self.state.next_undecided(self.state.row + 1), self.state.left
        if found is not None:
            self.review.go_to(found)
        elif hidden:
            left = f"{count(hidden, 'undecided claim')} {'is' if hidden == 1 else 'are'} hidden"
            self.review.refuse(f"every claim shown is decided, {left}; {self.key_of('back')} shows all")
        else:
            self._articles.go_on()

    def _step(self, by: int, refused: str) -> None:
        listed, here = self.state.listed, self.state.row
        row = max(0, min(here + by, len(listed) - 1))
        if not listed:
            self.review.refuse("there is no claim here")
        elif row == here:
            self.review.refuse(refused)
        else:
            self.review.go_to(listed[row])

    def _to_row(self, row: int) -> None:
        listed = self.state.listed
        if listed:
            self.review.go_to(listed[max(0, min(row, len(listed) - 1))])

    # ------------------------------------------------------------------ deciding

    def action_accept(self) -> None:
        """Accept the claim and go on."""
        self._decide("accepted")

    def action_reject(self) -> None:
        """Reject the claim and go on."""
        self._decide("rejected")

    def action_undecided(self) -> None:
        """Make the claim undecided again."""
        if wanted := self.review.wanted_claim():
            record, claim = wanted
            change = edit.decide(record, claim.id, "suggested", self.review.actor)
            self.review.do(change, "the claim is undecided already")

    def action_done(self) -> None:
        """Mark the article done, or not done."""
        record = self.state.record
        if record is None:
            self.review.refuse("no article is open")
            return
        done = record.review.state == "done"
        if self.review.do(edit.set_state(record, "in_progress" if done else "done", self.review.actor)):
            left = self.state.left
            undecided = f", with {count(left, 'undecided claim')}" if left else ""
            self.review.say("the article is open again" if done else f"the article is done{undecided}")

    def _decide(self, status: Status) -> None:
        wanted = self.review.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        row = self.state.row
        after = next(iter(self.state.listed[row + 1 : row + 2]), None)
        # Deciding again as before changes nothing and still goes on: the same key leads through the list.
        decided = edit.decide(record, claim.id, status, self.review.actor)
        if decided is not None and not self.review.do(decided, go_on=after):
            return
        if after is not None:
            self.review.go_to(after)
        elif self.state.record is not None and self.state.record.review.state != "done":
            self.review.say(f"that was the last claim; {self.key_of('next_undecided')} goes to the next undecided one")

    # ------------------------------------------------------------------ the claims listed

    def action_filter(self) -> None:
        """Choose which claims are listed: by state, speaker or words."""
        record = self.state.record
        if record is None:
            self.review.refuse("no article is open")
            return
        offered = filters(record, self.state.claim)
        live = self.state.live_claims()
        counts = (str(sum(f.keeps(record, c) for c in live)) for f in offered)
        choices = tuple(Choice(f.name, f.name, count) for f, count in zip(offered, counts, strict=True))

        def taken(name: str | None) -> None:
            if name is not None:
                chosen = next((f for f in offered if f.name == name), None)
                self._filter_by(ALL if name in {"all", ""} else chosen or with_words(name))

        question = Question("Show claims", choices, check=self._words_verdict, placeholder="or words to find")
        self.review.ask(question, taken)

    def action_order(self) -> None:
        """List the claims in another order, and go to the first undecided one."""
        self.state.order = order = order_after(self.state.order)
        self.review.show_record()
        if order is AS_WRITTEN:
            self.review.say(f"claims {order.name}")
            return
        undecided = self.state.next_undecided(0)
        self.review.go_to(undecided or self.state.claim_id)
        where = f"now at claim {self.review.claims.number}" if undecided else "every claim is decided"
        self.review.say(f"{order.name}; {where}; {self.key_of('order')}: {order_after(order).name}")

    def _words_verdict(self, words: str) -> Verdict:
        record = self.state.record
        assert record is not None
        wanted = with_words(words)
        hits = sum(wanted.keeps(record, claim) for claim in self.state.live_claims())
        return Verdict(count(hits, "claim")) if hits else Verdict("no claim has these words", ok=False)

    def _filter_by(self, chosen: Filter) -> None:
        self.state.filter = chosen
        self.review.show_record()
        if not self.state.listed:
            self.review.say(f"no claim matches “{chosen.name}”; {self.key_of('back')} shows all claims")
