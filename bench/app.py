"""Measure the app against an empty Textual app, through a pseudo terminal, and hold it to its budgets.

Every row stands beside its floor, measured in the same run, the two taking turns; what counts is the ratio. Exit code 1
when a budget is missed.

    python bench/app.py [paint] [keys] [reading] [edit] [actions] [memory] [--rounds N]
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from _article import MARKER, article  # noqa: E402 # found by the line above
from _pty import Terminal  # noqa: E402

from annotate.store import Store  # noqa: E402
from tui.session.resume import ResumePoints  # noqa: E402

_QUIET = 0.04
"""Seconds of silence that end a frame."""
_LOADED = 5.0
"""Seconds after which the engine has loaded and is idle."""
_NEWS = 0.3
"""Seconds within which a change shows in the top line: a frame of its own."""
_BLOCK = 10
"""Keys pressed in one app before switching to the other."""
_DOWN, _UP = b"\x1b[B", b"\x1b[A"


@dataclass(frozen=True)
class Figure:
    """One budget and its measured value."""

    what: str
    value: float
    budget: float
    unit: str
    detail: str

    @property
    def holds(self) -> bool:
        """True if it is within the budget."""
        return self.value <= self.budget

    def __str__(self) -> str:
        verdict = "PASS" if self.holds else "FAIL"
        return f"{verdict}  {self.what:<58} {self.value:7.2f}{self.unit}  (≤ {self.budget:g}{self.unit})  {self.detail}"


def ratio(what: str, values: Sequence[float], floor: Sequence[float], of: str, budget: float) -> Figure:
    """Return the row that compares a percentile of two series of seconds."""
    measure = percentiles[of]
    value, base = measure(values), measure(floor)
    return Figure(f"{what}, {of}", value / base, budget, " ×", f"{value * 1e3:.1f} ms beside {base * 1e3:.1f}")


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


percentiles: dict[str, Callable[[Sequence[float]], float]] = {"p50": statistics.median, "p99": p99}


class Bench:
    """A folder with articles and save files, and ways to start the app on them.

    Args:
        folder: An empty folder.
        rounds: How often each measurement is repeated.
    """

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self._env = {
            "PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"), "ONRECORD_USER": "bench",
        }  # fmt: skip

    def write(self, name: str, words: int, claims: int = 0) -> None:
        """Write an article, and its save file where it has claims."""
        record = article(name, words, claims)
        (self.folder / f"{name}.txt").write_text(record.text, encoding="utf-8")
        if claims:
            with Store.open(self.folder / f"{name}.json", read_only=False) as store:
                store.put(record)

    def app(self, *names: str, db: str) -> Terminal:
        """Start the real command on articles."""
        paths = [f"{name}.txt" for name in names]
        return Terminal([sys.executable, "-m", "tui.main", *paths, "--db", db], self.folder, self._env)

    def empty(self) -> Terminal:
        """Start the empty app the same way."""
        return Terminal([sys.executable, str(ROOT / "bench" / "_empty.py")], self.folder, self._env)

    def ready(self, terminal: Terminal, shows: str = MARKER) -> None:
        """Wait for the text, close the welcome screen, and wait for a pause."""
        terminal.started(shows.encode())
        terminal.settle(quiet=1.5)
        if shows == MARKER:
            terminal.send(b"\x1b")
            terminal.settle(quiet=0.5)

    def paint(self) -> Iterator[Figure]:
        """Measure the first paint of an article in a cold process: from its start to the frame with the text."""
        ResumePoints(self.folder / "state" / "onrecord").welcomed()  # its panel is another frame
        for words, budget in ((1_000, 1.3), (100_000, 1.4)):
            name = f"paint{words}"
            self.write(name, words)
            ours, floor = [], []
            for turn in range(-1, self.rounds):
                with self.empty() as terminal:
                    base = terminal.started(b"Empty 0")
                with self.app(name, db=f"{name}-{turn}.json") as terminal:
                    taken = terminal.started(MARKER.encode())
                if turn >= 0:  # the first start fills the disk's cache
                    ours.append(taken)
                    floor.append(base)
            yield ratio(f"first paint, {words:,} words", ours, floor, "p50", budget)

    def keys(self) -> Iterator[Figure]:
        """Measure key to frame at 100,000 words and 5,000 claims: in the claim list, then with the text cursor."""
        self.write("long", 100_000, 5_000)
        with ExitStack() as stack:
            app = stack.enter_context(self.app("long", db="long.json"))
            empty = stack.enter_context(self.empty())
            self.ready(app)
            self.ready(empty, "Empty 0")
            for what, keys in (("j/k in the claims", b"jjjjk"), ("cursor in the article", None)):
                if keys is None:
                    app.press(b"\t", _QUIET)
                ours, floor = self._in_turns(
                    app, empty, [_DOWN] * 9 + [_UP] if keys is None else [bytes([k]) for k in keys]
                )
                yield ratio(f"{what}, 100,000 words, 5,000 claims", ours, floor, "p50", 2)
                yield ratio(f"{what}, 100,000 words, 5,000 claims", ours, floor, "p99", 1.5)

    def edit(self) -> Iterator[Figure]:
        """Measure an edit among 20,000 claims: a decision, which also moves to the next claim."""
        self.write("many", 400_000, 20_000)
        with self.app("many", db="many.json") as app, self.empty() as empty:
            self.ready(app)
            self.ready(empty, "Empty 0")
            ours, floor = self._in_turns(app, empty, [b"a"])
            yield ratio("editing one claim among 20,000", ours, floor, "p50", 2)

    def actions(self) -> Iterator[Figure]:
        """Measure accepting a claim, undoing that and sorting the list, at 100,000 words and 5,000 claims."""
        self.write("long", 100_000, 5_000)
        keys = {"accept": b"a", "undo": b"u", "sort": b"O"}
        taken: dict[str, list[float]] = {name: [] for name in keys}
        floor: list[float] = []
        with self.app("long", db="long.json") as app, self.empty() as empty:
            self.ready(app)
            self.ready(empty, "Empty 0")
            app.press(b"a", _QUIET)  # the first decision marks the article as started
            for names in (("accept", "undo"), ("sort",)):
                for _ in range(6 * self.rounds):
                    for name in names:
                        app.settle(quiet=_NEWS)
                        taken[name].append(app.press(keys[name], _QUIET).seconds)
                        floor.append(empty.press(b"j", _QUIET).seconds)
        for name in ("accept", "undo"):
            for of, budget in (("p50", 2), ("p99", 1.5)):
                yield ratio(f"{name}, 100,000 words, 5,000 claims", taken[name], floor, of, budget)
        yield Figure("sort, 100,000 words, 5,000 claims, p50", statistics.median(taken["sort"]) * 1e3, 50, " ms", "")

    def reading(self) -> Iterator[Figure]:
        """Measure keys while the engine reads an article of 40,000 words, and while it is idle."""
        self.write("shown", 10_000, 500)
        reads = [f"read{n}" for n in range(3)]
        for name in reads:
            self.write(name, 40_000)
        idle, busy = [], []
        shares = []
        for _ in range(2):
            with self.app("shown", db="shown.json") as app:
                self.ready(app)
                time.sleep(_LOADED)
                app.settle(quiet=0.3, timeout=3)
                idle += self._press(app, 15 * self.rounds)
            # It reads the first while that is open, and the others ahead of their turn.
            with self.app(reads[0], "shown", *reads[1:], db="shown.json") as app:
                app.started(MARKER.encode())
                time.sleep(2)  # by now the engine has loaded
                for key in (b"\x1b", b">"):  # away with the welcome, and on to the article that has claims
                    app.send(key)
                    app.settle(quiet=0.3, timeout=3)
                before, since = _cpu_of_children(app.pid), time.perf_counter()
                busy += self._press(app, 10 * self.rounds)
                shares.append((_cpu_of_children(app.pid) - before) / (time.perf_counter() - since))
            (self.folder / "shown.json").unlink()
            rmtree(self.folder / "state")  # the app would begin where it was left, at an article without claims
            self.write("shown", 10_000, 500)
        share = min(shares)
        yield ratio("keys while the engine reads 40,000 words (idle = 1)", busy, idle, "p99", 5)
        yield Figure("the slowest of those keys", max(busy) * 1e3, 50, " ms", f"engine busy {share:.0%} of the time")
        yield Figure("engine idle meanwhile (else the two rows say nothing)", max(0.0, 1 - share), 0.7, "", "")

    def memory(self) -> Iterator[Figure]:
        """Measure the resident memory of the app's own process, without the engine, with 1,000 articles open."""
        ResumePoints(self.folder / "state" / "onrecord").welcomed()
        self.write("first", 1_000)
        with Store.open(self.folder / "many.json") as store:
            store.put_many(article(f"a{n}", 600, 15) for n in range(1_000))
        with self.app(db="many.json") as app, self.empty() as empty:
            self.ready(app)
            self.ready(empty, "Empty 0")
            ours, floor = _memory(app.pid), _memory(empty.pid)
        yield Figure("memory with 1,000 articles", ours / floor, 2.0, " ×", f"{ours:.0f} MB beside {floor:.0f}")

    def _in_turns(self, app: Terminal, empty: Terminal, keys: Sequence[bytes]) -> tuple[list[float], list[float]]:
        """Press the same number of keys in both apps, by turns; return the seconds of each key."""
        ours: list[float] = []
        floor: list[float] = []
        for turn in range(4 * self.rounds):
            pressed = [keys[(turn * _BLOCK + nth) % len(keys)] for nth in range(_BLOCK)]
            floor += [empty.press(b"j", _QUIET).seconds for _ in pressed]
            ours += [app.press(key, _QUIET).seconds for key in pressed]
        return ours, floor

    def _press(self, app: Terminal, count: int) -> list[float]:
        return [app.press(b"k" if nth % 5 == 4 else b"j", _QUIET).seconds for nth in range(count)]


def _memory(pid: int) -> float:
    """Return the resident memory of a process, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cpu_of_children(pid: int) -> float:
    """Return the seconds of processor time that a process's children have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended since
        if int(fields[1]) == pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Run the benchmarks asked for, all by default."""
    names = ("paint", "keys", "reading", "edit", "actions", "memory")
    parser = argparse.ArgumentParser(description="Measure the app against an empty Textual app.")
    parser.add_argument("what", nargs="*", choices=[*names, []], help="which rows; all by default")
    parser.add_argument("--rounds", type=int, default=10, help="how often each measurement is repeated")
    options = parser.parse_args()
    for package in ("annotate", "tui"):  # as an installed one is, also where Python may write no byte code
        compileall.compile_dir(ROOT / package, quiet=1)
    rows = []
    for name in options.what or names:
        with tempfile.TemporaryDirectory() as folder:
            for row in getattr(Bench(Path(folder), options.rounds), name)():
                print(row, flush=True)
                rows.append(row)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
