"""Nothing leaves the machine: the app and every command run where no process may use the network, and log no text."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.cli import COMMANDS
from annotate.formats import FORMATS

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
from tests.test_end_to_end import Terminal  # needs pseudo-terminals

ROOT = Path(__file__).parent.parent
MARK = "zanzibar"
"""A word of the article that is in no other text."""
ARTICLE = f"ORLO, March 4 (Agency) — The {MARK} harbour will close on Friday, the mayor said.\n\nHe said no more.\n"
PAGE = f"<html><head><title>Fees</title></head><body><article><p>{ARTICLE * 4}</p></article></body></html>"
RUNS = [
    ["extract", "news"],
    ["label", "news"],
    *(["export", "--format", name] for name in FORMATS),
    ["export", "--format", "jsonl", "-o", "out.jsonl"],
    ["import", "out.jsonl", "--format", "jsonl", "--db", "copy.json"],
    ["merge", "annotations.json", "copy.json", "-o", "both.json"],
    ["stats"],
    ["score", "out.jsonl", "out.jsonl"],
    ["check"],
    ["train", "--db", "annotations.json", "-o", "mine"],
    ["formats"],
    ["keys"],
]


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder from which no process can reach the network; none may even have tried when the test ends."""
    calls = tmp_path / "calls"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "tests" / "offline"), str(ROOT))))
    monkeypatch.setenv("OFFLINE_CALLS", str(calls))
    for variable in ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY"):  # libraries are silent under these
        monkeypatch.delenv(variable, raising=False)
    for variable in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        (tmp_path / "elsewhere" / variable).mkdir(parents=True)
        monkeypatch.setenv(variable, str(tmp_path / "elsewhere" / variable))
    folder = tmp_path / "work"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "harbour.txt").write_text(ARTICLE, "utf-8")
    (folder / "news" / "page.html").write_text(PAGE, "utf-8")
    yield folder
    assert not calls.exists(), calls.read_text("utf-8")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False)


def files_elsewhere(folder: Path) -> set[str]:
    """Return the names of the files that were written outside the working folder: a device's id, a log, a cache."""
    return {path.name for path in (folder.parent / "elsewhere").rglob("*") if path.is_file()}


def test_the_ban_refuses_and_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests" / "offline"))
    monkeypatch.setenv("OFFLINE_CALLS", str(tmp_path / "calls"))
    for program in (
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import urllib.request as u; u.urlopen('http://127.0.0.1:9')",
    ):
        ran = run(tmp_path, "-c", program)
        assert "may not use the network" in ran.stderr
    assert len((tmp_path / "calls").read_text("utf-8").splitlines()) == 2


@pytest.mark.slow
def test_every_command_works_without_a_network_and_leaves_no_text_behind(offline: Path) -> None:
    assert {words[0] for words in RUNS} == {*COMMANDS, "keys"}
    for words in RUNS:
        ran = run(offline, "-m", "tui.main", *words)
        assert "Traceback" not in ran.stderr
        assert "network" not in ran.stderr, ran.stderr
        assert words[0] == "train" or ran.returncode == 0, (words, ran.stderr)  # it has too little to learn from
    assert not files_elsewhere(offline)
    assert {path.name for path in offline.iterdir()} == {
        "news", "annotations.json", "copy.json", "both.json", "out.jsonl"
    }  # fmt: skip


@pytest.mark.slow
def test_the_app_works_without_a_network_and_leaves_no_text_behind(offline: Path) -> None:
    app = Terminal(["news"], offline)
    try:
        app.wait_for("claims? decided")
        app.press(" a")
        app.wait_for(r"saved \d\d:")
        app.press("q")
        assert app.wait_for_end() == 0
    finally:
        app.kill()
        os.close(app.fd)
    assert files_elsewhere(offline) == {"places.json"}
    (places,) = (offline.parent / "elsewhere").rglob("places.json")
    assert MARK.encode() not in places.read_bytes()
