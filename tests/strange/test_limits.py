"""Inputs of any size and packing: those over a limit are refused, and the message names the option to raise it."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.safe_files import Limits, RefusedError, limited, lines, open_input, read_bytes

ROW = b'{"schema":"onrecord/1","id":"one","text":"Fees rose."}\n'
READ: tuple[tuple[str, ...], ...] = (
    ("extract", "x.jsonl.gz"),
    ("label", "x.jsonl.gz"),
    ("import", "x.jsonl.gz", "--format", "jsonl"),
    ("import", "-", "--format", "jsonl"),
    ("score", "x.jsonl.gz", "one.jsonl"),
    ("score", "one.jsonl", "x.jsonl.gz"),
    ("train", "x.jsonl.gz", "-o", "model"),
    ("x.jsonl.gz",),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.jsonl").write_bytes(ROW)
    return tmp_path


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return gzip.compress(bytes(50_000_000))


@pytest.mark.parametrize("argv", READ, ids=" ".join)
def test_what_unpacks_to_far_more_than_it_is_is_not_unpacked(
    folder: Path, apart: Any, bomb: bytes, argv: tuple[str, ...]
) -> None:
    (folder / "x.jsonl.gz").write_bytes(bomb)
    said = apart.run(*argv, cwd=folder, stdin=str(folder / "x.jsonl.gz"))
    assert said.code == 1
    assert "it unpacks to more than 200 times its size; --max-ratio raises that limit" in said.err
    said = apart.run(*argv, "--max-ratio", "5000", cwd=folder, stdin=str(folder / "x.jsonl.gz"))
    assert said.code == 1
    assert "--max-article" in said.err or "records" in said.err or "no article" in said.err
    said = apart.run(*argv, "--max-ratio", "5000", "--max-input", "30", cwd=folder, stdin=str(folder / "x.jsonl.gz"))
    assert said.code == 1
    assert "30 MB; --max-input raises that limit" in said.err or "--max-article" in said.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero on this system")
def test_standard_input_without_end_comes_to_one(folder: Path, apart: Any) -> None:
    said = apart.run("extract", "-", cwd=folder, stdin="/dev/zero")
    assert (said.code, "larger than 20 MB" in said.err, "--max-article" in said.err) == (1, True, True)
    said = apart.run("import", "-", "--format", "jsonl", "--max-input", "40", cwd=folder, stdin="/dev/zero")
    assert (said.code, "larger than 40 MB; --max-input raises that limit" in said.err) == (1, True)


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        ("x.txt", ("extract", "x.txt")),
        ("x.jsonl", ("extract", "x.jsonl")),
        ("x.jsonl", ("import", "x.jsonl", "--format", "jsonl")),
        ("x.json", ("score", "x.json", "one.jsonl")),
        ("annotations.json", ("stats",)),
        ("annotations.json", ("check",)),
        ("annotations.json", ("check", "--repair", "out.json")),
        ("annotations.json", ("import", "one.jsonl", "--format", "jsonl")),
    ],
)
def test_a_file_of_a_million_megabytes_is_not_read(folder: Path, apart: Any, name: str, argv: tuple[str, ...]) -> None:
    (folder / name).touch()
    os.truncate(folder / name, 10**12)  # it takes no room on the disk
    said = apart.run(*argv, cwd=folder)
    assert said.code == 1
    assert "is larger than 2,000 MB; --max-input raises that limit" in said.err + said.out


def test_the_limits_are_those_that_the_help_tells(apart: Any, folder: Path) -> None:
    told = apart.run("extract", "--help", cwd=folder).out
    for option, default in (("--max-article MB", 20), ("--max-input MB", 2000), ("--max-ratio N", 200)):
        assert f"(default: {default})" in told.partition(option)[2].partition("--")[0]


def test_long_lines_fill_no_memory(folder: Path) -> None:
    (folder / "x").write_bytes(gzip.compress(bytes(50_000_000) + b"\nshort\n"))
    tracemalloc.start()
    try:
        with limited(Limits(article=1, ratio=5000)), open_input(folder / "x", unpack=True) as stream:
            assert list(lines(stream)) == [None, b"short\n"]
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.binary(max_size=50)), st.booleans())
def test_an_input_gives_its_bytes(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], packed: bool) -> None:
    data, path = b"\n".join(pieces), tmp_path_factory.mktemp("input") / "x"
    path.write_bytes(gzip.compress(data) if packed else b"." + data)
    with open_input(path, unpack=True) as stream:
        assert b"".join(line or b"" for line in lines(stream)) == (data if packed else b"." + data)


def test_limits_hold_until_the_block_ends(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(3_000_000))
    with limited(Limits(input=2)), pytest.raises(RefusedError, match="larger than 2 MB; --max-input"):
        read_bytes(tmp_path / "x")
    assert len(read_bytes(tmp_path / "x")) == 3_000_000


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from annotate.cli import formats, main

    def fill(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(formats, "run", fill)
    assert main(["formats"]) == 1
    assert capsys.readouterr().err.startswith("onrecord: there is not enough memory\n")


def test_a_stream_that_is_closed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(RefusedError, match="it is closed"), open_input(None):
        pass


def test_lines_of_standard_input_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b"one\ntwo\n"))))
    with open_input(None, unpack=True) as stream:
        assert list(lines(stream)) == [b"one\n", b"two\n"]
