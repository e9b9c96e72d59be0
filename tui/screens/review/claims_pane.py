"""Going through the claims and deciding them."""

from __future__ import annotations

from annotate import edit
from annotate.model import Status
from tui.screens.questions import Choice, Question
from tui.screens.review.core import ReviewCore
from tui.wording.fields import Verdict
from tui.wording.filters import ALL, AS_WRITTEN, Filter, filters, order_after, with_words


class Claims(ReviewCore):
    """The actions on the list of claims and on the decision."""

    def action_next_claim(self) -> None:
        """Go to the next claim."""
        self._step(1, "this is the last claim")

    def action_previous_claim(self) -> None:
        """Go to the claim before."""
        self._step(-1, "this is the first claim")

    def action_first_claim(self) -> None:
        """Go to the first claim."""
        self._to_row(0)

    def action_last_claim(self) -> None:
        """Go to the last claim."""
        self._to_row(len(self.listed) - 1)

    def action_claims_down(self) -> None:
        """Go a page of claims down."""
        self._to_row(self.row + self.claims.page)

    def action_claims_up(self) -> None:
        """Go a page of claims up."""
        self._to_row(self.row - self.claims.page)

    def action_next_undecided(self) -> None:
        """Go to the next undecided claim, from the top again after the last."""
        found = self.next_undecided(self.row + 1)
        if found is None:
            self.refuse(f"nothing is undecided here; {self.keymap.key_of('next_article')} goes to the next article")
        else:
            self.go_to(found)

    # ------------------------------------------------------------------ deciding

    def action_accept(self) -> None:
        """Accept the claim and go on."""
        self._decide("accepted")

    def action_reject(self) -> None:
        """Reject the claim and go on."""
        self._decide("rejected")

    def action_undecided(self) -> None:
        """Make the claim undecided again."""
        if wanted := self.wanted_claim():
            record, claim = wanted
            self.do(edit.decide(record, claim.id, "suggested", self.session.actor), "the claim is undecided already")

    def action_done(self) -> None:
        """Mark the article done, or not done."""
        record = self.record
        if record is None:
            self.refuse("no article is open")
            return
        done = record.review.state == "done"
        if self.do(edit.set_state(record, "in_progress" if done else "done", self.session.actor)):
            self.say("the article is open again" if done else "the article is done")

    def _decide(self, status: Status) -> None:
        wanted = self.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        row = self.row
        after = self.listed[row + 1] if row + 1 < len(self.listed) else None
        # Deciding again as before changes nothing and still goes on: the same key leads through the list.
        decided = edit.decide(record, claim.id, status, self.session.actor)
        if decided is not None and not self.do(decided, go_on=after):
            return
        if after is not None:
            self.go_to(after)
        elif self.record is not None and self.record.review.state != "done":
            self.say(f"this was the last claim; {self.keymap.key_of('next_undecided')} goes to the next undecided one")

    # ------------------------------------------------------------------ what is listed

    def action_filter(self) -> None:
        """Choose which claims are listed: a state, a speaker, or words."""
        record = self.record
        if record is None:
            self.refuse("no article is open")
            return
        offered = filters(record, self.claim)
        live = record.live_claims()
        counts = (str(sum(f.keeps(record, c) for c in live)) for f in offered)
        choices = tuple(Choice(f.name, f.name, count) for f, count in zip(offered, counts, strict=True))

        def taken(name: str | None) -> None:
            if name is not None:
                chosen = next((f for f in offered if f.name == name), None)
                self._filter_by(ALL if name in {"all", ""} else chosen or with_words(name))

        self.ask(Question("Show claims", choices, check=self._filter_verdict, placeholder="or words"), taken)

    def action_order(self) -> None:
        """List the claims in another order, and go to the first that is undecided."""
        self.order = order_after(self.order)
        self.show_record()
        if self.order is AS_WRITTEN:
            self.say(f"claims {self.order.name}")
            return
        undecided = self.next_undecided(0)
        self.go_to(undecided or self.claim_id)
        where = f"from claim {self.claims.number} on" if undecided else "nothing is undecided"
        self.say(f"{self.order.name}, {where}; {self.keymap.key_of('order')}: {order_after(self.order).name}")

    def _filter_verdict(self, words: str) -> Verdict:
        record = self.record
        assert record is not None
        wanted = with_words(words)
        hits = sum(wanted.keeps(record, claim) for claim in record.live_claims())
        return Verdict(f"{hits} claims") if hits else Verdict("no claim has these words", ok=False)

    def _filter_by(self, chosen: Filter) -> None:
        self.filter = chosen
        self.show_record()
        if not self.listed:
            self.say(f"no claim is {chosen.name}")

    # ------------------------------------------------------------------ inside

    def _step(self, by: int, refused: str) -> None:
        if not self.listed:
            self.refuse("there is no claim here")
        elif 0 <= self.row + by < len(self.listed):
            self.go_to(self.listed[self.row + by])
        else:
            self.refuse(refused)

    def _to_row(self, row: int) -> None:
        if self.listed:
            self.go_to(self.listed[max(0, min(row, len(self.listed) - 1))])
