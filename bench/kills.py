"""Kill a program that edits a save file, many times, and check that no acknowledged change is lost.

    python bench/kills.py [--kills 300] [--seed 1]

Each round forks a process that opens the file (now and then after it was put back to an older schema, so that it is
migrated), edits claims, puts articles and folds the log in, and reports each step when it is done. At a random moment
it is killed with SIGKILL. Then the file, read only and read and written, must hold every step reported, at most the one
that was going on besides, and `check` must find nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from annotate.model import Block, Claim, Record
from annotate.spans import Span
from annotate.store import Store, check

TEXT = "“We go on Monday,” said Bo Ra, the mayor. The council said that it rains."
ARTICLE = Record(
    "rain",
    TEXT,
    blocks=(Block(0, len(TEXT), "body"),),
    claims=(Claim("c1", "direct", (Span(0, 18),), (Span(19, 23),), origin="engine:1"),),
)
WINDOW = 0.12
"""Seconds from a process's fork within which it is killed."""
PUT_EVERY, FOLD_EVERY = 5, 7


def edit(path: Path, number: int, reports: int) -> None:
    """Edit forever, and report each step."""
    store = Store.open(path, by="human:Ada", backups=2)
    while True:
        number += 1
        if number % PUT_EVERY == 0:
            store.put(replace(ARTICLE, id=f"a{number}"))
        store.update_claim("rain", "c1", note=str(number))
        os.write(reports, f"{number}\n".encode())
        if number % FOLD_EVERY == 0:
            store.fold()


def killed(path: Path, number: int, after: float) -> int:
    """Run `edit` from a step on, kill it, and return the last step it reported."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            edit(path, number, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("the editing process ended by itself")
    with os.fdopen(reading, "rb") as reports:
        return max(map(int, reports.read().split()), default=number)


def found(path: Path, *, read_only: bool, reported: int) -> int:
    """Return the last step in the file; end with an error if one before it is missing."""
    with Store.open(path, read_only=read_only) as store:
        number = int(store.get("rain").claims[0].note or 0)
        missing = {f"a{n}" for n in range(PUT_EVERY, number + 1, PUT_EVERY)} - set(store.ids())
    if number not in (reported, reported + 1) or missing:
        raise SystemExit(f"LOST: reported {reported}, found {number}, missing {sorted(missing)}, in {path.parent}")
    return number


def as_schema_1(path: Path) -> None:
    """Convert a file back to the older schema."""
    path.write_bytes(re.sub(rb'"schema":2', b'"schema":1', path.read_bytes(), count=1))
    path.with_name(f"{path.name}.schema-1.bak").unlink(missing_ok=True)


def hit(path: Path, reported: int, before: int) -> str:
    """Name the operation during which a process was killed, judging by the files it left."""
    if path.with_name(f".{path.name}.tmp").exists():
        return "writing the file"
    if reported == before:
        return "opening, migrating or its first step"
    return "editing" if path.with_name(f"{path.name}.log").exists() else "after folding"


def main() -> None:
    """Run the given number of rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    hits: Counter[str] = Counter()
    migrated = 0
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "annotations.json"
        with Store.open(path) as store:
            store.put(ARTICLE)
        number = 0
        for _ in range(options.kills):
            if chance.random() < 0.3:
                as_schema_1(path)
                migrated += 1
            reported = killed(path, number, chance.uniform(0, WINDOW))
            hits[hit(path, reported, number)] += 1
            found(path, read_only=True, reported=reported)
            number = found(path, read_only=False, reported=reported)
            if problems := check(path):
                raise SystemExit(f"DAMAGED: {problems}")
    moments = ", ".join(f"{count} {moment}" for moment, count in hits.most_common())
    print(f"{options.kills} kills, {number} edits acknowledged, none lost; {moments}; {migrated} of older schema")


if __name__ == "__main__":
    sys.exit(main())
