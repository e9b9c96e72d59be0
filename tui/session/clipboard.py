"""Copy text to the desktop's clipboard, or to the terminal's where there is no desktop."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from annotate.safe import legible

_SECONDS = 2.0
"""Timeout for the desktop's clipboard, in seconds: its programs hang when the named display does not exist."""


def remote() -> bool:
    """Return True in an SSH session: only the terminal can reach the clipboard of the user's machine."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def desktop_tool() -> str:
    """Return the name of the program or system that would take copied text; empty if there is none."""
    import pyperclip

    copy, _ = pyperclip.determine_clipboard()
    return copy.__name__.removeprefix("copy_").replace("_", " ") if copy else ""


def copy(text: str, through_terminal: Callable[[str], None]) -> str:
    """Copy text and return the destination's name; takes up to two seconds, so call it in a thread.

    A terminal obeys what is pasted: control codes are copied as signs.

    Args:
        text: What to copy.
        through_terminal: Sends OSC 52; terminals do not acknowledge it.
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
