from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotate.errors import ReadError
from annotate.read import Source, expand


def make(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Words of {file.name}.")


def expanded(*paths: str) -> list[str | None]:
    return [str(item) if isinstance(item, ReadError) else item.path for item in expand(paths)]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_stands_for_its_articles_in_natural_order(here: Path) -> None:
    make(here / "in", "page 10.txt", "page 9.txt", "A.MD", "b.html", "rows.jsonl.gz", "deep/er/c.htm")
    assert expanded("in") == [
        "in/A.MD",
        "in/b.html",
        "in/deep/er/c.htm",
        "in/page 9.txt",
        "in/page 10.txt",
        "in/rows.jsonl.gz",
    ]


def test_a_folder_leaves_out_what_is_no_article(here: Path) -> None:
    make(here / "in", "a.txt", ".hidden.txt", ".git/x.txt", "annotations.json", "gold/a.json", "photo.png", "a.txt.bak")
    assert expanded("in") == ["in/a.txt"]


def test_paths_stay_as_given(here: Path) -> None:
    make(here, "a.txt", "in/b.txt")
    assert expanded("./a.txt", "./in/", str(here / "in")) == ["./a.txt", "./in/b.txt"]


def test_a_file_named_twice_is_read_once(here: Path) -> None:
    make(here, "in/a.txt", "in/b.txt")
    (here / "link.txt").symlink_to("in/b.txt")
    assert expanded("in/b.txt", "in", "in/../in/a.txt", "link.txt", "-", "-") == ["in/b.txt", "in/a.txt", None]


def test_patterns_match_as_in_a_shell(here: Path) -> None:
    make(here, "in/a1.txt", "in/a2.txt", "in/deep/a3.txt", "in/b.log", "in/.a4.txt")
    assert expanded("in/a*.txt") == ["in/a1.txt", "in/a2.txt"]
    assert expanded("in/**/a?.txt") == ["in/a1.txt", "in/a2.txt", "in/deep/a3.txt"]
    assert expanded("in/*.log") == ["in/b.log"]


def test_a_file_whose_name_looks_like_a_pattern_comes_first(here: Path) -> None:
    make(here, "[draft].txt", "d.txt")
    assert expanded("[draft].txt") == ["[draft].txt"]
    (here / "[draft].txt").unlink()
    assert expanded("[draft].txt") == ["d.txt"]


def test_what_cannot_be_found_is_told_in_its_place(here: Path) -> None:
    make(here, "a.txt")
    (here / "broken.txt").symlink_to("nowhere.txt")
    (here / "empty").mkdir()
    found = expanded("gone.txt", "a.txt", "no*.txt", "broken.txt", "a.txt/b.txt", "empty")
    assert found[1] == "a.txt"
    assert [found[0], *found[2:5]] == [
        "gone.txt does not exist: check the name",
        "no*.txt matches no file: check the pattern",
        "broken.txt is a link to a file that does not exist: correct the link or name the file itself",
        "a.txt/b.txt does not exist: check the name",
    ]
    assert str(found[5]).startswith("the folder empty holds no articles: name the files, or add some that end in .txt")


def test_a_broken_link_in_a_folder_does_not_hide_the_others(here: Path) -> None:
    make(here, "in/b.txt")
    (here / "in/a.txt").symlink_to("nowhere")
    first, second = expand(["in"])
    assert isinstance(first, ReadError)
    assert second == Source("in/b.txt")


def test_links_in_a_circle_come_to_an_end(here: Path) -> None:
    make(here, "in/a.txt")
    (here / "in/again").symlink_to(here / "in", target_is_directory=True)
    assert expanded("in") == ["in/a.txt"]


def test_a_folder_that_cannot_be_listed_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(here, "in/a.txt", "in/closed/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert expanded("in") == ["in/a.txt", "in/closed cannot be listed (Permission denied)"]


def test_a_name_too_long_is_told() -> None:
    (message,) = expanded("x" * 300)
    assert message is not None
    assert message.endswith("cannot be read (File name too long)")


def test_expanding_opens_no_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(here / "in", *(f"{number}.txt" for number in range(50)))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr("os.open", refuse)
    assert len(expand(["in"])) == 50


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("in/kremlin.txt", "kremlin"),
        ("rows.jsonl.gz", "rows"),
        ("v1.2 final.html", "v1.2 final"),
        (".txt", ".txt"),
        ("noext", "noext"),
        ("notes.log", "notes"),
    ],
)
def test_the_stem_is_the_name_without_its_suffix(path: str, stem: str) -> None:
    assert Source(path).stem == stem


def test_names_are_harmless_in_messages() -> None:
    hostile = "in/\x1b[31mred\nline\u202e.txt"
    (error,) = expand([hostile])
    assert isinstance(error, ReadError)
    assert Source(hostile).name in str(error)
    assert not set(str(error)) & set("\x1b\n\u202e")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "one.txt").write_text("News.", "utf-8")
    assert expand([str(tmp_path)]) == [Source(str(tmp_path / "one.txt"))]
