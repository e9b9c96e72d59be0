"""A link, a pipe, a device or a file of somebody else's under any name that the package opens: nothing of it is lost.

What a link leads to stays as it is, byte for byte; a pipe is not waited for; what cannot be done is said.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.safe_files import replaced

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")

VICTIM = b"somebody's only copy\n" * 100
ROW = b'{"schema":"onrecord/1","id":"%s","text":"Fees rose."}\n'
NOW = "2031-05-02T00-00-00.000000Z"


def link(name: Path, victim: Path) -> None:
    name.symlink_to(victim)


def hard_link(name: Path, victim: Path) -> None:
    name.hardlink_to(victim)


def pipe(name: Path, _victim: Path) -> None:
    os.mkfifo(name)


def endless(name: Path, _victim: Path) -> None:
    name.symlink_to("/dev/zero")


def nowhere(name: Path, victim: Path) -> None:
    name.symlink_to(victim.with_name("not there"))


KINDS = (link, hard_link, pipe, endless, nowhere)
Strange = Callable[[Path, Path], None]


class Scene:
    """A folder from a stranger with a save file in it, and a victim outside."""

    def __init__(self, root: Path, apart: Any) -> None:
        self.folder, self.victim = root / "folder", root / "outside" / "victim.txt"
        for folder in (self.folder, self.victim.parent):
            folder.mkdir()
        self.victim.write_bytes(VICTIM)
        (self.folder / "one.jsonl").write_bytes(ROW % b"one")
        (self.folder / "two.jsonl").write_bytes(ROW % b"two")
        self.apart = apart

    @property
    def db(self) -> Path:
        """The save file."""
        return self.folder / "annotations.json"

    def run(self, *argv: object, **request: Any) -> Any:
        """Run a command that may fail, but in our own way and without harm to the victim."""
        said = self.apart.run(*argv, cwd=self.folder, **request)
        assert said.code in (0, 1)
        assert "Traceback" not in said.err
        assert said.code == 0 or said.err.startswith("onrecord: ") or "annotations.json" in said.out
        assert self.victim.read_bytes() == VICTIM
        assert [path.name for path in self.victim.parent.iterdir()] == ["victim.txt"], "something was made outside"
        return said


@pytest.fixture
def scene(tmp_path: Path, apart: Any) -> Scene:
    made = Scene(tmp_path, apart)
    assert made.run("import", "one.jsonl", "--format", "jsonl").code == 0
    return made


WRITING = ("import", "two.jsonl", "--format", "jsonl", "--backups", "1")
READING: tuple[tuple[str, ...], ...] = (
    ("stats",),
    ("check",),
    ("check", "--repair", "repaired.json"),
    ("export", "--format", "csv", "-o", "out.csv"),
    ("merge", "annotations.json", "annotations.json", "-o", "merged.json"),
    ("train", "--db", "annotations.json", "-o", "model"),
)
BESIDE = {
    "annotations.json.lock": "writing",
    "annotations.json.log": "all",
    ".annotations.json.tmp": "none",
    f"annotations.json.{NOW}.bak": "none",
    "annotations.json.2031-05-02T00.bak": "none",
}
"""Names beside a save file, and what a file that is not ours under that name keeps from being done."""


@pytest.mark.parametrize("strange", KINDS)
@pytest.mark.parametrize("name", BESIDE)
def test_nothing_beside_a_save_file_is_followed_cut_or_waited_for(scene: Scene, name: str, strange: Strange) -> None:
    strange(scene.folder / name, scene.victim)
    said = scene.run(*WRITING)
    assert said.code == (0 if BESIDE[name] == "none" else 1)
    if said.code:
        assert name in said.err
        assert "move" in said.err or "repair" in said.err, "it says what to do"
        assert os.path.lexists(scene.folder / name), "it was not ours to take away"
    for argv in READING[:2]:
        said = scene.run(*argv)
        assert said.code == (1 if BESIDE[name] == "all" else 0)
        assert name in said.err + said.out or said.code == 0


@pytest.mark.parametrize("strange", KINDS)
def test_the_state_before_a_new_layout_is_kept_under_another_name(scene: Scene, strange: Strange) -> None:
    scene.db.write_bytes(scene.db.read_bytes().replace(b'"schema":2', b'"schema":1'))
    name = "annotations.json.schema-1"
    strange(scene.folder / f"{name}.bak", scene.victim)
    assert scene.run(*WRITING).code == 0
    (kept,) = scene.folder.glob(f"{name}.2*.bak")
    assert b'"schema":1' in kept.read_bytes()


@pytest.mark.parametrize("strange", KINDS)
def test_no_command_waits_for_a_log(scene: Scene, strange: Strange) -> None:
    strange(scene.folder / "annotations.json.log", scene.victim)
    for argv in READING:
        scene.run(*argv)
    scene.run("nothing.txt", "--read-only")
    scene.run(scene.folder / "one.jsonl", "--read-only")


@pytest.mark.parametrize("strange", KINDS)
def test_nothing_in_the_place_of_a_lock_is_followed_where_there_are_no_locks(scene: Scene, strange: Strange) -> None:
    strange(scene.folder / "annotations.json.locked", scene.victim)
    said = scene.run(*WRITING, no_locks=True)
    assert said.code == 1
    assert "annotations.json.locked" in said.err


def test_a_file_of_another_program_is_no_lock(scene: Scene) -> None:
    """Like `uv.lock`, beside a save file called `uv`."""
    foreign = scene.folder / "uv.lock"
    for content in (VICTIM, b"1234 is not\na lock\n", b"1\nhost\n2\nmore\n", bytes(500), b"7" * 20):
        foreign.write_bytes(content)
        for no_locks in (False, True):
            said = scene.run(*WRITING, "--db", "uv", no_locks=no_locks)
            assert said.code == 1
            assert "move uv.lock away" in said.err
            assert foreign.read_bytes() == content


@pytest.mark.parametrize("left", [b"", b"12", b"4194304\nho", b"4194304\nhost\n99\n", bytes(20)])
def test_what_a_killed_program_left_of_a_lock_does_not_count(scene: Scene, left: bytes) -> None:
    (scene.folder / "annotations.json.lock").write_bytes(left)
    assert scene.run(*WRITING).code == 0
    assert not (scene.folder / "annotations.json.lock").exists()


@pytest.mark.parametrize("strange", KINDS)
def test_no_strange_save_file_is_waited_for_or_written(scene: Scene, strange: Strange) -> None:
    scene.db.unlink()
    strange(scene.db, scene.victim)
    (scene.folder / "good.json").write_bytes(b"{}")
    for argv in (WRITING, *READING, ("score", "annotations.json", "one.jsonl"), ("one.jsonl",)):
        if strange is nowhere and argv in (WRITING, ("one.jsonl",)):
            continue  # as documented: the file is made where the link says
        assert scene.run(*argv).code == 1


def test_a_save_file_may_be_kept_elsewhere_behind_a_link(scene: Scene) -> None:
    real = scene.folder.parent / "synced"
    real.mkdir()
    scene.db.rename(real / "annotations.json")
    scene.db.symlink_to(real / "annotations.json")
    assert scene.run(*WRITING).code == 0
    assert scene.db.is_symlink()
    assert b'"two"' in (real / "annotations.json").read_bytes()


@pytest.mark.parametrize("strange", KINDS)
@pytest.mark.parametrize("name", ["config.toml", "places.json"])
def test_settings_and_places_are_not_waited_for(scene: Scene, name: str, strange: Strange) -> None:
    folder = scene.apart.home / "onrecord"
    folder.mkdir(exist_ok=True)
    file = folder / name
    strange(file, scene.victim)
    try:
        if name == "config.toml":
            said = scene.run(*WRITING)
            assert said.code == (0 if strange is nowhere else 1), "a link to nothing is no config file"
        else:
            scene.apart.ask({"call": "places", "path": str(folder), "cwd": str(scene.folder)})
            assert scene.victim.read_bytes() == VICTIM
            assert stat.S_ISREG(file.lstat().st_mode), "the state is kept from now on"
    finally:
        file.unlink()


NAMED: tuple[tuple[str, ...], ...] = (
    ("extract", "x.txt", "-o", "out.jsonl"),
    ("extract", "x.jsonl", "-o", "out.jsonl"),
    ("extract", "x.jsonl.gz", "-o", "out.jsonl"),
    ("extract", "x.html"),
    ("label", "x.md"),
    ("import", "x.jsonl", "--format", "jsonl"),
    ("import", "x", "--format", "jsonl"),
    ("score", "x.jsonl", "one.jsonl"),
    ("score", "one.jsonl", "x.jsonl"),
    ("score", "one.jsonl", "x.txt"),
    ("score", "x.json", "one.jsonl"),
    ("train", "x.jsonl.gz", "-o", "model"),
    ("train", "x.jsonl", "--db", "annotations.json", "-o", "model"),
    ("merge", "x.json", "annotations.json", "-o", "out.json"),
    ("x.jsonl",),
)


@pytest.mark.parametrize("strange", [pipe, endless])
@pytest.mark.parametrize("argv", NAMED, ids=" ".join)
def test_an_input_that_is_no_regular_file_is_refused(scene: Scene, argv: tuple[str, ...], strange: Strange) -> None:
    (name,) = (word for word in argv if word.startswith("x"))
    strange(scene.folder / name, scene.victim)
    said = scene.run(*argv)
    assert said.code == 1
    assert "regular file" in said.err


@pytest.mark.parametrize("strange", [pipe, endless])
def test_a_pattern_waits_for_nothing(scene: Scene, strange: Strange) -> None:
    strange(scene.folder / "x1.txt", scene.victim)
    (scene.folder / "x2.txt").write_bytes(b"Fees rose.")
    said = scene.run("extract", "x*.txt")
    assert said.code == 1
    assert "x1.txt" in said.err
    assert '"id":"x2"' in said.out


@pytest.mark.parametrize("words", ["extract news", "extract news/*.txt", "extract */*.txt", "label news"])
def test_a_link_that_leads_out_of_a_folder_is_read_only_when_asked_for(scene: Scene, words: str) -> None:
    news = scene.folder / "news"
    news.mkdir()
    (news / "in.txt").write_bytes(b"Fees rose.")
    (news / "inner.txt").symlink_to("in.txt")
    link(news / "out.txt", scene.victim)
    said = scene.run(*words.split())
    assert said.code == 1
    assert "out.txt is a link that leads out of the folder" in said.err
    assert "--follow-links" in said.err
    assert "only copy" not in said.out + scene.db.read_text("utf-8")
    said = scene.run(*words.split(), "--follow-links")
    assert said.code == 0
    assert "only copy" in said.out + scene.db.read_text("utf-8")
    assert scene.run("extract", "news/out.txt").code == 0, "what is named is asked for"


def test_a_folder_of_records_keeps_to_itself_too(scene: Scene) -> None:
    gold = scene.folder / "gold"
    gold.mkdir()
    (gold / "one.json").write_bytes(ROW % b"one")
    outside = scene.folder.parent / "two.json"
    outside.write_bytes(ROW % b"two")
    (gold / "two.json").symlink_to(outside)
    said = scene.run("score", "gold", "one.jsonl")
    assert said.code == 1
    assert "two.json is a link that leads out of the folder" in said.err
    assert scene.run("score", "gold", "one.jsonl", "--follow-links").code == 0


def test_linked_folders_are_read_once_when_asked_for(scene: Scene) -> None:
    news = scene.folder / "news"
    news.mkdir()
    (news / "in.txt").write_bytes(b"Fees rose.")
    (news / "round").symlink_to(news)
    (news / "out").symlink_to(scene.victim.parent)
    assert scene.run("extract", "news").out.count('"id"') == 1
    assert scene.run("extract", "news", "--follow-links").out.count('"id"') == 2


OUTPUTS: tuple[tuple[str, ...], ...] = (
    ("export", "--format", "jsonl", "-o", "out"),
    ("export", "--format", "csv", "-o", "out.gz"),
    ("extract", "one.jsonl", "-o", "out"),
    ("check", "--repair", "out"),
    ("merge", "annotations.json", "annotations.json", "-o", "out"),
)


@pytest.mark.parametrize("strange", [link, hard_link, pipe, nowhere])
@pytest.mark.parametrize("argv", OUTPUTS, ids=" ".join)
def test_no_result_is_written_through_a_link_or_into_a_pipe_without_a_reader(
    scene: Scene, argv: tuple[str, ...], strange: Strange
) -> None:
    name = argv[-1]
    strange(scene.folder / name, scene.victim)
    said = scene.run(*argv)
    if strange is hard_link and argv[0] in ("export", "extract"):
        assert said.code == 0, "the name gets another file, the victim stays"
        return
    assert said.code == 1
    assert name in said.err
    assert sorted(path.name for path in scene.folder.iterdir() if "out" in path.name) == [name], "nothing is left"


def test_a_pipe_that_somebody_reads_is_written_to(scene: Scene) -> None:
    os.mkfifo(scene.folder / "out")
    reader = os.open(scene.folder / "out", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert scene.run("export", "--format", "jsonl", "-o", "out").code == 0
        assert b'"id":"one"' in os.read(reader, 100_000)
    finally:
        os.close(reader)


@pytest.mark.parametrize("strange", KINDS)
@pytest.mark.parametrize("name", ["tagger.onnx", "tagger.onnx.part"])
def test_a_model_is_written_beside_what_has_its_name(scene: Scene, name: str, strange: Strange) -> None:
    strange(scene.folder / name, scene.victim)
    with replaced(scene.folder / "tagger.onnx") as stream:
        stream.write(b"new")
    assert (scene.folder / "tagger.onnx").read_bytes() == b"new"
    assert not os.path.lexists(scene.folder / "tagger.onnx.part")
    with pytest.raises(ZeroDivisionError), replaced(scene.folder / "tagger.onnx") as stream:
        stream.write(b"half" * (1 // 0))
    assert (scene.folder / "tagger.onnx").read_bytes() == b"new"
    assert not os.path.lexists(scene.folder / "tagger.onnx.part")
    assert scene.victim.read_bytes() == VICTIM


@pytest.mark.parametrize("strange", KINDS)
@pytest.mark.parametrize("name", ["notes.json", "notes.json.lock", "notes.json.log", ".notes.json.tmp"])
def test_a_tinydb_of_ones_own_is_kept_as_carefully(scene: Scene, name: str, strange: Strange) -> None:
    strange(scene.folder / name, scene.victim)
    said = scene.apart.ask({"call": "tinydb", "path": str(scene.folder / "notes.json"), "cwd": str(scene.folder)})
    assert said.code == (0 if name == ".notes.json.tmp" or (strange, name) == (nowhere, "notes.json") else 1)
    assert scene.victim.read_bytes() == VICTIM


@pytest.mark.parametrize("strange", [pipe, endless])
@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "tagger.onnx"])
def test_a_model_folder_is_not_waited_for(scene: Scene, name: str, strange: Strange) -> None:
    from annotate.tagger.model import shipped

    folder = scene.folder / "model"
    folder.mkdir()
    for file in shipped().iterdir():
        if file.name != name:
            (folder / file.name).symlink_to(file)
    strange(folder / name, scene.victim)
    said = scene.apart.ask({"call": "model", "path": str(folder), "cwd": str(scene.folder)})
    assert said.code == 1
    assert "regular file" in said.err
