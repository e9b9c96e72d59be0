"""Press random keys in the app and kill it, many times: the save file must hold the effect of every key.

    python bench/walk.py [--actions 100000] [--kills 200] [--seed 1]

The real command runs on a pseudo terminal, on four articles. Keys decide claims, take decisions back, change types,
write notes, remove, mark articles done, undo, redo, and go about, dialogs included. A plain model (`_walk_model.py`)
says what each of them does. The app ends by SIGKILL, SIGTERM or SIGHUP, at once or when everything has
been answered; its engine is killed, too. After each end the save file is read afresh. It must stand where the model
stood after some action: no earlier than what had been answered, and after the last one where all had been. The first
mismatch ends the walk with exit code 1.

Memory is the app's own, the engine apart. Undo has no limit, so what has been done stays in memory; flat it is when an
app at the end of its life holds no more than a new one on the same file.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from _article import MARKER, article  # noqa: E402 # found by the line above
from _pty import Terminal  # noqa: E402
from _walk_model import ACTIONS, CLAIMS, Claim, ExpectedArticle, World  # noqa: E402

from annotate.store import Store  # noqa: E402
from tui.session.resume import ResumePoints  # noqa: E402

ARTICLES, WORDS = 4, 300
BURST = 20
"""Maximum number of actions typed without a pause."""
CHECK = 1000
"""Maximum number of actions before the save file is checked without a kill."""
FRAME, LOOK = 0.03, 0.3
"""Seconds without output before typing continues, and before the save file is checked."""
PATIENCE = 60
"""Maximum seconds until typed input is in the save file, on a busy machine, too."""


class MismatchError(Exception):
    """The save file does not match the model."""


class Walk:
    """A walk on a new save file.

    Args:
        folder: An empty folder.
        seed: Other seeds give other walks.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._path = folder / "annotations.json"
        ResumePoints(folder / "state" / "onrecord").welcomed()
        with Store.open(self._path) as store:
            store.put_many(article(f"a{nth}", WORDS, CLAIMS, seed + nth) for nth in range(ARTICLES))
        self._world = World((ExpectedArticle("suggested", (Claim(),) * CLAIMS),) * ARTICLES)
        self._before = 0
        """The groups of the history before the walk."""
        self._before = self._changes()
        self._been: dict[int, World] = {0: self._world}
        """The model's states since the last check of the save file."""
        self.actions = self.engine_kills = 0
        self.ends: dict[str, int] = {}
        self.typed = ""
        """The keys of the last burst."""
        self.memory: list[int] = []
        """Memory in KiB at the start and end of each life of the app."""

    def run(self, actions: int, kills: int) -> None:
        """Do a number of actions, with a number of kills or exits on the way.

        Raises:
            MismatchError: the save file is not as it should be.
        """
        stops = sorted(self._chance.sample(range(1, actions), min(kills, actions - 1)))
        for start, stop in pairwise((0, *stops, actions)):
            self._live(stop - start, last=stop == actions)
            print(f"{self.actions:,} actions, {self.memory[-1] / 1024:.1f} MiB", file=sys.stderr, flush=True)
        with self._started() as app:
            self.memory.append(_memory(app.pid))

    def _started(self) -> Terminal:
        env = {
            "PYTHONPATH": str(ROOT), "HOME": str(self._folder), "XDG_CONFIG_HOME": str(self._folder / "config"),
            "XDG_STATE_HOME": str(self._folder / "state"), "ONRECORD_USER": "walk",
        }  # fmt: skip
        command = [sys.executable, "-m", "tui.main", "--engine", "rules", "--db", self._path.name]
        app = Terminal(command, self._folder, env)
        app.started(MARKER.encode())
        app.settle(LOOK)
        return app

    def _live(self, actions: int, *, last: bool) -> None:
        """Start the app, do some actions, and end it."""
        with self._started() as app:
            self.memory.append(_memory(app.pid))
            app.send(b"<" * (ARTICLES - 1) + b"g")  # where a person was when the app was killed, nobody knows
            app.settle(LOOK)
            self._world = self._world._replace(at=0, claim=self._world.articles[0].listed[0])
            until_check = CHECK
            for number in self._bursts(actions):
                self._act(app, number)
                until_check -= number
                app.settle(FRAME)
                if until_check < 0:
                    until_check = CHECK
                    self._answered(app)
                    self._compare(self._world.changes)
                    self._kill_engine(app.pid)
            how = "quit" if last else self._chance.choice(("SIGKILL", "SIGKILL", "SIGTERM", "SIGHUP"))
            answered = last or self._chance.random() < 0.5
            if answered:
                self._answered(app)
            else:
                self._act(app, self._chance.randint(1, 5))
                time.sleep(self._chance.uniform(0, 0.1))
            self.memory.append(_memory(app.pid))
            _end(app, how)
            self.ends[how] = self.ends.get(how, 0) + 1
        self._compare(self._world.changes if answered else min(self._been))

    def _bursts(self, actions: int) -> Iterator[int]:
        while actions > 0:
            number = min(actions, self._chance.randint(1, BURST))
            yield number
            actions -= number

    def _act(self, app: Terminal, number: int) -> None:
        """Type some actions, one after the other, without waiting for their results."""
        keys = ""
        for _ in range(number):
            [act] = self._chance.choices(list(ACTIONS), list(ACTIONS.values()))
            typed, self._world = act(self._world, self._chance)
            keys += typed
            self._been[self._world.changes] = self._world
        self.actions += number
        self.typed = keys
        app.send(keys.encode())

    def _answered(self, app: Terminal) -> None:
        """Wait until the app has done all that was typed, and saved it."""
        deadline = time.monotonic() + PATIENCE
        app.settle(LOOK)
        while self._changes() < self._world.changes and time.monotonic() < deadline:
            app.settle(LOOK)

    def _kill_engine(self, pid: int) -> None:
        if self._chance.random() < 0.3:
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
                self.engine_kills += 1

    def _changes(self) -> int:
        with Store.open(self._path, read_only=True) as store:
            return store.contents().timeline.last_group - self._before

    def _compare(self, earliest: int) -> None:
        """Read the save file, and set the model to the state found there."""
        with Store.open(self._path, read_only=True) as store:
            changes = store.contents().timeline.last_group - self._before
            found = tuple(_article(store, f"a{nth}") for nth in range(ARTICLES))
        expected = self._been.get(changes)
        if expected is None or changes < earliest:
            where = f"{min(self._been)} to {max(self._been)}"
            raise MismatchError(f"after {self.actions} actions the file holds {changes} changes; the walk: {where}")
        for nth, (has, should) in enumerate(zip(found, expected.articles, strict=True)):
            if has != should:
                raise MismatchError(f"after {self.actions} actions article {nth} is {has}; the walk made it {should}")
        self._world = expected
        self._been = {changes: expected}


def _article(store: Store, name: str) -> ExpectedArticle:
    record = store.get(name)
    return ExpectedArticle(
        record.review.state, tuple(Claim(c.status, c.type, c.note, c.deleted) for c in record.claims)
    )


def _memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def _end(app: Terminal, how: str) -> None:
    """End the app in one of the ways, and wait for it."""
    if how == "quit":
        app.send(b"q")
    else:
        os.kill(app.pid, getattr(signal, how))
    try:
        app.settle(quiet=60)
    except TimeoutError:  # it has ended, and the terminal with it
        return
    raise MismatchError(f"the app did not end of {how}")


def main() -> int:
    """Run a walk, and print how far it got."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="walk") as folder:
        walk = Walk(Path(folder), options.seed)
        mismatch = ""
        started = time.monotonic()
        try:
            walk.run(options.actions, options.kills)
        except (MismatchError, TimeoutError) as error:
            mismatch = f"{error}; the last keys were {walk.typed!r}"
        ends = ", ".join(f"{number} {how}" for how, number in walk.ends.items())
        print(f"{walk.actions:,} actions in {time.monotonic() - started:.0f} s, seed {options.seed}")
        print(f"ends: {ends}; engine killed {walk.engine_kills} times")
        print(f"mismatches: {f'1: {mismatch}' if mismatch else 0}")
        if not mismatch:
            first, *_, oldest, fresh = (kib / 1024 for kib in walk.memory)
            print(f"memory: {first:.1f} MiB at the start, {oldest:.1f} at the end, {fresh:.1f} new on the same file")
    return 1 if mismatch else 0


if __name__ == "__main__":
    sys.exit(main())
