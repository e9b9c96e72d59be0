"""The units of the words in view, which the engine's process finds in the background."""

from __future__ import annotations

import asyncio

from annotate.spans import Span
from annotate.units import NO_UNITS, Units
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.text.motions import paragraph_at

_SOON = 0.15
"""Delay in seconds after the last motion, so that a held key asks once."""
_MOST = 8_000
"""Code points asked for at once: more than a screen holds."""


class EngineUnits(Collaborator):
    """The units in view, asked for before the user needs them."""

    def __init__(self, review: ReviewBase) -> None:
        super().__init__(review)
        self._timer: asyncio.TimerHandle | None = None
        self._asked: tuple[str, Span] | None = None

    @property
    def known(self) -> Units:
        """The units found for the words in view; none while the engine has not answered for them."""
        units = self.review.session.units
        return units if _within(self.review.article.shown, units.part) else NO_UNITS

    def want_soon(self) -> None:
        """Ask for the units in view once the user pauses."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_SOON, self._ask)

    def _ask(self) -> None:
        self._timer = None
        record, shown = self.state.record, self.review.article.shown if self.review.laid_out else None
        if record is None or shown is None or self.review.session.engine.state == "failed":
            return
        start = max(paragraph_at(record, shown.start).start, shown.end - _MOST, 0)
        end = min(max(shown.end, paragraph_at(record, max(shown.start, shown.end - 1)).end), start + _MOST)
        wanted = (record.id, Span(start, end))
        if start < end and wanted != self._asked and not _within(shown, self.review.session.units.part):
            self._asked = wanted
            self.review.session.ask_units(wanted[1])


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
