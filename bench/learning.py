"""Measure a model's gain from training on 50, 200 and 800 reviewed claims of a publisher it has never seen.

    python bench/learning.py BASE_MODEL --publisher usa-today [--seeds 1 2] [--engine] [--choose]

BASE_MODEL has been trained without that publisher. The articles lie outside the repository: set ONRECORD_SHARED
(default ../shared). The reviewer is simulated: articles of PolNeAR's training part come in a seeded order until there
are enough claims, decided as the gold labels say. As `onrecord train --db` does, every fifth of them is kept to judge
by, and the verdict is what that command would say; with too few of them all are learned, to see what it would come to.

Measured are the written models, on articles of the publisher that nobody reviews: 60 of the training part and those of
the development part. Every third of these serves to choose settings (`--choose`), the figures are of the others. What
is forgotten shows on the other publishers' development part, which BASE_MODEL has not learned either.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extraction import SHARED, ours, polnear, scored

from annotate.errors import UsageError
from annotate.train.corpus import Corpus, Labelled, load
from annotate.train.fit import Settings
from annotate.train.held_out import claims, split
from annotate.train.learn import SETTINGS, go_on, measured
from annotate.train.measure import Score
from annotate.train.run import Reports

SIZES = (50, 200, 800)
MEASURED = 60
"""Articles of the training part left unreviewed, for measuring."""
GRID = ((4, 3e-5), (4, 1e-4), (8, 1e-4))
"""Settings to try: epochs and the encoder's rate. The heads' rate keeps the command's proportion to it."""
SILENT = Reports(lambda *_: None, lambda *_: None, None)
COLUMNS = ("hit", "exact", "source", "end_to_end")


@dataclass(frozen=True)
class Articles:
    """PolNeAR's articles, divided by purpose."""

    reviewed: list[Labelled]
    choosing: list[Labelled]
    measured: list[Labelled]
    others: list[Labelled]

    @classmethod
    def of(cls, publisher: str) -> Articles:
        """Split PolNeAR's articles, the same way every time."""
        train, dev = (load([SHARED / "data" / "polnear" / f"{part}.jsonl.gz"]).articles for part in ("train", "dev"))
        ids = {row["id"] for part in ("train", "dev") for row in polnear(part) if row["publisher"] == publisher}
        own = shuffled((article for article in train if article.id in ids), seed=0)
        unseen = own[:MEASURED] + [article for article in dev if article.id in ids]
        rest = [article for i, article in enumerate(unseen) if i % 3]
        return cls(own[MEASURED:], unseen[::3], rest, [article for article in dev if article.id not in ids])

    def decided(self, wanted: int, seed: int) -> list[Labelled]:
        """Return as few reviewed articles as contain the wanted number of claims."""
        some: list[Labelled] = []
        for article in shuffled(self.reviewed, seed):
            if claims(some) >= wanted:
                break
            some.append(article)
        return some


def shuffled(articles: Iterable[Labelled], seed: int) -> list[Labelled]:
    """Return articles in an order that depends on the seed."""
    some = list(articles)
    random.Random(seed).shuffle(some)
    return some


def choose(base: Path, articles: Articles, seeds: Sequence[int]) -> None:
    """Print the score of each setting of the grid on the articles for choosing."""
    print(f"settings, on {said(articles.choosing)}: encoder rate, epochs, then F of hits with the right source")
    print(f"{'as it was':>16}  {measured(base, articles.choosing).rank()[0]:.1f}")
    for epochs, rate in GRID:
        heads = rate * SETTINGS.head_rate / SETTINGS.encoder_rate
        settings = replace(SETTINGS, epochs=epochs, encoder_rate=rate, head_rate=heads)
        line = f"{rate:>10.0e}{epochs:>6}"
        for wanted in SIZES:
            scores = [
                learned(base, articles.decided(wanted, seed), settings, seed, articles.choosing) for seed in seeds
            ]
            line += f"  {wanted}: " + " ".join(f"{score.rank()[0]:.1f}" for score in scores)
        print(line, flush=True)


def learned(base: Path, decided: Sequence[Labelled], settings: Settings, seed: int, on: Sequence[Labelled]) -> Score:
    """Train on decided articles and return the model's score."""
    with tempfile.TemporaryDirectory() as folder:
        teach(base, decided, replace(settings, seed=seed), Path(folder))
        return measured(Path(folder), on)


def teach(base: Path, decided: Sequence[Labelled], settings: Settings, folder: Path) -> str:
    """Train on decided articles into a folder, and return the command's verdict."""
    try:
        some, held = split(decided)
    except UsageError:
        some, held = list(decided), []
    go_on(Corpus(tuple(some), 0), (), base, folder, settings, SILENT)
    if not held:
        return "too few"
    before, after = measured(base, held).rank(), measured(folder, held).rank()
    return f"{'better' if after > before else 'no better'}, {before[0]:.1f} -> {after[0]:.1f}"


def report(base: Path, articles: Articles, seeds: Sequence[int], *, engine: bool) -> None:
    """Print the figures before and after learning."""
    print(f"measured on {said(articles.measured)} of the publisher, {said(articles.others)} of others")
    named = "".join(f"{column:>11}" for column in COLUMNS)
    print(
        f"{'claims':>6}{'articles':>9}{'seed':>5}{'verdict':>24} |{named} |{named}"
        + (" | the engine's hit, exact, end-to-end" if engine else "")
    )
    print(f"{0:>6}{0:>9}{'':>29} |" + figures(base, articles, engine=engine), flush=True)
    for seed in seeds:
        for wanted in SIZES:
            decided = articles.decided(wanted, seed)
            with tempfile.TemporaryDirectory() as folder:
                verdict = teach(base, decided, replace(SETTINGS, seed=seed), Path(folder))
                line = figures(Path(folder), articles, engine=engine)
            print(f"{claims(decided):>6}{len(decided):>9}{seed:>5}{verdict:>24} |{line}", flush=True)


def figures(folder: Path, articles: Articles, *, engine: bool) -> str:
    """Return a model's figures, as columns, on the publisher's articles and on the others'."""
    scores = (measured(folder, some).values() for some in (articles.measured, articles.others))
    line = " |".join("".join(f"{values[column]:>11.1f}" for column in COLUMNS) for values in scores)
    if engine:
        ids = {article.id for article in articles.measured}
        rows = [row for part in ("train", "dev") for row in polnear(part) if row["id"] in ids]
        hit, exact, end_to_end, *_ = scored(rows, ours(str(folder))(rows))[0]
        line += f" |{hit:>7.1f}{exact:>7.1f}{end_to_end:>7.1f}"
    return line


def said(articles: Sequence[Labelled]) -> str:
    """Return how much that is."""
    return f"{len(articles)} articles ({claims(articles)} claims)"


def main() -> None:
    """Run the part chosen by the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("base", type=Path, metavar="BASE_MODEL")
    parser.add_argument("--publisher", default="usa-today")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engine", action="store_true", help="figures of the whole engine, too")
    parser.add_argument("--choose", action="store_true", help="compare settings instead")
    options = parser.parse_args()
    articles = Articles.of(options.publisher)
    if options.choose:
        choose(options.base, articles, options.seeds)
    else:
        report(options.base, articles, options.seeds, engine=options.engine)


if __name__ == "__main__":
    main()
