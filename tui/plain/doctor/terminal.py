"""Checks of the terminal: its size and kind, the locale, colours, and the way to a clipboard."""

from __future__ import annotations

import io
import os
import subprocess
from contextlib import suppress
from typing import Any

from tui.plain.doctor.check import Check, fails, works
from tui.session import clipboard

_SMALLEST = os.terminal_size((40, 10))
"""Columns and lines below which an article cannot be read beside its claims."""
_NO_SCREEN = ("", "dumb", "unknown")
"""Kinds of terminals that cannot move the cursor."""
_COLOURS = {None: "no", "standard": "16", "256": "256", "truecolor": "16 million", "windows": "16"}
"""Numbers of colours, by Rich's names for them."""
_SECONDS = 2.0
"""Timeout for the answer of tmux, in seconds."""


def terminal() -> Check:
    """Check that there is a terminal, and that its kind and size allow the app."""
    kind, size = os.environ.get("TERM", ""), _size()
    if size is None:
        to_do = "run onrecord in a terminal; in scripts, commands such as onrecord extract work without one"
        return fails("terminal", "there is none", to_do)
    found = f"{size.columns} columns, {size.lines} lines, TERM={kind}"
    if os.name != "nt" and kind in _NO_SCREEN:
        return fails("terminal", found, "set TERM to your terminal's kind: export TERM=xterm-256color")
    if size.columns < _SMALLEST.columns or size.lines < _SMALLEST.lines:
        return fails("terminal", found, "enlarge the window to 80 columns and 24 lines")
    return works("terminal", found)


def locale() -> Check:
    """Check that the locale has UTF-8, in which the app draws and takes keys."""
    name = next((value for v in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(v))), "")
    charset = name.partition("@")[0].partition(".")[2]
    if charset and charset.lower().replace("-", "") != "utf8":
        return fails("locale", name, "set the terminal to UTF-8, then: export LC_ALL=C.UTF-8")
    found = name or "none set; the app draws and takes keys in UTF-8 nevertheless"
    return works("locale", found)


def colours() -> Check:
    """Report how many colours the app draws in."""
    from rich.console import Console
    from textual.constants import COLOR_SYSTEM

    if os.environ.get("NO_COLOR"):
        return works("colours", "off, as NO_COLOR is set", "for colours: unset NO_COLOR", needed=False)
    system: Any = COLOR_SYSTEM
    console = Console(file=io.StringIO(), force_terminal=True, color_system=system)
    to_do = "" if console.color_system == "truecolor" else "if your terminal has more: export COLORTERM=truecolor"
    return works("colours", f"{_COLOURS[console.color_system]} colours", to_do, needed=False)


def copying() -> Check:
    """Check the way to a clipboard: a program of the desktop, else the terminal through OSC 52."""
    tool = "" if clipboard.remote() else clipboard.desktop_tool()
    if tool:
        return works("clipboard", f"the desktop's, with {tool}", needed=False)
    reason = "over SSH" if clipboard.remote() else "no clipboard program found"
    found = f"through the terminal, with OSC 52 ({reason})"
    fault, to_do = _obstacle()
    if fault:
        return fails("clipboard", f"{found}; {fault}", to_do, needed=False)
    to_do = "press y in the app and paste; if nothing comes, allow OSC 52 in the terminal's settings"
    if not clipboard.remote():
        to_do += ", or install wl-clipboard (Wayland) or xclip (X11)"
    return works("clipboard", found, to_do, needed=False)


def _obstacle() -> tuple[str, str]:
    """Return the reason why OSC 52 cannot reach a clipboard, and what to do; empty texts if none is known.

    The app sends it as it is, so tmux decides by `set-clipboard` alone, whatever `allow-passthrough` says.
    """
    if os.environ.get("TMUX"):
        setting = _tmux_setting()
        if setting and setting != "on":
            to_do = "tmux set -s set-clipboard on, and the same without the word tmux in ~/.tmux.conf"
            return f"tmux drops it (set-clipboard is {setting})", to_do
    elif os.environ.get("STY"):
        return "screen drops it", "use tmux in its place, or run onrecord outside"
    elif os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return "Terminal.app does not know it", "use another terminal: iTerm2, kitty, WezTerm"
    elif os.environ.get("TERM") == "linux":
        return "the Linux console has no clipboard", "run onrecord in a terminal of the desktop"
    return "", ""


def _tmux_setting() -> str:
    """Return the value of tmux's `set-clipboard`; empty if it does not answer."""
    command = ["tmux", "show-options", "-sv", "set-clipboard"]
    with suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout.strip()
    return ""


def _size() -> os.terminal_size | None:
    """Return the size of the terminal that any standard stream leads to; None without one."""
    for stream in (1, 2, 0):
        with suppress(OSError):
            return os.get_terminal_size(stream)
    return None
