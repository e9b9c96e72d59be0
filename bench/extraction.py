"""Score the extraction of claims on PolNeAR's development part, beside other systems, and time it beside spaCy.

    python bench/extraction.py [quality] [ends] [speed]

The articles lie outside the repository: set ONRECORD_SHARED (default ../shared). Figures are those of
`score_quotes.py --quoted-without-cue` there: F1 of contents found (hit: Jaccard of words ≥ 0.5) and exact, of contents
with their source (end to end), of quoted speech; the share of found contents whose source overlaps; per cent. textacy
runs live where it is installed (extra `bench`); figures of other systems are quoted from the project's brief,
which measured them with the same scorer on the test part. `ends` counts the contents that were cut off: those that end
on an article, a conjunction, a relative pronoun, or a preposition before its object, on PolNeAR's development part and
on FactAppeal. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import importlib.util
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import spacy

from annotate.engine import ENGINES, MODEL, analyse_many, load_model
from annotate.model import Claim
from annotate.read import Article
from annotate.segment import segment

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
Row = dict[str, Any]
System = Callable[[Sequence[Row]], Iterable[list[Row]]]
"""A function from articles to their attributions."""

COLUMNS = ("hit F", "exact F", "end-to-end F", "quoted hit F", "source overlap")
GOALS = (81.0, 66.0, 78.1, 95.0, 93.0)
QUOTED = {
    "DistilBERT (test)": (68.5, 46.9, 57.8, None, 84.0),
    "Citron, retrained (test)": (56.9, 45.9, 54.9, None, 91.0),
    "GenderGapTracker (test)": (None, None, None, 75.7, None),
    "people among themselves": (80.2, 72.1, 77.9, 95.3, 96.4),
}
SPEEDS = {"rules": 0.9, "learned": 0.6}
"""Of bare `nlp.pipe`."""
CUT_OFF = 0.3
"""Highest share of contents cut off, per cent."""
NEEDY = re.compile(r"an?|the|and|or|but|nor|because|although|unless|whether|which|whom?|whose")
PREPOSITIONS = re.compile(r"of|in|to|for|from|with|by|at|on|about|against|into|between|among|through|over|under")
CLASSES = 12
"""Classes of errors: missed, spurious, wrong edges, wrong source, each by type of speech."""
ROUNDS = 3
TIMED = 24
"""Number of articles in one round of timing."""


def polnear(part: str) -> list[Row]:
    """Return the articles of a part of PolNeAR."""
    return rows_of("polnear", part)


def rows_of(corpus: str, part: str) -> list[Row]:
    """Return the articles of a part of a corpus."""
    with gzip.open(SHARED / "data" / corpus / f"{part}.jsonl.gz") as stream:
        return [json.loads(line) for line in stream]


def ours(name: str) -> System:
    """Return one of Onrecord's engines as a system to score."""

    def run(rows: Sequence[Row]) -> Iterable[list[Row]]:
        articles = [Article(row["text"], row["id"], date=row["date"]) for row in rows]
        for record in analyse_many(articles, engine=name):
            yield [_attribution(claim) for claim in record.claims]

    return run


def _attribution(claim: Claim) -> Row:
    return {part: [list(span) for span in getattr(claim, part)] for part in ("content", "cue", "source")}


def textacy(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """Yield textacy's quotations, one paragraph at a time: it refuses a paragraph with an unclosed quotation mark."""
    quotations = importlib.import_module("textacy.extract.triples").direct_quotations
    nlp = spacy.load(MODEL)
    for row in rows:
        found: list[Row] = []
        for block in segment(row["text"]):
            with suppress(ValueError):
                for quote in quotations(nlp(row["text"][block.start : block.end])):
                    parts = {"content": [quote.content], "cue": quote.cue, "source": quote.speaker}
                    found.append({part: [_span(words, block.start) for words in some] for part, some in parts.items()})
        yield found


def _span(words: Any, start: int) -> list[int]:
    """Return a span or a token of a paragraph as a stretch of the article."""
    first = words.start_char if hasattr(words, "start_char") else words.idx
    return [start + first, start + first + len(words.text)]


def quality(rows: Sequence[Row]) -> bool:
    """Print the table of figures; return True if the learned engine reaches its goals."""
    print(f"{'':26}" + "".join(f"{column:>16}" for column in COLUMNS))
    systems: dict[str, System] = {ENGINES[name]: ours(name) for name in ENGINES}
    if importlib.util.find_spec("textacy"):
        systems["textacy (dev)"] = textacy
    figures: dict[str, tuple[float, ...]] = {}
    classes: dict[str, Counter[str]] = {}
    for name, system in systems.items():
        figures[name], classes[name] = scored(rows, system(rows))
        print_line(name, figures[name])
    for name, quoted in QUOTED.items():
        print_line(name, quoted)
    print_line("goal of the learned engine", GOALS)
    before, after = (classes[ENGINES[name]] for name in ENGINES)
    print(f"\n{'largest classes of errors':26}" + "".join(f"{ENGINES[name]:>24}" for name in ENGINES))
    for what, _ in (before | after).most_common(CLASSES):
        print(f"{what:26}{before[what]:>24}{after[what]:>24}")
    return all(figure >= goal for figure, goal in zip(figures[ENGINES["learned"]], GOALS, strict=True))


def scored(rows: Sequence[Row], found: Iterable[list[Row]]) -> tuple[tuple[float, ...], Counter[str]]:
    """Return the scores of each article's findings, and the number of errors of each class."""
    sys.path.insert(0, str(SHARED / "tools"))
    score = importlib.import_module("score_quotes").score
    records = [{"id": row["id"], "attributions": made} for row, made in zip(rows, found, strict=True)]
    result, wrong = score(rows, records, free_quotes=True)
    content = result["content"]
    figures = (
        content["all"]["hit"]["F"], content["all"]["exact"]["F"], result["e2e"]["F"], content["quoted"]["hit"]["F"],
        result["speaker"]["overlap"],
    )  # fmt: skip
    return figures, Counter(f"{kind}, {of_type}" for kind, items in wrong.items() for _, of_type, _ in items)


def print_line(name: str, figures: Sequence[float | None]) -> None:
    """Print a system's figures under the columns."""
    print(f"{name:26}" + "".join(f"{'' if figure is None else f'{figure:.1f}':>16}" for figure in figures), flush=True)


def ends(rows: Sequence[Row]) -> bool:
    """Print the share of contents cut off; return True if it is low enough."""
    factappeal = [row for part in ("train", "val") for row in rows_of("factappeal", part)]
    holds = True
    for name, some in (("PolNeAR dev", rows), ("FactAppeal", factappeal)):
        contents = [
            (row["text"], claim["content"][-1][1])
            for row, claims in zip(some, ours("learned")(some), strict=True)
            for claim in claims
        ]
        cut = sum(is_cut_off(text, end) for text, end in contents)
        share = 100 * cut / len(contents)
        holds &= share <= CUT_OFF
        verdict = "PASS" if share <= CUT_OFF else "FAIL"
        print(f"{verdict}  {name}: {cut} of {len(contents)} contents cut off, {share:.2f} % (≤ {CUT_OFF} %)")
    return holds


def is_cut_off(text: str, end: int) -> bool:
    """Return whether a content's last word needs the next one: an article; a preposition with more words after it."""
    last = re.search(r"[\w’']+\W{0,2}$", text[max(0, end - 40) : end])
    word = last[0].rstrip("’'").lower() if last else ""
    goes_on = re.match(r"\s+[^\W_]", text[end:]) is not None
    return bool(NEEDY.fullmatch(word) or (goes_on and PREPOSITIONS.fullmatch(word)))


def speed(rows: Sequence[Row]) -> bool:
    """Print the words per second of the engines and of bare `nlp.pipe`; return True if the engines are fast enough."""
    some = list(rows[:TIMED])
    words = sum(len(row["text"].split()) for row in some)
    bare = load_model()
    runs: dict[str, Callable[[], Any]] = {
        "nlp.pipe": lambda: list(bare.pipe([row["text"] for row in some])),
        **{name: lambda name=name: list(ours(name)(some)) for name in ENGINES},
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(-1, ROUNDS):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            if turn >= 0:  # the first turn loads the models
                seconds[name].append(time.perf_counter() - begun)
    holds = True
    for name, budget in SPEEDS.items():
        ratio = statistics.median(b / s for b, s in zip(seconds["nlp.pipe"], seconds[name], strict=True))
        holds &= ratio >= budget
        rate = words / statistics.median(seconds[name])
        verdict = "PASS" if ratio >= budget else "FAIL"
        print(f"{verdict}  {name}: {ratio:.2f} × bare nlp.pipe (≥ {budget}), {rate:,.0f} words/s")
    return holds


PARTS: dict[str, Callable[[Sequence[Row]], bool]] = {"quality": quality, "ends": ends, "speed": speed}


def main() -> int:
    """Run the benchmarks chosen by the arguments, all by default."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    arguments.add_argument("what", nargs="*", choices=[*PARTS, []], help="which part; both by default")
    options = arguments.parse_args()
    rows = polnear("dev")
    holds = [PARTS[name](rows) for name in options.what or PARTS]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
