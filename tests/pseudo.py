"""A pseudo terminal: the app in a process of its own, keys in, the very bytes out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

_QUERY, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Textual asks whether frames can be drawn whole."""
_BYTES = {
    "escape": b"\x1b[27u", "enter": b"\r", "tab": b"\t", "shift+tab": b"\x1b[Z", "space": b" ", "delete": b"\x1b[3~",
    "up": b"\x1b[A", "down": b"\x1b[B", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "end": b"\x1b[F",
}  # fmt: skip


class PseudoTerminal:
    """The app, started with some words and settings; `written` is all that it has sent to the terminal so far."""

    def __init__(self, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        self.written = bytearray()
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "tui.main", *words], environment)

    def press(self, *keys: str, shows: str) -> None:
        """Press keys, characters or Textual's names, and wait until some words are drawn."""
        before = len(self.written)
        self.type(*keys)
        end = monotonic() + 30
        while shows.encode() not in self.written[before:]:
            assert monotonic() < end, (keys, shows, bytes(self.written[before:]))
            self.receive(0.1)

    def type(self, *keys: str) -> None:
        """Press keys, characters or Textual's names."""
        os.write(self._fd, b"".join(_BYTES.get(key) or key.encode() for key in keys))

    def end(self) -> int:
        """Read the remaining output and return the exit code."""
        end = monotonic() + 20
        while monotonic() < end and (self.receive(0.2) or os.waitid(os.P_PID, self._pid, _LOOK) is None):
            pass
        if os.waitid(os.P_PID, self._pid, _LOOK) is None:
            os.kill(self._pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        os.close(self._fd)
        return code

    def receive(self, seconds: float) -> bool:
        """Take the output that comes within a time; return False where none does."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the app has ended
            return False
        if _QUERY in data:
            os.write(self._fd, _ANSWER)
        self.written += data
        return bool(data)


_LOOK = os.WEXITED | os.WNOHANG | os.WNOWAIT
