"""The real command in a pseudo-terminal under outside events: signals, a closed terminal, a locale."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from tinydb import TinyDB

from annotate.store import Store
from tests.tui.conftest import harbour
from tui.session.resume import ResumePoints

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
import pty
import select
import termios

ROOT = Path(__file__).parents[3]
ON = (b"\x1b[?1049h", b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1006h", b"\x1b[?25l", b"\x1b[?2004h", b"\x1b[?1004h")
"""Modes that the app switches on or off: the alternate screen, the mouse, the cursor, pasting, the focus."""
OFF = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1004l")
_PATIENCE = 60.0


class Sitting:
    """The app on the harbour's article, its second claim current, the first accepted."""

    def __init__(self, folder: Path, before: str = "", **variables: str) -> None:
        """Start it, after some other statements, with some more variables of the environment."""
        self.folder = folder
        with Store.open(folder / "annotations.json", by="human:ana") as store:
            store.put(harbour())
        ResumePoints(folder / "state" / "onrecord").welcomed()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = dict(
                os.environ, TERM="xterm-256color", PYTHONPATH=str(ROOT), XDG_STATE_HOME=str(folder / "state")
            )
            environment |= variables
            program = f"import sys\n{before}\nfrom tui.main import main\nsys.exit(main(['--engine', 'rules']))"
            os.execve(sys.executable, [sys.executable, "-c", program], environment)
        self.attributes = termios.tcgetattr(self.fd)
        self.code: int | None = None
        self.said = b""
        self.wait_for(b"claims decided")
        self.press(b"a")
        self.wait_for(b"saved ")

    def press(self, keys: bytes) -> None:
        os.write(self.fd, keys)

    def wait_for(self, words: bytes) -> None:
        """Read until some words arrive; `said` holds the output since the last wait."""
        self.said = b""
        deadline = time.monotonic() + _PATIENCE
        while words not in self.said:
            assert time.monotonic() < deadline, (words, self.said[-500:])
            assert self._read(0.2), f"ended before {words!r}: {self.said[-500:]!r}"

    def send(self, number: int) -> None:
        self.said = b""
        os.kill(self.pid, number)

    def wait_for_stop(self) -> None:
        """Wait until the process is stopped, reading on, as it may wait for that."""
        deadline = time.monotonic() + _PATIENCE
        while os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG) == (0, 0):
            assert time.monotonic() < deadline, "it did not stop"
            self._read(0.05)
        while select.select([self.fd], [], [], 0.1)[0]:
            self._read(0)

    def wait_for_end(self, *, read: bool = True) -> int:
        deadline = time.monotonic() + _PATIENCE
        while self.code is None:
            assert time.monotonic() < deadline, f"it did not end: {self.said[-500:]!r}"
            if read and self.fd >= 0:
                self._read(0.05)
            else:
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        while self.fd >= 0 and self._read(0.05, patient=False):
            pass
        return self.code

    def hang_up(self) -> None:
        os.close(self.fd)
        self.fd = -1

    @property
    def place(self) -> dict[str, str]:
        places = orjson.loads((self.folder / "state" / "onrecord" / "places.json").read_bytes()).get("places", {})
        found: dict[str, str] = places.get(str(self.folder / "annotations.json"), {})
        return found

    def claims(self) -> list[Any]:
        with TinyDB(self.folder / "annotations.json") as db:
            return list(db.table("claims").all())

    def close(self) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)

    def _read(self, seconds: float, *, patient: bool = True) -> bool:
        if not select.select([self.fd], [], [], seconds)[0]:
            return patient
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.said += data
        return bool(data)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    started: list[Sitting] = []

    def start(before: str = "", **variables: str) -> Sitting:
        started.append(Sitting(tmp_path, before, **variables))
        return started[-1]

    yield start
    for sitting in started:
        sitting.close()


Start = Callable[..., Sitting]


def left(said: bytes) -> bool:
    """Return whether the last word on everything the app turns on is that it is off."""
    return all(said.rfind(off) > said.rfind(on) for on, off in zip(ON, OFF, strict=True))


def taken(said: bytes) -> bool:
    return all(said.rfind(on) > said.rfind(off) for on, off in zip(ON, OFF, strict=True))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_that_ends_it_leaves_everything_in_order(start: Start, number: int) -> None:
    sitting = start()
    sitting.press(b"e\t\t\t\tseen")
    sitting.wait_for(b"seen")
    sitting.send(number)
    assert sitting.wait_for_end() == 128 + number
    assert left(sitting.said), sitting.said
    assert b"Traceback" not in sitting.said
    assert termios.tcgetattr(sitting.fd) == sitting.attributes
    assert sitting.place == {"article": "harbour", "claim": "c2"}
    assert [(c["status"], c["note"]) for c in sitting.claims()[:2]] == [("accepted", ""), ("suggested", "seen")]
    assert {p.name for p in sitting.folder.iterdir()} == {"annotations.json", "state"}, "no helper file stays"


@pytest.mark.parametrize("before", ["", "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"])
def test_it_ends_when_its_terminal_is_gone(start: Start, before: str) -> None:
    sitting = start(before)
    sitting.hang_up()
    assert sitting.wait_for_end() == 128 + signal.SIGHUP
    assert sitting.place == {"article": "harbour", "claim": "c2"}
    assert sitting.claims()[0]["status"] == "accepted"


def test_it_ends_when_its_terminal_takes_nothing_any_more(start: Start) -> None:
    sitting = start("import tui.session.signals; tui.session.signals._PATIENCE = 0.3")
    sitting.press(b"?q" * 400)  # more frames than wait in line, and nobody reads them
    time.sleep(1.0)
    sitting.send(signal.SIGTERM)
    assert sitting.wait_for_end(read=False) == 128 + signal.SIGTERM
    assert sitting.claims()[0]["status"] == "accepted"


def test_suspended_it_leaves_the_terminal_and_takes_it_back(start: Start) -> None:
    sitting = start()
    for by_key in (True, False):
        if by_key:
            sitting.said = b""
            sitting.press(b"\x1a")
        else:
            sitting.send(signal.SIGTSTP)
        sitting.wait_for_stop()
        assert left(sitting.said), sitting.said
        assert termios.tcgetattr(sitting.fd) == sitting.attributes
        assert sitting.place == {"article": "harbour", "claim": "c2"}
        os.kill(sitting.pid, signal.SIGCONT)
        sitting.wait_for(b"claims decided")
        assert taken(sitting.said), sitting.said
    sitting.send(signal.SIGSTOP)  # which no program hears of
    sitting.wait_for_stop()
    termios.tcsetattr(sitting.fd, termios.TCSANOW, sitting.attributes)  # as a shell does
    os.kill(sitting.pid, signal.SIGCONT)
    sitting.wait_for(b"claims decided")
    assert taken(sitting.said), sitting.said
    sitting.press(b"x")
    sitting.wait_for(b"saved ")
    sitting.press(b"q")
    assert sitting.wait_for_end() == 0, "no thread is left that reads keys"
    assert left(sitting.said)
    assert termios.tcgetattr(sitting.fd) == sitting.attributes
    assert sitting.claims()[1]["status"] == "rejected"


def test_a_signal_while_it_is_suspended_ends_it_once_it_goes_on(start: Start) -> None:
    sitting = start()
    sitting.send(signal.SIGTSTP)
    sitting.wait_for_stop()
    os.kill(sitting.pid, signal.SIGTERM)
    os.kill(sitting.pid, signal.SIGCONT)
    assert sitting.wait_for_end() == 128 + signal.SIGTERM
    assert left(sitting.said)
    assert termios.tcgetattr(sitting.fd) == sitting.attributes


def test_it_draws_and_takes_keys_in_utf_8_whatever_the_locale(start: Start) -> None:
    sitting = start(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    sitting.press("o“é”\r".encode())
    sitting.wait_for("“é”".encode())
    assert b"\\u" not in sitting.said
    sitting.send(signal.SIGTERM)
    sitting.wait_for_end()
    assert sitting.claims()[1]["note"] == "“é”"


@pytest.mark.slow
def test_keys_typed_while_it_is_stopped_go_where_they_were_meant_to(start: Start) -> None:
    sitting = start()
    for n in range(4):
        sitting.press(b"o\x15")
        time.sleep(0.004 * n)
        os.kill(sitting.pid, signal.SIGSTOP)
        sitting.press(b"zz%d\r" % n)
        time.sleep(1.2)
        os.kill(sitting.pid, signal.SIGCONT)
        sitting.wait_for(b"zz%d" % n)
        sitting.wait_for(b"saved ")
    sitting.send(signal.SIGTERM)
    sitting.wait_for_end()
    assert [claim["note"] for claim in sitting.claims()[:2]] == ["", "zz3"]
    with Store.open(sitting.folder / "annotations.json", read_only=True) as store:
        assert [entry.op for entry in store.history() if entry.by == "human:ana"][-4:] == ["note"] * 4
