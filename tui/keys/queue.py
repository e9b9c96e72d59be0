"""A queue that handles keys one at a time, however quickly they arrive.

Over ssh, on a busy machine or from a paste, several keys arrive at once. Textual sends each to whatever has the focus
when it arrives; but a key may open a dialog or a line to type in, and the next is meant for that. So a key waits until
the one before has gone all its way: through the focused widget, its ancestors, the screen, and the one then in front.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

_MOMENT = 0.01
_AFTER_THE_FRAME = 0.02
"""Seconds after a key without others waiting, before its way is followed."""
_TURN, _LOST = 0.05, 20
"""Seconds between looks at a key that others wait for, and looks until it is given up: a widget taken away has
swallowed it. Looks are counted, not seconds: a program that was stopped has lost no key."""

_PATIENCE = 1.0
"""Maximum wait in seconds of an urgent key for the keys before it."""


class KeyQueue:
    """A queue that holds each key back until the keys before it have been handled.

    Args:
        app: The app.
        deliver: Handles a key as the app would have done without the queue.
        busy: Returns True while work begun by a key goes on.
        urgent: Returns True for a key that does not wait for such work, like the key that quits; it waits for
            earlier keys at most a second.
    """

    def __init__(
        self,
        app: App[int],
        deliver: Callable[[Key], Awaitable[None]],
        busy: Callable[[], bool],
        urgent: Callable[[Key], bool],
    ) -> None:
        self._app = app
        self._deliver = deliver
        self._busy = busy
        self._urgent = urgent
        self._waiting: deque[Key] = deque()
        self._under_way = False
        self._nth = 0
        """Number of keys handled so far, the present one included."""
        self._since = 0.0
        """Time at which the present key was delivered."""
        self._watching = False
        self._way: list[MessagePump] = []
        self._later: asyncio.TimerHandle | None = None
        """Timer after which the last key's way is followed."""

    async def put(self, key: Key) -> None:
        """Deliver a key now, or after the keys before it."""
        if self._busy() and self._urgent(key) and (not self._waiting or monotonic() - self._since > _PATIENCE):
            await self._deliver(key)
            return
        self._waiting.append(key)
        if not self._under_way:
            await self._next()
            return
        if self._later is not None:
            self._follow_at_once()
        if not self._watching:
            self._watching = True
            self._watch(self._nth, _LOST)

    async def _next(self) -> None:
        self._under_way = bool(self._waiting)
        if self._waiting:
            self._nth += 1
            self._since = monotonic()
            target = self._app.focused or self._app.screen
            self._way = [node for node in target.ancestors_with_self if node is not self._app]
            await self._deliver(self._waiting.popleft())
            # While no other key waits its frame goes first.
            self._later = asyncio.get_running_loop().call_later(_AFTER_THE_FRAME, self._follow_at_once)
            if self._waiting:
                self._follow_at_once()

    def _watch(self, nth: int, looks: int) -> None:
        """Give up a key that does not arrive although the app is idle."""
        if nth != self._nth or self._busy():
            nth, looks = self._nth, _LOST
        self._watching = bool(self._waiting) and looks > 0
        if self._watching:
            asyncio.get_running_loop().call_later(_TURN, self._watch, nth, looks - 1)
        elif self._waiting:
            self._app.call_later(self._next)

    def _follow_at_once(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
            self._follow(self._way)

    def _follow(self, way: Sequence[MessagePump]) -> None:
        """Pass the message queues that the key passes, then those of the front screen and the app."""
        for nth, node in enumerate(way, 1):
            if node.call_later(self._follow, way[nth:]):
                return
        front = self._app.screen_stack[-1:]
        if not (front and front[0].call_later(self._app.call_later, self._arrived)):
            self._app.call_later(self._arrived)

    async def _arrived(self) -> None:
        if self._busy():
            self._app.set_timer(_MOMENT, self._arrived)
        else:
            await self._next()
