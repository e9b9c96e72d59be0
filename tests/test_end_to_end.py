"""The real command in a real (pseudo) terminal: keys in, screen out, and the save file read with plain TinyDB."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
import pty  # noqa: E402 # not on every platform
import termios  # noqa: E402

ARTICLE = """ORLO, March 4 (Agency) — The harbour will close on Friday, the mayor said.

“We have waited ten years,” Mayor Ana Li told reporters. “Now we build.”

According to the port authority, 40 ships a day will be sent to Varn.
"""
_ESCAPE = re.compile(rb"\x1b\[[0-9;?$<>=]*[a-zA-Z~]|\x1b[()][AB0]|\x1b[=>78]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_PATIENCE = 30.0


class Terminal:
    """A program in a pseudo-terminal, and all it has printed."""

    def __init__(self, arguments: list[str], folder: Path, stdin: bytes | None = None) -> None:
        reader, writer = os.pipe()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            if stdin is not None:
                os.dup2(reader, 0)
            os.close(writer)
            paths = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(Path(__file__).parent.parent))))
            environment = dict(os.environ, TERM="xterm-256color", PYTHONPATH=paths)
            os.execve(sys.executable, [sys.executable, "-m", "tui.main", *arguments], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(stdin or b"")
        self.printed = bytearray()
        self.ended: int | None = None

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def wait_for(self, words: str) -> None:
        """Wait until something that matches has been printed since the last wait."""
        deadline = time.monotonic() + _PATIENCE
        while not re.search(words, self.plain()):
            assert time.monotonic() < deadline, f"{words!r} never came; it printed: {self.plain()[-6000:]}"
            if not self._read(0.2):
                assert re.search(words, self.plain()), f"ended before {words!r}: {self.plain()[-2000:]}"
        self.printed.clear()

    def plain(self) -> str:
        return _ESCAPE.sub(b"", bytes(self.printed)).decode("utf-8", "replace")

    def wait_for_end(self) -> int:
        deadline = time.monotonic() + _PATIENCE
        while self._read(0.2):
            assert time.monotonic() < deadline, "it did not end"
        if self.ended is None:
            self.ended = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.ended

    def kill(self) -> None:
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.ended = -signal.SIGKILL

    def _read(self, seconds: float) -> bool:
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:
                return False
            self.printed += data
            return bool(data)
        return True


Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Terminal] = []
    (tmp_path / "harbour.txt").write_text(ARTICLE, "utf-8")

    def start(*arguments: str, stdin: bytes | None = None) -> Terminal:
        started.append(Terminal(list(arguments), tmp_path, stdin))
        return started[-1]

    yield start
    for terminal in started:
        terminal.kill()
        os.close(terminal.fd)


def decided(folder: Path) -> dict[str, list[str]]:
    """Return the words of the claims of each status, as another program finds them."""
    with TinyDB(folder / "annotations.json") as db:
        texts = {article["id"]: article["text"] for article in db.table("articles").all()}
        out: dict[str, list[str]] = {}
        for claim in db.table("claims").all():
            start, end = claim["content"][0]
            out.setdefault(claim["status"], []).append(texts[claim["article"]][start:end])
    return out


def test_open_decide_quit_and_find_it_saved(start: Start, tmp_path: Path) -> None:
    app = start("harbour.txt", "--as", "ana")
    app.wait_for("claims decided")
    app.press(" ")  # any key closes the welcome of a first run
    app.press("a")
    app.wait_for(r"saved \d\d:")
    app.press("x")
    app.press("q")
    assert app.wait_for_end() == 0, app.plain()[-3000:]
    found = decided(tmp_path)
    assert (len(found["accepted"]), len(found["rejected"])) == (1, 1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["annotations.json", "harbour.txt"], "no helper file stays"


def test_undo_on_the_next_day(start: Start, tmp_path: Path) -> None:
    app = start("harbour.txt", "--as", "ana")
    app.wait_for("claims decided")
    app.press(" a")
    app.wait_for(r"saved \d\d:")
    app.press("q")
    assert app.wait_for_end() == 0, app.plain()[-3000:]
    app = start("--as", "ana")
    app.wait_for(r"1/\d claims decided")
    app.press("u")
    app.wait_for(r"saved \d\d:")
    app.press("q")
    assert app.wait_for_end() == 0, app.plain()[-3000:]
    assert "accepted" not in decided(tmp_path)


def test_killed_right_after_saved_nothing_is_lost(start: Start, tmp_path: Path) -> None:
    app = start("harbour.txt", "--as", "ana")
    app.wait_for("claims decided")
    app.press(" a")
    app.wait_for(r"saved \d\d:")
    app.kill()
    assert len(decided(tmp_path)["accepted"]) == 1
    app = start("--as", "ana")
    app.wait_for("harbour")
    app.press("q")
    assert app.wait_for_end() == 0, "the lock of the killed one is no obstacle"


def test_text_from_a_pipe_keys_from_the_terminal(start: Start, tmp_path: Path) -> None:
    app = start("-", "--as", "ana", stdin=ARTICLE.encode())
    app.wait_for("claims decided")
    app.press(" a")
    app.wait_for(r"saved \d\d:")
    app.press("q")
    assert app.wait_for_end() == 0, app.plain()[-3000:]
    with TinyDB(tmp_path / "annotations.json") as db:
        assert db.table("articles").all()[0]["id"].startswith("stdin-")


def test_the_second_program_is_told_who_has_the_file(start: Start) -> None:
    first = start("harbour.txt", "--as", "ana")
    first.wait_for("claims decided")
    second = start("harbour.txt", "--as", "bo")
    assert second.wait_for_end() == 1
    assert str(first.pid) in second.plain()
    assert "Traceback" not in second.plain()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("page.txt", b"%PDF-1.7 \x00\x01", "page.txt"),
        ("annotations.json", b'{"articles": {"1": {"id": "a", "te', "annotations.json"),
    ],
)
def test_bad_input_is_one_clear_line(start: Start, tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    app = start(name if name.endswith(".txt") else "harbour.txt")
    assert app.wait_for_end() == 1
    assert words in app.plain()
    assert "Traceback" not in app.plain()
    assert (tmp_path / name).read_bytes() == content


def test_a_missing_file_is_told_before_the_save_file_is_touched(start: Start) -> None:
    first = start("harbour.txt", "--as", "ana")
    first.wait_for("claims decided")
    second = start("gone.txt")
    assert second.wait_for_end() == 1
    assert "gone.txt does not exist" in second.plain()


def test_names_of_commands_to_come_are_no_files(start: Start) -> None:
    app = start("serve")
    assert app.wait_for_end() == 2
    assert "not available yet" in app.plain()
