"""Measure the save file against lower bounds measured in the same run: `python bench/store.py [--large]`.

For 100 and 1,000 articles (10,000 with `--large`), each of 600 words and 15 claims:

- one saved edit, durable, against appending the same bytes to a file and `fdatasync`;
- opening the store to a usable list, against `json.loads` of the same file;
- labelling: putting articles in batches of 50, against writing and syncing the same file once;
- looking for words in all texts, against `in` over the same texts as strings;
- applying an edit in memory, which is what a key waits for; and its worst while a save goes on;
- resident memory that the open store adds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from annotate.changes import Change, Edit
from annotate.model import Block, Claim, DateMention, Record, Speaker
from annotate.spans import Span
from annotate.store import Store

BUDGETS = {"edit": 3.0, "open": 2.0, "search": 1.5}
BATCH = 50
"""Articles put with one save."""
WORDS = tuple("the council of Ek said on Monday that rain will fall over the old town and the river".split())  # noqa: SIM905
MEMORY = """
import sys, psutil
from annotate.store import Store
before = psutil.Process().memory_info().rss
store = Store.open(sys.argv[1], read_only=True)
print(psutil.Process().memory_info().rss - before)
"""


def article(number: int) -> Record:
    """Return an article of 600 words and 15 claims."""
    text = f"Article {number}. " + " ".join(WORDS[i % len(WORDS)] for i in range(600)) + "."
    claims = tuple(
        Claim(
            f"c{i + 1}", "indirect", (Span(40 * i, 40 * i + 90),), (Span(40 * i + 95, 40 * i + 99),),
            (Span(40 * i + 100, 40 * i + 115),), speaker=f"s{i % 5}", date=f"d{i % 8}", confidence=0.9,
            origin="engine:1",
        )
        for i in range(15)
    )  # fmt: skip
    return Record(
        f"article-{number}", text, path=f"articles/{number}.txt", title=f"Article {number}", date="2031-05-02",
        blocks=tuple(Block(i * 300, i * 300 + 290, "body") for i in range(8)),
        dates=tuple(DateMention(f"d{i}", 9 * i, 9 * i + 6, "DATE", "2031-05-05", origin="engine:1") for i in range(8)),
        speakers=tuple(Speaker(f"s{i}", f"Speaker {i}", mentions=(Span(i, i + 9),)) for i in range(5)),
        claims=claims,
    )  # fmt: skip


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median time of some work."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def edits(record: Record) -> Iterator[Change]:
    """Yield as many edits of one claim as wanted."""
    claim = record.claims[0]
    for number in range(1_000_000):
        after = replace(claim, status="accepted", decided_by="human:Ada", note=f"{number}")
        yield Change(record.id, "note", (Edit("claim", claim, after),))
        claim = after


def saved_edit(store: Store, folder: Path, changes: Iterator[Change]) -> tuple[float, float, float]:
    """Return the times of a saved edit, of its part in memory, and of an append and fdatasync of the same bytes."""
    log = store.path.with_name(f"{store.path.name}.log")

    def edit() -> None:
        store.apply(next(changes), "human:Ada")
        store.sync()

    in_memory = seconds(lambda: store.apply(next(changes), "human:Ada"), 200)
    store.sync()
    before = log.stat().st_size
    edit()
    line = bytes(log.stat().st_size - before)
    with (folder / "floor").open("ab", buffering=0) as file:

        def append() -> None:
            file.write(line)
            os.fdatasync(file.fileno())

        pairs = [(seconds(edit, 1), seconds(append, 1)) for _ in range(100)]  # in turn: disks have moods
    durable, floor = (statistics.median(times) for times in zip(*pairs, strict=True))
    return durable, in_memory, floor


def worst_while_saving(store: Store, changes: Iterator[Change]) -> float:
    """Return the longest time to apply an edit while another thread writes the whole file."""
    saver = threading.Thread(target=store.fold)
    saver.start()
    worst = 0.0
    while saver.is_alive():
        start = time.perf_counter()
        store.apply(next(changes), "human:Ada")
        worst = max(worst, time.perf_counter() - start)
        time.sleep(0.001)
    saver.join()
    return worst


def labelled(path: Path, count: int) -> tuple[float, float]:
    """Return the time to put articles in batches, and the time to write and sync the resulting file once."""
    records = [article(i) for i in range(count)]
    start = time.perf_counter()
    with Store.open(path) as store:
        for first in range(0, count, BATCH):
            store.put_many(records[first : first + BATCH])
    taken = time.perf_counter() - start
    data = path.read_bytes()

    def write() -> None:
        with path.with_name("floor").open("wb", buffering=0) as file:
            file.write(data)
            os.fsync(file.fileno())

    return taken, seconds(write, 3)


def searched(store: Store) -> tuple[float, float]:
    """Return the times to search for words that one article has, for words that none has, and by Python's own `in`."""
    last = store.ids()[-1]
    texts = [store.get(article).text for article in store.ids()]
    sought = (store.get(last).text.partition(".")[0], "nation of hares")
    assert [store.search(words) for words in sought] == [[last], []]
    return (
        seconds(lambda: [store.search(words) for words in sought], 9),
        seconds(lambda: [[words in text for text in texts] for words in sought], 9),
    )


def measure(count: int) -> float:
    """Print the rows for one size; return the seconds to put an article."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "annotations.json"
        put, written = labelled(path, count)
        megabytes = path.stat().st_size / 1e6
        memory = float(subprocess.check_output([sys.executable, "-c", MEMORY, str(path)])) / 1e6
        store = Store.open(path)
        changes = edits(store.get("article-0"))
        durable, in_memory, floor = saved_edit(store, Path(folder), changes)
        worst = worst_while_saving(store, changes)
        search, scan = searched(store)
        store.close()

        def usable() -> None:
            with Store.open(path, read_only=True) as reader:
                reader.summaries()

        opened = seconds(usable, 3)
        parsed = seconds(lambda: json.loads(path.read_bytes()), 3)
    print(f"\n{count:,} articles, {15 * count:,} claims, {megabytes:.1f} MB")
    row("one saved edit", durable, "append + fdatasync", floor, BUDGETS["edit"])
    row("open to a list", opened, "json.loads", parsed, BUDGETS["open"])
    row("search all texts", search, "`in` over strings", scan, BUDGETS["search"])
    row("put in batches", put, "one write + fsync", written)
    print(f"  an edit in memory {in_memory * 1e6:.0f} µs; at worst {worst * 1e3:.1f} ms while the file is written")
    print(f"  memory of the open store {memory:.1f} MB, {memory / megabytes:.1f} × its file")
    return put / count


def row(what: str, taken: float, floor_name: str, floor: float, budget: float | None = None) -> None:
    """Print a measurement beside its floor."""
    ratio = taken / floor
    verdict = f"  budget {budget:.1f} ×: {'held' if ratio <= budget else 'missed'}" if budget else ""
    print(f"  {what:16} {taken * 1e3:9.2f} ms  {floor_name:18} {floor * 1e3:9.2f} ms  {ratio:7.1f} ×{verdict}")


def main() -> None:
    """Measure all requested sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="10,000 articles too (a few minutes)")
    sizes = (100, 1_000, 10_000) if parser.parse_args().large else (100, 1_000)
    each = [measure(size) for size in sizes]
    print(f"\nputting an article takes {each[-1] / each[0]:.2f} × as long among {sizes[-1]:,} as among {sizes[0]:,}")


if __name__ == "__main__":
    main()
