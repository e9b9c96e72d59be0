"""The real `onrecord --linear`, through pipes and in a pseudo-terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from tinydb import TinyDB

from annotate.store import Store
from tests.tui.conftest import harbour

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
import pty
import select

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "tui.main", "--linear", "--engine", "rules")
_PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the harbour's article in a save file."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with Store.open(tmp_path / "annotations.json", by="human:ana") as store:
        store.put(harbour())
    return tmp_path


def statuses(folder: Path) -> list[str]:
    with TinyDB(folder / "annotations.json") as db:
        return [claim["status"] for claim in db.table("claims").all()]


def piped(folder: Path, typed: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, cwd=folder, input=typed, capture_output=True, timeout=_PATIENCE, check=False)


class Shown:
    """The command in a pseudo-terminal, and what has been printed there."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.printed = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execv(sys.executable, [*COMMAND, *arguments])

    def type(self, line: bytes) -> None:
        os.write(self.fd, line)

    def wait_for(self, words: bytes) -> None:
        deadline = time.monotonic() + _PATIENCE
        start = len(self.printed)
        while words not in self.printed[start:]:
            assert time.monotonic() < deadline, self.printed
            assert self._read(), self.printed

    def wait_for_end(self) -> int:
        while self._read():
            pass
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return status

    def _read(self) -> bool:
        if not select.select([self.fd], [], [], _PATIENCE)[0]:
            os.kill(self.pid, signal.SIGKILL)
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.printed += data
        return bool(data)


def test_a_review_through_pipes_ends_with_the_input_and_leaves_all_saved(folder: Path) -> None:
    ran = piped(folder, b"a\nx\nq\n")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert statuses(folder)[:3] == ["accepted", "rejected", "suggested"]
    again = piped(folder, b"a")  # no end of line
    assert "\nClaim 3 of 6: suggested, indirect\n" in again.stdout.decode(), "it goes on at the claim that was left"
    assert again.stdout.endswith(b"4 of 6> \n")
    assert again.returncode == 0
    assert statuses(folder)[:4] == ["accepted", "rejected", "accepted", "suggested"]
    assert {path.name for path in folder.iterdir()} == {"annotations.json", "home"}, "no helper file stays"


def test_nothing_that_is_typed_or_read_reaches_the_output_as_an_order(folder: Path) -> None:
    hostile = "“We \x1b[2Jclosed\u202e it,” said Ana \x9b31mLi.\x07 " + "“It is shut,” said Bo Ek.\n"
    (folder / "bad\x1b[m.txt").write_text(hostile, encoding="utf-8")
    typed = "s \x1b]0;me\x07\no \x1b[31m\nc\n?\nfoo\x1b[2J\ns\n\x9b1m\n\xff\n"
    ran = piped(folder, typed.encode(), "bad\x1b[m.txt")
    assert ran.returncode == 0, ran.stderr
    assert b"Bo Ek" in ran.stdout
    printed = (ran.stdout + ran.stderr).decode()
    assert [code for code in printed if (not code.isprintable() and code != "\n") or code == "\u202e"] == []


def test_input_that_is_no_utf_8_is_taken_as_well_as_it_can_be(folder: Path) -> None:
    ran = piped(folder, b"o caf\xe9\nq\n")
    assert ran.returncode == 0, ran.stderr
    assert "Note: caf\ufffd" in ran.stdout.decode()


def test_a_review_in_a_terminal_moves_no_cursor_and_survives_ctrl_c(folder: Path) -> None:
    shown = Shown(folder)
    shown.wait_for(b"1 of 6> ")
    for line, answer in ((b"a\n", b"2 of 6> "), (b"s\n", b"leave it: "), (b"2\n", b"2 of 6> "), (b"x\n", b"3 of 6> ")):
        shown.type(line)
        shown.wait_for(answer)
    shown.type(b"a\x03")  # half a line
    assert shown.wait_for_end() == 130
    assert b"\x1b" not in shown.printed
    assert b"Accepted." in shown.printed
    assert statuses(folder)[:3] == ["accepted", "rejected", "suggested"]


@pytest.mark.parametrize("ending", [b"\x04", b"q\n"])
def test_a_review_in_a_terminal_ends_with_its_input_or_on_demand(folder: Path, ending: bytes) -> None:
    shown = Shown(folder)
    shown.wait_for(b"1 of 6> ")
    shown.type(b"z\n")
    shown.wait_for(b"1 of 6> ")
    shown.type(b"x\n")
    shown.wait_for(b"2 of 6> ")
    shown.type(ending)
    assert shown.wait_for_end() == 0
    assert shown.printed.endswith(b"\r\n")
    assert statuses(folder)[0] == "rejected"


def test_a_killed_review_has_lost_no_decision(folder: Path) -> None:
    shown = Shown(folder)
    shown.wait_for(b"1 of 6> ")
    shown.type(b"a\n")
    shown.wait_for(b"2 of 6> ")
    os.kill(shown.pid, signal.SIGKILL)
    shown.wait_for_end()
    with Store.open(folder / "annotations.json") as store:
        assert store.get("harbour").claim("c1").status == "accepted"


def test_ctrl_c_ends_the_wait_for_the_engine(folder: Path) -> None:
    (folder / "new.txt").write_text("“It is shut,” said Bo Ek.\n", encoding="utf-8")
    shown = Shown(folder, "new.txt", "--db", "other.json")
    shown.wait_for(b"The engine is reading the article.")
    shown.type(b"\x03")
    assert shown.wait_for_end() == 130


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["gone.txt"], 1, "gone.txt does not exist"), (["--db", "none.json"], 2, "there are no articles in")],
)
def test_without_an_article_it_says_so(folder: Path, arguments: Sequence[str], code: int, said: str) -> None:
    ran = piped(folder, b"", *arguments)
    assert ran.returncode == code
    assert said in ran.stderr.decode()


def test_an_article_from_a_pipe_is_reviewed_with_the_keys_of_the_terminal(folder: Path) -> None:
    (folder / "new.txt").write_text("“It is shut,” said Bo Ek. “We go on,” said Ida Vik.\n", encoding="utf-8")
    script = folder / "run.sh"
    script.write_text(f"exec {' '.join(COMMAND)} --db other.json - < new.txt\n", encoding="utf-8")
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv("/bin/sh", ["/bin/sh", str(script)])
    shown = Shown.__new__(Shown)
    shown.pid, shown.fd, shown.printed = pid, fd, b""
    shown.wait_for(b"1 of 2> ")
    shown.type(b"a\nq\n")
    assert shown.wait_for_end() == 0
    with TinyDB(folder / "other.json") as db:
        assert [claim["status"] for claim in db.table("claims").all()] == ["accepted", "suggested"]
