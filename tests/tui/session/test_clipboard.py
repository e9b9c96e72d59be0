"""Copying tries the desktop where there is one, and never waits long."""

from __future__ import annotations

import sys
import threading
from types import ModuleType

import pytest

from tui.session import clipboard


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Stand in for pyperclip, away from SSH."""
    fake = ModuleType("pyperclip")
    fake.PyperclipException = RuntimeError  # type: ignore[attr-defined] # made here
    monkeypatch.setitem(sys.modules, "pyperclip", fake)
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    return fake


def test_the_desktop_s_clipboard_comes_first(desktop: ModuleType) -> None:
    copied: list[str] = []
    sent: list[str] = []
    desktop.copy = copied.append  # type: ignore[attr-defined] # the stand-in's
    assert clipboard.copy("words", sent.append) == "to the clipboard"
    assert (copied, sent) == (["words"], [])
    clipboard.copy("“\x1b[31mNo,\x07” she said.\n", sent.append)
    assert copied[-1] == "“␛[31mNo,␇” she said.\n"


def test_over_ssh_only_the_terminal_is_asked(desktop: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    copied: list[str] = []
    sent: list[str] = []
    desktop.copy = copied.append  # type: ignore[attr-defined] # the stand-in's
    assert "over SSH" in clipboard.copy("words", sent.append)
    assert (copied, sent) == ([], ["words"])


def test_a_clipboard_that_fails_or_hangs_falls_back_to_the_terminal(
    desktop: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_text: str) -> None:
        raise RuntimeError("no xclip")

    release = threading.Event()

    def hangs(_text: str) -> None:
        release.wait(10)

    monkeypatch.setattr(clipboard, "_SECONDS", 0.1)
    for copy in (fails, hangs):
        sent: list[str] = []
        desktop.copy = copy  # type: ignore[attr-defined] # the stand-in's
        assert "no desktop clipboard answered" in clipboard.copy("words", sent.append)
        assert sent == ["words"]
    release.set()
