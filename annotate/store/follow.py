"""Read a save file, and read on as the program that writes it goes on."""

from __future__ import annotations

from pathlib import Path

from annotate.errors import OnrecordError
from annotate.safe_files import open_for_reading
from annotate.store import loading
from annotate.store.disk.journal import fingerprint
from annotate.store.disk.log import bodies, delta, log_path
from annotate.store.loading import Loaded
from annotate.store.memory.contents import Contents


class Follower:
    """What a save file and its log hold, as of the last look at them.

    Raises:
        StoreError: they cannot be used; the subclass says why.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.loaded = self._load()

    @property
    def contents(self) -> Contents:
        """What they hold."""
        return self.loaded.contents

    def has_news(self) -> bool:
        """Tell whether anything has been written since."""
        return (fingerprint(self.path), fingerprint(log_path(self.path))) != (self.loaded.seen, self._log_seen)

    def again(self) -> Follower:
        """Read everything anew.

        Raises:
            StoreError: they cannot be used any more.
        """
        return Follower(self.path)

    def _load(self) -> Loaded:
        log_seen = fingerprint(log_path(self.path))
        loaded = loading.load(self.path)
        self._log_seen = log_seen
        self._end = loaded.log.end if loaded.log else 0
        return loaded

    def read_on(self) -> bool:
        """Take in new lines of the same log of the same file; False where it is another, and all must be read again."""
        where, before = log_path(self.path), self._log_seen
        now = fingerprint(where)
        same = before and now and now[0] == before[0] and fingerprint(self.path) == self.loaded.seen
        if not (same and now and 0 < self._end <= now[1]):
            return False
        try:
            with open_for_reading(where, follow=False) as file:
                file.seek(self._end)
                data = file.read()
            start = self._end
            for body, end in bodies(where, data):
                self.contents.update(delta(where, 0, body))
                self._end = start + end
        except (OSError, OnrecordError):
            return False
        self._log_seen = now
        return True
