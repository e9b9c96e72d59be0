"""The command line of the app: invalid arguments give one error line, with a hint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate import __version__
from tui.main import main


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--foo", "x"], "unrecognized arguments: --foo"),
        (["--date", "2026-13-1"], "'2026-13-1' is not a date: write it as 2026-01-31"),
        (["--db"], "argument --db: expected one argument"),
        (["--engine", "magic"], "'magic' is not an engine: write learned, rules, or the folder of a model"),
        (["news", "--on", "dask"], "not available yet"),
        (["open", "--foo"], "unrecognized arguments: --foo"),
        (["keys", "extra"], "unrecognized arguments: extra"),
    ],
)
def test_wrong_words_are_told_as_all_commands_do(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = capsys.readouterr()
    told, to_do = err.splitlines()
    assert told.startswith("onrecord: ")
    assert said in told
    assert to_do.endswith(("--help explains the usage", "leave out --on and --scheduler"))
    assert out == ""


def test_a_command_mistyped_is_asked_about_but_where_it_is_a_path(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["labl", "news", "--accept-above", "0.9"]) == 2
    err = capsys.readouterr().err
    assert err == "onrecord: there is no command or file 'labl'\n  did you mean: onrecord label\n"
    (tmp_path / "labl").mkdir()
    for word in ("labl", "harbour", "label*"):
        main([word])
        assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize("before", [[], ["open"], ["extract"], ["label"], ["a.txt"]])
def test_a_web_address_is_told_how_to_be_read(
    before: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("“No,” said Ana Li.\n", encoding="utf-8")
    assert main([*before, "https://news.example/a?b=1&c=2"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "onrecord: https://news.example/a?b=1&c=2 is a web address, and Onrecord reads files only",
        "  fetch the page first: curl -L 'https://news.example/a?b=1&c=2' | onrecord - (or save it and name its file)",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("words", [["--version"], ["news", "--version"], ["keys", "--version"]])
def test_the_version_is_told_everywhere(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out == f"onrecord {__version__}\n"


def test_the_keys_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "--json"]) == 0
    accept = next(a for a in json.loads(capsys.readouterr().out)["review"] if a["name"] == "accept")
    assert accept == {"name": "accept", "keys": ["a"], "description": "Accept and go on to the next claim"}


def test_the_list_of_keys_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "--help"]) == 0
    assert "  onrecord keys" in capsys.readouterr().out.partition("examples:")[2]
