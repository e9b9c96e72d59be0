"""The real command with the real engine, as another program sees it. Starting the engine costs a second: few starts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

ROOT = Path(__file__).parents[2]
ARTICLE = """Ferry stops at dusk

ORLO, Feb. 3 (Agency) — The night ferry will not sail this week, harbour master Zoë Ruiz said on Monday.

"We have no crew 😀," Ruiz said. "We have no fuel."

The mayor denied that, according to his office.
"""
BROKEN_STREAM = b'{"id": "one", "text": "Bo Falk said rain would come."}\nrubbish\n'


def onrecord(*words: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ONRECORD_USER": "Tess"}
    environment.pop("ONRECORD_DB", None)
    command = [sys.executable, "-m", "tui.main", *words]
    ran = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)
    assert b"Traceback" not in ran.stderr, ran.stderr.decode()
    return ran


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article labelled into its save file, after one file that could not be read."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "news").mkdir()
    (folder / "news" / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "news" / "empty.txt").touch()
    ran = onrecord("label", "news", "--date", "2026-02-03", cwd=folder)
    assert ran.returncode == 1
    assert b"news/empty.txt is empty" in ran.stderr
    assert b"1 article labelled" in ran.stderr
    assert ran.stdout == b""
    return folder


def test_plain_tinydb_reads_what_was_labelled(project: Path) -> None:
    with TinyDB(project / "annotations.json", encoding="utf-8", access_mode="r") as db:
        (article,) = db.table("articles").all()
        claims = db.table("claims").all()
    assert article["text"] == ARTICLE
    assert article["date"] == "2026-02-03"
    assert any("will not sail" in ARTICLE[start:end] for claim in claims for start, end in claim["content"])


def test_labelling_again_goes_on_where_it_stopped(project: Path) -> None:
    before = (project / "annotations.json").read_bytes()
    ran = onrecord("label", "news/ferry.txt", cwd=project)
    assert ran.returncode == 0
    assert b"1 already labelled" in ran.stderr
    assert (project / "annotations.json").read_bytes() == before


def test_out_in_and_out_again_is_the_same(project: Path) -> None:
    first = onrecord("export", "--format", "jsonl", "--status", "all", cwd=project)
    assert first.returncode == 0
    taken = onrecord("import", "-", "--format", "jsonl", "--db", "copy.json", cwd=project, stdin=first.stdout)
    assert taken.returncode == 0
    again = onrecord("export", "--format", "jsonl", "--status", "all", "--db", "copy.json", cwd=project)
    assert [json.loads(line) for line in again.stdout.splitlines()] == [
        json.loads(line) for line in first.stdout.splitlines()
    ]


def test_extract_reads_rows_from_a_pipe_and_names_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(BROKEN_STREAM)
    ran = onrecord("extract", "rows.jsonl", cwd=tmp_path)
    assert ran.returncode == 1
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == ["one"]
    assert b"rows.jsonl, line 2" in ran.stderr


def test_polnear_can_be_read(tmp_path: Path) -> None:
    shared = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
    source = shared / "data" / "polnear" / "dev.jsonl.gz"
    if not source.exists():
        pytest.skip("PolNeAR is not here: set ONRECORD_SHARED")
    import gzip

    rows = gzip.decompress(source.read_bytes()).splitlines()[:2]
    (tmp_path / "two.jsonl.gz").write_bytes(gzip.compress(b"\n".join(rows)))
    ran = onrecord("extract", "two.jsonl.gz", "-o", "out.jsonl", cwd=tmp_path)
    assert ran.returncode == 0
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    for record, row in zip(records, map(json.loads, rows), strict=True):
        assert (record["id"], record["date"], record["text"]) == (row["id"], row["date"], row["text"])


SLOW = """
import signal, sys, time
from annotate.cli import engine, main
from annotate.model import Record

def slow(articles):
    for article in articles:
        yield Record(id=article.id, text=article.text, path=article.path)
        print("one is done", file=sys.stderr, flush=True)
        time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs that a script starts in the background ignore it
engine.analyse = lambda date, name, least: slow
engine.version = lambda name: "engine:slow-1"
sys.exit(main(["label", "news"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for name in ("a", "b"):
        (tmp_path / "news" / f"{name}.txt").write_text(f"Text {name}.", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=tmp_path, stderr=subprocess.PIPE, env=environment
    ) as command:
        assert command.stderr is not None
        assert command.stderr.readline() == b"one is done\n"
        command.send_signal(signal.SIGINT)
        told = command.stderr.read().decode()
    assert command.returncode == 130
    assert told == "stopped: 1 article labelled with 0 claims, all saved; run the same command again to continue\n"
    with TinyDB(tmp_path / "annotations.json", encoding="utf-8", access_mode="r") as db:
        assert [article["id"] for article in db.table("articles").all()] == ["a"]
