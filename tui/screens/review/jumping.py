"""Jumping to speakers, cues, quotations and dates: to the next one, or to a label over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from annotate.spans import Span
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.state import PlaceKind
from tui.text.labels import Label, labelled

_KINDS: tuple[PlaceKind, ...] = ("speaker", "cue", "quotation", "date")


class Jumping(Collaborator):
    """The motions to places of a kind, and the choice of a place by its label."""

    def __init__(self, review: ReviewBase) -> None:
        super().__init__(review)
        self._typed = ""
        self._chosen: Callable[[Span], object] = lambda _: None

    # ------------------------------------------------------------------ to the next

    def action_next_named(self) -> None:
        """Go to the next mention of a named speaker."""
        self._walk("speaker", 1)

    def action_previous_named(self) -> None:
        """Go to the previous mention of a named speaker."""
        self._walk("speaker", -1)

    def action_next_cue(self) -> None:
        """Go to the next cue."""
        self._walk("cue", 1)

    def action_previous_cue(self) -> None:
        """Go to the previous cue."""
        self._walk("cue", -1)

    def action_next_quotation(self) -> None:
        """Go to the next quotation."""
        self._walk("quotation", 1)

    def action_previous_quotation(self) -> None:
        """Go to the previous quotation."""
        self._walk("quotation", -1)

    def action_next_date(self) -> None:
        """Go to the next date, and show its meaning; from the list, to the first one from the claim on."""
        self._walk("date", 1)

    def action_previous_date(self) -> None:
        """Go to the previous date; from the list, to the one before the claim."""
        self._walk("date", -1)

    def _walk(self, kind: PlaceKind, by: int) -> None:
        at, where, claim = self.review.article.cursor, "cursor", self.state.claim
        if not self.review.is_in_article and claim is not None:
            at, where = claim.start - (by > 0), "claim"  # a place that it begins with is one of its own
        place = self.state.place_beside(kind, at, by * self.review.count)
        if place is None:
            name = "named speaker" if kind == "speaker" else kind
            self.review.refuse(f"there is no {name} {'after' if by > 0 else 'before'} the {where}")
        else:
            self._go(place)

    def _go(self, place: Span) -> None:
        """Go to a place; a claim whose content has it becomes current, unless words are being selected for one."""
        around = self.state.claim_around(place.start) if self.state.selection is None else None
        if around is not None:
            self.review.go_to(around)
        self.review.article.focus()
        self.review.move(place)

    # ------------------------------------------------------------------ to a label

    def action_jump(self) -> None:
        """Label the speakers, cues, quotations and dates in view, and go to the one whose label is typed."""
        places = [place for kind in _KINDS for place in self.state.places(kind)]
        self.choose(places, self._go, "nothing to jump to is in view")

    def choose(self, places: Iterable[Span], chosen: Callable[[Span], object], refused: str) -> None:
        """Label those of some places that are in view, and call back with the one whose label is typed.

        Args:
            places: The places.
            chosen: Called with the place.
            refused: Said where none is in view.
        """
        record, (start, end) = self.state.record, self.review.article.shown
        inside = [place for place in places if start <= place.start < end]
        if record is None or not inside:
            self.review.refuse(refused)
            return
        claim = self.state.claim
        at = claim.start if claim is not None and not self.review.is_in_article else self.review.article.cursor
        self._chosen = chosen
        self._show([label for label in labelled(record.text, inside, at) if label.offset < end])

    def take(self, letter: str) -> None:
        """Take a letter of a label; a letter of none removes the labels."""
        typed = self._typed + letter
        left = [label for label in self.state.labels if label.text.startswith(typed)]
        if len(left) == 1 and left[0].text == typed:
            self.action_stop_jumping()
            self._chosen(left[0].span)
        elif left:
            self._typed = typed
            self.review.article.show_labels(left)
        else:
            self.action_stop_jumping()
            self.review.refuse(f"no place has the letter {typed}")

    def action_stop_jumping(self) -> None:
        """Remove the labels."""
        self._show(())

    def _show(self, labels: Sequence[Label]) -> None:
        self.state.labels, self._typed = labels, ""
        self.review.article.show_labels(labels)
        self.review.show_keys()
