"""The README is true: its figures, its code, its commands and its links.

After a change that is meant: `ONRECORD_WRITE_GOLDEN=1 pytest tests/test_readme.py`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.cli import COMMANDS
from annotate.formats import FORMATS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_SCORE = re.compile(r"(?<=<!-- score -->\n```\n)(?:(?!```).)*(?=```)", re.DOTALL)


def onrecord(*words: str) -> str:
    command = [sys.executable, "-m", "tui.main", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_scores_are_what_the_command_prints() -> None:
    printed = onrecord("score", "sample_articles/gold", "sample_articles")
    text = README.read_text("utf-8")
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        README.write_text(_SCORE.sub(lambda _: printed, text), "utf-8")
    found = _SCORE.search(text)
    assert found is not None
    for stated, now in zip(found[0].splitlines(), printed.splitlines(), strict=True):
        assert _label(stated) == _label(now)
        assert _numbers(stated) == _numbers(now)


def _numbers(line: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(line)]


def _label(line: str) -> str:
    return _NUMBER.sub("", line).strip()


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    monkeypatch.chdir(tmp_path)
    exec(found[1], {})
    assert "accepted" in (tmp_path / "annotations.json").read_text("utf-8")


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", README.read_text("utf-8"))
    assert links
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert not missing


def test_only_commands_and_formats_that_exist_are_named() -> None:
    text = README.read_text("utf-8")
    assert set(re.findall(r"^onrecord (\w+)", text, re.MULTILINE)) <= set(COMMANDS)
    exported = re.search(r"\*\*Exports\*\* \|(.*)", text)
    assert exported is not None
    named = re.findall(r"`([\w-]+)`", exported[1])
    assert set(named) == set(FORMATS)
