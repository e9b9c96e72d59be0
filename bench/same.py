"""Compare the records of articles, byte for byte, on processors of three generations.

    python bench/same.py [--engine rules|learned] [--cpu NAME…] [TEXT…]

Reads the texts (by default the sample articles, and the article in ONRECORD_SHARED/seed where that is there) in one
process on this machine, then in one for each processor, emulated by `qemu-x86_64-static` (Debian: qemu-user-static):
Haswell has AVX2 but no VNNI, Nehalem neither. Prints the hash of each process's records, and
every article whose records differ. Exit code 1 when one does. As Nehalem that takes a few minutes, as
Haswell half an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", HERE.parent / "shared"))
DATE = "2025-03-19"
"""Publication date for articles without one."""
QEMU = "qemu-x86_64-static"
PROCESSORS = ("Haswell", "Nehalem")


def texts() -> list[Path]:
    """Return the articles that are read by default."""
    return [*sorted((HERE / "sample_articles").glob("*.txt")), *sorted((SHARED / "seed").glob("*.txt"))]


def print_records(paths: Sequence[Path], engine: str) -> None:
    """Print the records of texts, one a line, without the times at which they were made."""
    from annotate.engine import analyse_many
    from annotate.read import Article, read_all

    articles = (article for article in read_all([str(path) for path in paths]) if isinstance(article, Article))
    for record in analyse_many(articles, date=DATE, engine=engine):
        print(record.to_json(), flush=True)


def records(paths: Sequence[Path], engine: str, processor: str | None) -> list[str]:
    """Return the records of texts, analysed in a separate process."""
    emulated = [QEMU, "-cpu", processor] if processor else []
    own = [sys.executable, __file__, "--records", "--engine", engine]
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONHASHSEED": str(len(processor or ""))}
    done = subprocess.run(
        [*emulated, *own, *map(str, paths)], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        sys.exit(f"the process on {processor or 'this machine'} failed:\n{done.stderr[-2000:]}")
    return done.stdout.splitlines()


def main() -> int:
    """Run the comparison chosen by the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--engine", default="learned")
    parser.add_argument("--cpu", nargs="+", default=PROCESSORS)
    parser.add_argument("--records", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    paths = options.texts or texts()
    if options.records:
        print_records(paths, options.engine)
        return 0
    if not shutil.which(QEMU):
        sys.exit(f"{QEMU} is not installed; on Debian: apt-get install qemu-user-static")
    own: list[str] = []
    same = True
    for processor in (None, *options.cpu):
        begun = time.perf_counter()
        made = records(paths, options.engine, processor)
        digest = hashlib.sha256("\n".join(made).encode()).hexdigest()
        took = time.perf_counter() - begun
        print(f"{digest}  {len(made)} articles, {processor or 'this machine'}, {took:.0f} s", flush=True)
        own = own or made
        different = [path.name for path, mine, theirs in zip(paths, own, made, strict=True) if mine != theirs]
        if different:
            print(f"  other records: {', '.join(different)}")
        same = same and not different
    print("PASS  the same records" if same else "FAIL  records differ")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
