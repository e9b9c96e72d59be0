"""Handling of signals that end or suspend the app: restore the terminal, save the resume point.

Textual restores the terminal when the app exits and around `App.suspend`, and hears of a change of size. It does
nothing about signals that end a program. Its own handlers of SIGTSTP and SIGCONT are replaced: they write in the middle
of whatever goes on, and start the screen a second time on a SIGCONT without a stop before it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType
from typing import Any, Protocol, Self

from tui.session.session import Session

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT") if hasattr(signal, name))
_PATIENCE = 3.0
"""Seconds that the app has to respond before it is ended without its help."""


class Program(Protocol):
    """The app as signals see it."""

    session: Session

    def save_typed(self) -> bool:
        """Save the text being typed in a field; return False if it is invalid."""

    def remember_place(self) -> None:
        """Save the current article and claim as the resume point."""

    def call_later(self, callback: Callable[[], object], /) -> bool:
        """Call a function in the app's thread, after the messages waiting there. Thread-safe."""

    def suspend(self) -> AbstractContextManager[None]:
        """Restore the terminal while a `with` block runs."""

    def exit(self, result: None = None, return_code: int = 0) -> None:
        """End the app."""


class Ending:
    """Orderly end of the app on a signal, for the time of a `with` block.

    A thread waits for the signals and does all it can itself: the app must end even while it waits for a terminal
    that accepts no more output.

    Args:
        app: The app. Its return code is 128 and the signal's number.
    """

    def __init__(self, app: Program) -> None:
        self._app = app
        self._over = threading.Event()
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        reading, self._pipe = os.pipe()
        threading.Thread(target=self._wait, args=(reading,), name="signals", daemon=True).start()
        self._before = {number: signal.signal(number, self._heard) for number in ENDING}
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._pipe)

    def _heard(self, number: int, _: FrameType | None) -> None:
        os.write(self._pipe, bytes([number]))

    def _wait(self, reading: int) -> None:
        if number := os.read(reading, 1):
            self._end(128 + number[0])
        os.close(reading)

    def _end(self, code: int) -> None:
        self._take_in_what_is_typed()
        self._app.remember_place()
        self._app.session.close()  # the store reports unsaved changes when it is closed
        if not has_terminal():  # nobody reads further output either
            os._exit(code)
        self._app.exit(return_code=code)
        if not self._over.wait(_PATIENCE):
            last = threading.Timer(_PATIENCE, os._exit, [code])
            last.daemon = True
            last.start()
            with self._app.suspend():  # restores the terminal, if it accepts output
                os._exit(code)

    def _take_in_what_is_typed(self) -> None:
        taken = threading.Event()

        def take() -> None:
            self._app.save_typed()
            taken.set()

        self._app.call_later(take)
        taken.wait(_PATIENCE)


class Stopping:
    """Suspension of the app: restores the terminal, and takes it over again on return.

    Args:
        app: The app, running on a terminal.
    """

    def __init__(self, app: Program) -> None:
        self._app = app
        self._loop = asyncio.get_running_loop()
        self._loop.add_signal_handler(signal.SIGTSTP, self.stop)
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)

    def stop(self) -> None:
        """Suspend the process until it is continued in the foreground."""
        self._leave_terminal(stop=True)

    def _continued(self) -> None:
        """Take over the terminal after SIGSTOP, which cannot be caught: other programs may have used it."""
        self._leave_terminal(stop=False)

    def _leave_terminal(self, *, stop: bool) -> None:
        if not has_terminal():  # a hang-up also continues the process, and then ends it
            return
        self._app.remember_place()
        self._loop.remove_signal_handler(signal.SIGCONT)  # the SIGCONT that ends this stop is expected
        with self._app.suspend():
            while stop or _is_in_background():
                os.kill(os.getpid(), signal.SIGSTOP)
                stop = False
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)


def has_terminal() -> bool:
    """Return True while the terminal exists."""
    return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())


def _is_in_background() -> bool:
    assert sys.__stdin__ is not None
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno()) != os.getpgrp()
    except OSError:
        return False
