"""Copying: the desktop's clipboard, or the terminal's own where there is no desktop."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from annotate.safe import legible

_SECONDS = 2.0
"""How long the desktop's clipboard may take: its programs hang where a display is named but not there."""


def remote() -> bool:
    """Return whether the person sits at another machine, whose clipboard only the terminal can reach."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def copy(text: str, through_terminal: Callable[[str], None]) -> str:
    """Copy text and return where to, in words; waits at most two seconds, so call it on a thread.

    A terminal obeys what is pasted: control codes are copied as signs.

    Args:
        text: What to copy.
        through_terminal: Sends OSC 52; nobody can know whether the terminal obeys.
    """
    text = legible(text)
    if not remote() and _to_desktop(text):
        return "to the clipboard"
    through_terminal(text)
    reason = "over SSH" if remote() else "no desktop clipboard answered"
    return f"to the terminal, if it takes it ({reason})"


def _to_desktop(text: str) -> bool:
    done: list[bool] = []

    def attempt() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError):
            return
        done.append(True)

    thread = threading.Thread(target=attempt, name="clipboard", daemon=True)
    thread.start()
    thread.join(_SECONDS)
    return bool(done)
