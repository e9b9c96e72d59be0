"""The history of a claim, in a dialog."""

from __future__ import annotations

import datetime as dt
from asyncio import wrap_future
from functools import partial
from itertools import groupby

from textual.content import Content

from annotate.clock import now
from annotate.errors import OnrecordError
from tui.screens.review.collaborator import Collaborator
from tui.screens.text_screen import TextScreen
from tui.session.background import in_background
from tui.wording.claim_history import Event, told

_MOST = 200
"""Number of events shown, the newest ones: enough to read, and laid out at once."""


class History(Collaborator):
    """The action that shows the history of the current claim."""

    async def action_history(self) -> None:
        """Show the history of the current claim."""
        wanted = self.review.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        store = self.review.session.store
        try:
            entries = await wrap_future(in_background(partial(store.claim_history, record.id, claim.id)))
        except OnrecordError as error:
            self.review.say(str(error), "error")
            return
        today = dt.datetime.fromisoformat(now()).astimezone().date()
        events = told(entries, record, claim, today)
        title = f"History of claim {self.review.claims.number}"
        self.review.app.push_screen(TextScreen(title, lambda _: _lines(events)))


def _lines(events: list[Event]) -> Content:
    earlier = len(events) - _MOST
    lines = [Content.styled(f"({earlier:,} earlier ones are not shown)\n", "dim")] if earlier > 0 else []
    for (time, name), together in groupby(events[-_MOST:], key=lambda event: event[:2]):
        head = " · ".join(filter(None, (time, name)))
        done = (Content(f"  {words}") for event in together for words in event.done)
        lines += [Content.styled(head, "bold $text-accent"), *done]
    return Content("\n").join(lines)
