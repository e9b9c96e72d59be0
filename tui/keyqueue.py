"""Keys are handled one at a time, however quickly they come.

Over ssh, on a busy machine or from a paste, several keys arrive at once. Textual sends each to whatever has the focus
when it arrives; but a key may open a dialog or a line to type in, and the next is meant for that. So a key waits until
the one before has gone all its way: through the focused widget, its ancestors, the screen, and the one then in front.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

_MOMENT = 0.01
_LOST = 1.0
"""Seconds after which a key is given up that a widget taken away has swallowed."""


class KeyQueue:
    """Holds keys back until those before them are done with.

    Args:
        app: The app.
        deliver: Does with a key what the app would have done at once.
        busy: Whether something that a key began still goes on.
    """

    def __init__(self, app: App[int], deliver: Callable[[Key], Awaitable[None]], busy: Callable[[], bool]) -> None:
        self._app = app
        self._deliver = deliver
        self._busy = busy
        self._waiting: deque[Key] = deque()
        self._under_way = False
        self._since = 0.0

    async def put(self, key: Key) -> None:
        """Deliver a key, now or when its turn comes."""
        self._waiting.append(key)
        if not self._under_way or monotonic() - self._since > _LOST:
            await self._next()

    async def _next(self) -> None:
        self._under_way = bool(self._waiting)
        if self._waiting:
            self._since = monotonic()
            way = self._way()
            await self._deliver(self._waiting.popleft())
            self._follow(way)

    def _way(self) -> list[MessagePump]:
        target = self._app.focused or self._app.screen
        return [node for node in target.ancestors_with_self if node is not self._app]

    def _follow(self, way: Sequence[MessagePump]) -> None:
        """Go from queue to queue as the key does, then through the screen in front, then back to the app."""
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
