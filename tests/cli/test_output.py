from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from annotate.cli.output import output
from annotate.cli.terminal import Terminal, write_stdout
from annotate.errors import OutputError


def test_a_file_is_there_only_when_complete(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    with output(str(target)) as write:
        write(b"new")
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")

    def stopped() -> None:
        with output(str(target)) as write:
            write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_result_is_harmless_through_a_pipe_too(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Terminal().result({}, "Ana\x1b[2J Li\nBo\x9b Ra")
    assert capsysbinary.readouterr().out.decode() == "Ana␛[2J Li\nBo� Ra\n"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.touch()
    link.symlink_to(real)
    with output(str(link)) as write:
        write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_permissions_are_those_of_the_file_replaced_or_of_any_new_file(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.touch()
    old.chmod(0o640)
    plain.touch()
    for path in (old, new):
        with output(str(path)) as write:
            write(b"x")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_device_is_written_to_and_not_replaced() -> None:
    with output(os.devnull) as write:
        write(b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_folder_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError), output(str(tmp_path)) as write:
        write(b"x")


def test_a_terminal_gets_harmless_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    write_stdout("a\x1b[31m\r\nb\u202e".encode())
    assert capsys.readouterr().out == "a␛[31m\nb\ufffd"


def test_a_pipe_gets_the_bytes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_stdout(b"a\x1b\r\n\xff")
    assert capsysbinary.readouterr().out == b"a\x1b\r\n\xff"


def test_there_is_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal().progress(3) as advance:
        advance("one")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("total", [3, None])
def test_a_terminal_gets_a_bar_with_harmless_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, total: int | None
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    with Terminal().progress(total) as advance:
        advance("[bold]one\x07[/nonsense]")
    told = capsys.readouterr()
    assert told.out == ""
    assert "[bold]one␇[/nonsense]" in told.err
    assert "\x1b[3" not in told.err  # a colour
