from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate import __version__
from annotate.cli import COMMANDS, main, overview, parser
from annotate.formats import FORMATS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"  onrecord {command}" in told.partition("examples:")[2]
    for option in ("--engine", "--on", "--quiet", "--json", "--version"):
        assert option in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    assert [action.dest for action in parser(command)._actions if not action.help] == []


@pytest.mark.parametrize("words", [["--version"], ["extract", "--version"]])
def test_the_version(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out == f"onrecord {__version__}\n"


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"]])
def test_the_overview_names_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    told = capsys.readouterr().out
    assert told == overview()
    assert all(f"\n  {command} " in told for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["extract"],
        ["extract", "x", "--nonsense"],
        ["export"],
        ["export", "--format", "xls"],
        ["export", "--format", "csv", "--status", "maybe"],
        ["label", "x", "--workers", "0"],
        ["label", "x", "--accept-above", "2"],
        ["label", "x", "--accept-above", "nan"],
        ["import", "x", "--format", "jsonl", "--merge", "--replace"],
        ["import", "x", "--format", "csv"],
        ["score", "only-one"],
        ["extract", "x", "--engine", "magic"],
        ["label", "x", "--on", "dask"],
        ["label", "x", "--scheduler", "tcp://h:1"],
    ],
)
def test_wrong_usage_ends_with_two_and_a_line(words: list[str], run: Callable[..., Any]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "onrecord: " in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_what_is_not_there_yet_is_said_clearly(run: Callable[..., Any]) -> None:
    assert "not available yet" in run("label", "news", "--on", "dask").err


def test_formats_lists_all(run: Callable[..., Any]) -> None:
    assert all(name in run("formats").out for name in FORMATS)
    told = json.loads(run("formats", "--json").out)
    assert [row["name"] for row in told["formats"]] == list(FORMATS)
    assert [row["name"] for row in told["formats"] if row["import"]] == ["jsonl"]


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["formats"], ["label", "--help"]])
def test_what_needs_no_engine_imports_none(words: list[str]) -> None:
    heavy = ["spacy", "textual", "trafilatura", "rich", "tinydb", "hypothesis"]
    code = (
        f"import sys; from annotate.cli import main; main({words!r}); print([m for m in {heavy!r} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_ctrl_c_ends_cleanly(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotate.cli.formats.run", stop)
    ran = run("formats")
    assert ran.code == 130
    assert ran.err == "onrecord: stopped\n"


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    code = "import sys; from annotate.cli import main; sys.exit(main(['formats']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout is not None
        command.stdout.close()
        _, err = command.communicate()
    assert err == b""
    assert command.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("words", [["formats"], ["formats", "--json"]])
def test_a_full_disk_behind_standard_output_is_said(words: list[str]) -> None:
    code = f"import sys; from annotate.cli import main; sys.exit(main({words!r}))"
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("onrecord: standard output cannot be written")
    assert len(ran.stderr.splitlines()) == 1
