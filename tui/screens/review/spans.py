"""Changing the spans of claims: moving their edges, merging, splitting and removing."""

from __future__ import annotations

from annotate import edit
from annotate.edges import Side, Step
from annotate.model import Claim, Record
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.state import CONTENT
from tui.text.motions import word_at


class Spans(Collaborator):
    """The actions on the spans of the current claim."""

    def action_next_part(self) -> None:
        """Choose the next span that the brackets move."""
        if self.review.wanted_claim() is None:
            return
        parts = self.state.parts()
        index = parts.index(self.state.part) + 1 if self.state.part in parts else 0
        self.review.choose_part(parts[index % len(parts)] if parts else CONTENT)
        self.review.go_to(self.state.claim_id)
        name, number = self.state.part
        several = len([part for part in parts if part[0] == name]) > 1
        self.review.say(f"[ ] {{ }} now move the {name}{f', fragment {number + 1}' if several else ''}")

    def action_end_on(self) -> None:
        """Move the part's end right by a word, or by the number of words typed before."""
        self._move("end", 1)

    def action_end_back(self) -> None:
        """Move the part's end left by a word."""
        self._move("end", -1)

    def action_start_on(self) -> None:
        """Move the part's start right by a word."""
        self._move("start", 1)

    def action_start_back(self) -> None:
        """Move the part's start left by a word."""
        self._move("start", -1)

    def _move(self, side: Side, step: Step) -> None:
        wanted = self.review.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        part, index = self.state.part
        if self.state.part not in self.state.parts():
            self.review.refuse(f"the claim has no {part}; {self.key_of('select')} selects words for it")
            return
        longer, before = (side == "end") == (step == 1), self.state.paragraph_of_part(side)
        change = edit.move_edge(record, claim.id, part, index, side, step, self.review.actor, self.review.count)
        done = self.review.do(change, f"the {part} cannot get {'longer' if longer else 'shorter'}")
        if done and longer and self.state.paragraph_of_part(side) != before:
            where = "extends into the next paragraph" if side == "end" else "begins in the paragraph before"
            self.review.say(f"the {part} now {where}; {self.key_of('undo')} undoes that")

    def action_merge(self) -> None:
        """Merge the next claim into this one."""
        if wanted := self.review.wanted_claim():
            record, claim = wanted
            after = self.state.listed[self.state.row + 1 :]
            if not after:
                self.review.refuse("this is the last claim: there is none to merge with")
            elif self.review.do(edit.merge(record, claim.id, after[0], self.review.actor)):
                self.review.say("merged with the next claim")

    def action_split(self) -> None:
        """Split the claim between its fragments, else at the cursor."""
        if wanted := self.review.wanted_claim():
            record, claim = wanted
            at = word_at(record.text, self.review.article.cursor).start if self.review.is_in_article else None
            change = edit.split(record, claim.id, at, self.review.actor)
            keys = f"{self.key_of('other_pane')}, then {self.key_of('word_on', 'article')} and " + self.key_of(
                "word_back", "article"
            )
            if self.review.do(change, f"put the cursor inside the claim's words first ({keys})"):
                self.review.say("split in two")

    def action_remove(self) -> None:
        """Remove the span that `p` has chosen; the whole claim where none is chosen."""
        if wanted := self.review.wanted_claim():
            record, claim = wanted
            if self.state.part != CONTENT:
                self._remove_part(record, claim)
                return
            row = self.state.row
            if self.review.do(edit.delete(record, claim.id, self.review.actor)):
                listed = self.state.listed
                self.review.go_to(listed[min(row, len(listed) - 1)] if listed else None)
                self.review.say(f"removed; {self.key_of('undo')} brings it back")

    def _remove_part(self, record: Record, claim: Claim) -> None:
        part, index = self.state.part
        if part == "date":
            change = edit.assign_date(record, claim.id, None, self.review.actor)
        else:
            change = edit.remove_fragment(record, claim.id, part, index, self.review.actor)
        self.review.choose_part(CONTENT)
        if self.review.do(change):
            self.review.say(f"{part} removed; {self.key_of('undo')} brings it back")
