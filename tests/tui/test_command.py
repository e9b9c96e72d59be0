"""The command line of the app: what makes no sense is told in a line, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.main import main


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--foo", "x"], "unrecognized arguments: --foo"),
        (["--date", "2026-13-1"], "'2026-13-1' is no date: write it as 2026-01-31"),
        (["--db"], "argument --db: expected one argument"),
        (["--engine", "magic"], "invalid choice: 'magic'"),
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
    assert to_do.endswith("--help tells how it is used")
    assert out == ""


def test_the_list_of_keys_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "--help"]) == 0
    assert "  onrecord keys" in capsys.readouterr().out.partition("examples:")[2]
