"""The saver: a thread that makes edits durable and reports the state of saving."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from annotate.errors import SaveError

_RETRY_SECONDS = 2.0
_IDLE_SECONDS = 20.0
"""Delay after the last change before the log is folded into the save file."""
_AFTER_THE_FRAME = 0.012
"""Seconds from a change to saving it: the frame that answers the key comes first."""


class SaveState(NamedTuple):
    """State of saving."""

    state: Literal["saved", "saving", "unsaved"]
    at: str = ""
    """Local time of the last durable save, HH:MM:SS; empty before the first."""
    error: str = ""

    @property
    def reason(self) -> str:
        """The reason without the file's name and the hint, for narrow places."""
        return self.error.partition(" could not be saved: ")[2].partition(": ")[0] or self.error


class Savable(Protocol):
    """The store, as the saver sees it."""

    @property
    def dirty(self) -> bool:
        """True while some changes are not durable."""

    @property
    def waits(self) -> bool:
        """True while durable changes are in the log only."""

    def sync(self) -> None:
        """Make everything durable; SaveError when that fails."""

    def fold(self) -> None:
        """Fold the log into the save file; SaveError when that fails."""


class Saver:
    """A thread that calls `store.sync()` after each change, retrying while it fails, and `store.fold()` in pauses.

    Args:
        store: What to save.
        listener: Called with every new state, on the saving thread.
    """

    def __init__(self, store: Savable, listener: Callable[[SaveState], None]) -> None:
        self._store = store
        self._listener = listener
        self._wake = threading.Event()
        self._closing = False
        self._saved_at = ""
        self.state = SaveState("saved")
        self._thread = self._started()

    def wake(self) -> None:
        """Note a change; returns at once."""
        self._wake.set()

    def close(self) -> str:
        """Save once more and end; return the error, or an empty string. After an error, saving is retried as before."""
        self._closing = True
        self._wake.set()
        self._thread.join()
        if self.state.error:
            self._closing = False
            self._thread = self._started()
        return self.state.error

    def _started(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="saver", daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        closing = False
        while not closing:
            woken = self._wake.wait(self._patience())
            if not self._closing:
                time.sleep(_AFTER_THE_FRAME)
            self._wake.clear()
            closing = self._closing  # read before saving, so that the last save holds all that came before the end
            if self._store.dirty:
                self._save()
            elif not woken:
                self._fold()

    def _patience(self) -> float | None:
        """Return the longest wait for the next change, in seconds; None for no limit."""
        if self.state.error:
            return _RETRY_SECONDS
        return _IDLE_SECONDS if self._store.waits else None

    def _fold(self) -> None:
        with suppress(SaveError):  # nothing is lost; the next pause, or closing the store, tries it again
            self._store.fold()

    def _save(self) -> None:
        if not self.state.error:
            self._tell(SaveState("saving", self._saved_at))
        try:
            self._store.sync()
        except SaveError as error:
            self._tell(SaveState("unsaved", self._saved_at, str(error)))
        else:
            self._saved_at = datetime.now().astimezone().strftime("%H:%M:%S")
            self._tell(SaveState("saved", self._saved_at))

    def _tell(self, state: SaveState) -> None:
        self.state = state
        self._listener(state)
