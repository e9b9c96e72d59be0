"""Standard streams that are closed, full or speak ASCII only: told in a line of ours, and by the exit code."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.cli import COMMANDS
from tests.cli.conftest import Run
from tests.hostile import EVIL, MARK, obeyed, poisoned
from tui.main import main

PRINTING = {
    "extract": ["extract", "news"],
    "label": ["label", "news", "--json"],
    "export": ["export", "--format", "csv"],
    "import": ["import", "out.jsonl", "--format", "jsonl", "--replace", "--json"],
    "stats": ["stats"],
    "score": ["score", "out.jsonl", "out.jsonl"],
    "merge": ["merge", "annotations.json", "other.json", "-o", "both.json"],
    "check": ["check"],
    "formats": ["formats"],
    "keys": ["keys"],
}
HELP = {f"{name} --help": [name, "--help"] for name in (*COMMANDS, "keys")}
ALL = {**PRINTING, **HELP, "--help": ["--help"], "--version": ["--version"], "keys --json": ["keys", "--json"]}


@pytest.fixture
def saved(labelled: Run, here: Path) -> Path:
    assert labelled("export", "--format", "jsonl", "-o", "out.jsonl").code == 0
    assert labelled("import", "out.jsonl", "--format", "jsonl", "--db", "other.json").code == 0
    return here


def forked(words: list[str], change: Callable[[], None]) -> tuple[int, str]:
    """Run a command in a copy of this process with other streams; return its exit code and standard error."""
    with tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.dup2(errors.fileno(), 2)
                sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                change()
                code = main(words)
            finally:
                os._exit(code)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        errors.seek(0)
        return status, errors.read().decode()


def close_output() -> None:
    os.close(1)
    sys.stdout = None


def fill_output() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def close_errors() -> None:
    discard_output()
    os.close(2)
    sys.stderr = None


def fill_errors() -> None:
    discard_output()
    os.dup2(os.open("/dev/full", os.O_WRONLY), 2)


def test_every_command_is_among_those_tried() -> None:
    assert set(COMMANDS) - set(PRINTING) == {"train"}  # which prints nothing before minutes have gone by


@pytest.mark.parametrize(("change", "why"), [(close_output, "it is closed"), (fill_output, "No space left on device")])
def test_output_that_is_closed_or_full_fails_every_command(saved: Path, change: Callable[[], None], why: str) -> None:
    for name, words in ALL.items():
        code, told = forked(words, change)
        assert (name, code) == (name, 1)
        assert f"onrecord: standard output cannot be written ({why})" in told, name
        assert "Traceback" not in told


def test_errors_that_cannot_be_told_fail_a_command_and_stop_nothing(saved: Path) -> None:
    before = (saved / "annotations.json").stat().st_size
    for words in (["stats", "--db", "missing.json"], ["label", "news", "--force"], ["--nonsense"]):
        assert forked(words, fill_errors)[0] != 0
    for words, wanted in ((["stats"], 0), (["label", "news", "--force"], 0), (["--nonsense"], 2)):
        assert forked(words, close_errors)[0] == wanted
    assert (saved / "annotations.json").stat().st_size >= before


def test_no_file_gets_the_number_of_a_closed_stream(saved: Path) -> None:
    def close_all() -> None:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            os.close(number)
            setattr(sys, name, None)

    assert forked(["label", "news", "--force"], close_all)[0] == 0
    assert forked(["check"], discard_output)[0] == 0


@pytest.mark.parametrize("words", [["keys"], ["--help"], ["export", "--help"]])
def test_text_goes_out_whole_where_the_locale_is_ascii(words: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "tui.main", *words]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(done.stdout.decode()) & set("↓…")


@pytest.mark.parametrize("redirection", [">&-", "> /dev/full"])
def test_the_interpreter_ends_as_quietly_as_the_command(redirection: str, tmp_path: Path) -> None:
    command = f"{sys.executable} -m tui.main --version {redirection}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


def test_no_command_says_what_a_terminal_obeys(run: Run, here: Path) -> None:
    """Whatever of a record, a path or a name stands in its output."""
    (here / "evil.jsonl").write_text(poisoned().to_json(), encoding="utf-8")
    (here / "bad.jsonl").write_text(f'{{"schema": "onrecord/1", "id": "{MARK}", "text": ["\\u009d"]}}\n\x9d', "utf-8")
    name = EVIL.replace("/", "")[:80]
    db = here / name
    assert run("import", "evil.jsonl", "--format", "jsonl", "--db", db).code == 0
    for words in (
        ["import", "evil.jsonl", "--format", "jsonl", "--db", db],
        ["import", "bad.jsonl", "--format", "jsonl", "--db", db],
        ["stats", "--db", db],
        ["check", "--db", db],
        ["check", "--db", here / "bad.jsonl"],
        ["export", "--db", db, "--format", "markdown"],
        ["export", "--db", db, "--format", "csv", "--article", EVIL],
        ["export", "--db", db, "--format", "jsonl"],
        ["export", "--db", db, "--format", EVIL],
        ["score", "evil.jsonl", "evil.jsonl"],
        ["merge", db, "evil.jsonl", "-o", f"{db}2"],
        ["extract", "news", name + ".txt", f"*{name}*"],
        ["label", EVIL.replace("/", ""), "--db", db],
        ["stats", "--db", EVIL],
        [EVIL],
    ):
        for options in ([], ["--json"]):
            if words == [EVIL] and options:
                continue
            ran = run(*words, *options)
            assert "Traceback" not in ran.err
            assert obeyed(ran.err) == set(), words
            exact = "--json" in options or "jsonl" in words or "extract" in words
            assert {code for code in obeyed(ran.out) if not exact or code < "\u00a0"} == set(), words
