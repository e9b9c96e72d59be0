"""Score the dates on the TimeBank and AQUAINT development sets, with intervals and speed.

    python bench/dates.py [SET…]

The articles lie outside the repository: set ONRECORD_SHARED (default ../shared). Prints strict, relaxed, type and value
F1 as `score_dates.py` there counts them, each with the 95 % interval of a bootstrap over documents, and words a second.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotate.dates import find_dates
from annotate.segment import segment

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
SETS = ("timebank_dev", "aquaint_dev")
SAMPLES = 1_000


class Counts(NamedTuple):
    """One article's counts for the scores."""

    gold: int
    found: int
    strict: int
    relaxed: int
    type: int
    value: int


def counts(row: dict[str, Any], pair: Callable[..., Any]) -> tuple[Counts, float]:
    """Return the counts of an article, and the seconds it took to find its dates."""
    blocks = segment(row["text"])
    begun = time.perf_counter()
    mentions = find_dates(row["text"], blocks, row["date"])
    seconds = time.perf_counter() - begun
    pairs, _, _ = pair(row["timexes"], [mention.to_dict() for mention in mentions])
    same = [sum(g[key] == m[key] for g, m in pairs) for key in ("type", "value")]
    strict = sum((g["start"], g["end"]) == (m["start"], m["end"]) for g, m in pairs)
    return Counts(len(row["timexes"]), len(mentions), strict, len(pairs), *same), seconds


def scores(documents: Sequence[Counts]) -> list[float]:
    """Return strict, relaxed, type and value F1 in per cent."""
    total = Counts(*(sum(column) for column in zip(*documents, strict=True)))
    return [200 * part / (total.gold + total.found) for part in total[2:]]


def interval(documents: Sequence[Counts]) -> list[tuple[float, float]]:
    """Return the 95 % bootstrap interval of each score."""
    chance = random.Random(0)
    samples = [scores(chance.choices(documents, k=len(documents))) for _ in range(SAMPLES)]
    columns = [sorted(column) for column in zip(*samples, strict=True)]
    return [(column[SAMPLES // 40], column[-SAMPLES // 40]) for column in columns]


def main(names: Sequence[str]) -> int:
    """Print a row for each set; return 1 if the data is not there."""
    if not SHARED.is_dir():
        print(f"no data at {SHARED}: set ONRECORD_SHARED", file=sys.stderr)
        return 1
    sys.path.insert(0, str(SHARED / "tools"))
    pair = importlib.import_module("score_dates").pair
    find_dates("", (), None)
    print(f"{'set':16} {'strict':>18} {'relaxed':>18} {'type':>18} {'value':>18} {'words/s':>9}")
    for name in names or SETS:
        with gzip.open(SHARED / f"data/dates/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        counted = [counts(row, pair) for row in rows]
        documents = [document for document, _ in counted]
        speed = sum(len(row["text"].split()) for row in rows) / sum(seconds for _, seconds in counted)
        cells = [
            f"{f:.1f} [{a:.1f}, {b:.1f}]" for f, (a, b) in zip(scores(documents), interval(documents), strict=True)
        ]
        print(f"{name:16} " + " ".join(f"{cell:>18}" for cell in cells) + f" {speed:9,.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
