"""Fuzz everything that reads outside data, and list the exceptions that are not Onrecord's own.

    python bench/fuzz.py [TARGET…] [--runs N] [--corpus FOLDER]

Inputs are mutated by libFuzzer under the lead of coverage (`pip install atheris`): bytes and words from a dictionary
for what reads text, damage to whole documents for what reads records and save files. Each target runs in a process of
its own. What reaches new code is kept in FOLDER/TARGET and is where the next run begins. Prints, for each target, how
many inputs ran, how many places in the code they reached, and each kind of exception with the file that holds its
input. Exit code 1 when there is one, or when a target hung for 20 seconds or ended early.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import atheris

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))

HIDDEN = "--here"
"""Hidden option that runs a target in this process."""

with atheris.instrument_imports(include=["annotate"]) if HIDDEN in sys.argv else nullcontext():
    from _fuzz_targets import TARGETS, WORDS

from annotate.errors import OnrecordError  # noqa: E402 # in its instrumented form

RUNS = 20_000
SLOW = 20
"""Seconds after which an input counts as a hang."""
LONGEST = 1_024
"""Maximum length of an input, in bytes."""
MEMORY = 4_096
"""Memory limit, in megabytes."""


def fuzz(name: str, runs: int, corpus: Path) -> None:
    """Run one target in this process, until libFuzzer ends the process."""
    target, seeds = TARGETS[name]
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = corpus.parent / "words.dict"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in WORDS), encoding="ascii")
    options = [
        f"-runs={runs}", f"-timeout={SLOW}", f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY}", f"-dict={words}",
        f"-artifact_prefix={corpus.parent}/{name}-", "-print_final_stats=1", "-seed=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], _watched(target, corpus.parent / f"{name}-failures"))
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _watched(target: Callable[[bytes], None], failures: Path) -> Callable[[bytes], None]:
    """Return a target that continues after an exception, and keeps the first input for each kind."""

    def run(data: bytes) -> None:
        try:
            target(data)
        except OnrecordError:
            pass
        except Exception as error:  # noqa: BLE001 # that is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__}: {str(error)[:100]} ({Path(where.filename).name}:{where.lineno})"
            failures.mkdir(exist_ok=True)
            place = failures / hashlib.sha256(re.sub(r"'.*'|\d+", "", kind).encode()).hexdigest()[:12]
            if not place.exists():
                place.write_bytes(data)
                place.with_suffix(".txt").write_text(f"{kind}\n{traceback.format_exc()}", encoding="utf-8")

    return run


def report(name: str, runs: int, folder: Path) -> bool:
    """Run one target in its own process, print the result, and return True if nothing failed."""
    command = [sys.executable, __file__, name, "--runs", str(runs), "--corpus", str(folder), HIDDEN]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    stats = {key: int(value) for key, value in re.findall(r"stat::(\w+):\s*(\d+)", done.stderr)}
    reached = re.findall(r"cov: (\d+)", done.stderr)
    failures = sorted((folder / f"{name}-failures").glob("*.txt"))
    ran = stats.get("number_of_executed_units", 0)
    rate = stats.get("average_exec_per_sec", 0)
    print(f"{name:12}{ran:>10,} inputs{reached[-1] if reached else 0:>8} places reached{rate:>8,}/s", flush=True)
    for failure in failures:
        print(f"    {failure.read_text(encoding='utf-8').splitlines()[0]}: {failure.with_suffix('')}")
    if done.returncode:
        print(f"    ended early:\n{done.stderr[-1500:]}")
    return not failures and not done.returncode


def main() -> int:
    """Run the targets chosen by the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--runs", type=int, default=RUNS, help="inputs for each target (default: 20,000)")
    parser.add_argument("--corpus", type=Path, default=HERE / ".fuzz", help="where inputs are kept (default: .fuzz)")
    parser.add_argument(HIDDEN, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        fuzz(options.targets[0], options.runs, options.corpus / options.targets[0])
        return 0
    held = [report(name, options.runs, options.corpus) for name in options.targets or TARGETS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
