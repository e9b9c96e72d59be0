"""A headless terminal: starts a command on a pseudo terminal, presses keys and times the output."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

_QUERY, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Textual's question whether the terminal draws whole frames, and the yes of every modern terminal."""


_LAST = 2_000
"""Bytes of a command's last output to keep, in case it ends unexpectedly."""


class Frame(NamedTuple):
    """The output from a key to the next pause."""

    data: bytes
    seconds: float
    """Seconds from the start of waiting to the last byte."""


class Terminal:
    """A command on a pseudo terminal, killed with everything it started at the end of a `with` block.

    Args:
        argv: The command.
        folder: Its working folder.
        env: What to set in its environment besides ours.
        columns: Width of the terminal in cells.
        rows: Its height.
    """

    def __init__(
        self,
        argv: Sequence[str],
        folder: Path,
        env: Mapping[str, str] | None = None,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        # Without bytecode, which an installed program has, a start would be mostly compiling.
        for name in ("LINES", "COLUMNS", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self._last = b""
        """The last bytes of its output."""
        self._started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.chdir(folder)
            os.execvpe(argv[0], list(argv), environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # The pseudo terminal made it the leader of a session: the group holds what it started, too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self.pid, 0)

    def started(self, shows: bytes, timeout: float = 60.0) -> float:
        """Return the seconds from the start to the last byte of the frame that contains some words.

        Raises:
            TimeoutError: they never came.
        """
        since = self._started
        got = self._read(since, quiet=0.05, timeout=timeout, shows=shows)
        return got.seconds

    def settle(self, quiet: float = 1.0, timeout: float = 60.0) -> Frame:
        """Read until the output has paused for some seconds."""
        return self._read(time.perf_counter(), quiet, timeout, shows=None)

    def send(self, key: bytes) -> None:
        """Press a key without waiting."""
        os.write(self._fd, key)

    def press(self, key: bytes, quiet: float, timeout: float = 10.0) -> Frame:
        """Press a key and return the frame it causes.

        Args:
            key: The bytes a terminal sends for it.
            quiet: Seconds of silence that end a frame.
            timeout: Seconds after which there is none.

        Raises:
            TimeoutError: no frame came.
        """
        since = time.perf_counter()
        self.send(key)
        return self._read(since, quiet, timeout, shows=b"")

    def _read(self, since: float, quiet: float, timeout: float, shows: bytes | None) -> Frame:
        """Read until a pause; if `shows` is given, until a pause after it."""
        got = bytearray()
        last = since
        while True:
            complete = shows is None or (bool(got) and shows in got)
            patience = quiet if complete else timeout - (time.perf_counter() - since)
            readable, _, _ = select.select([self._fd], [], [], max(0.0, patience))
            if not readable:
                if complete:
                    return Frame(bytes(got), last - since)
                raise TimeoutError(f"{shows!r} did not come in {timeout} s; the end is {bytes(got[-400:])!r}")
            data = self._receive()
            last = time.perf_counter()
            got += data
            if complete and last - since > timeout:
                return Frame(bytes(got), last - since)

    def _receive(self) -> bytes:
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise TimeoutError(f"the command ended; its last words were {self._last!r}")
        self._last = (self._last + data)[-_LAST:]
        if _QUERY in data:
            os.write(self._fd, _ANSWER)
        return data
