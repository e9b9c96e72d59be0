"""`onrecord train`: train the tagger of source, cue and content on labelled articles."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.cli import arguments, saved
from annotate.cli.terminal import Terminal
from annotate.errors import EngineError, Exit, UsageError
from annotate.plural import count
from annotate.train.corpus import Corpus, load
from annotate.train.held_out import claims, split

if TYPE_CHECKING:
    from annotate.train.corpus import Labelled
    from annotate.train.fit import Progress
    from annotate.train.learn import Outcome
    from annotate.train.measure import Score
    from annotate.train.run import Reports

USAGE = "[DATA…] [--db FILE] [--from MODEL] -o MODEL [--dev FILE] [--epochs N] [--seed S] [--layers N] [--base DIR]"
EXAMPLES = (
    "onrecord train --db annotations.json -o mine",
    "onrecord train labelled.jsonl.gz -o model",
    "onrecord train labelled.jsonl.gz reviewed.jsonl -o model --dev held_out.jsonl.gz --epochs 6",
)
_NOTES = 10
"""Progress lines per epoch where there is no progress bar."""
_FIGURES = {"hit": "content", "source": "source", "end_to_end": "both"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "data", nargs="*", type=Path, metavar="DATA",
        help="labelled articles, one a line (.jsonl, .jsonl.gz): records whose claims are all decided, or "
        "PolNeAR's rows",
    )  # fmt: skip
    parser.add_argument(
        "--db", type=Path, metavar="FILE",
        help="train on the decisions in this save file, starting from an existing model; a fifth of the articles is "
        "held out, and the new model is written only if it does better on them",
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="MODEL",
        help="model to start from, also without --db (default with --db: the model that comes with Onrecord)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="MODEL",
        help="folder for the model; to resume a stopped training, run the same command again",
    )  # fmt: skip
    parser.add_argument("--dev", type=Path, metavar="FILE", help="labelled articles to evaluate on, not trained on")
    parser.add_argument(
        "--epochs", type=arguments.one_or_more, default=4, metavar="N", help="number of passes over the articles"
    )
    parser.add_argument(
        "--seed",
        type=arguments.one_or_more,
        default=1,
        metavar="S",
        help="random seed: a different seed gives a different model",
    )
    parser.add_argument(
        "--layers", type=arguments.one_or_more, metavar="N",
        help="use only the encoder's first N layers: faster, slightly less accurate",
    )  # fmt: skip
    parser.add_argument(
        "--base", type=Path, metavar="DIR", help="folder of another pretrained encoder (BERT-like, lower case)"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Train on the labelled articles and the save file given."""
    if not options.data and not options.db:
        raise UsageError("there is nothing to train on", "name files of labelled articles, or a save file with --db")
    goes_on = options.db or options.start
    if goes_on and (options.layers or options.base):
        raise UsageError("--layers and --base cannot be used with --db or --from", "leave out one pair or the other")
    records = saved.records(saved.existing(options), terminal) if options.db else ()
    corpus = load(options.data, records)
    dev = load([options.dev]).articles if options.dev else ()
    return _go_on(options, corpus, dev, terminal) if goes_on else _from_encoder(options, corpus, dev, terminal)


def _from_encoder(options: argparse.Namespace, corpus: Corpus, dev: Sequence[Labelled], terminal: Terminal) -> Exit:
    with _torch_wanted():
        from annotate.train.fit import Settings
        from annotate.train.run import from_encoder, train
    settings = Settings(epochs=options.epochs, seed=options.seed, layers=options.layers)
    with _Told(terminal, settings.epochs).reports() as reports:
        about = train(corpus, dev, options.output, from_encoder(options.base, settings), settings, reports)
    line = f"the model was written to {options.output}"
    if "same_tags" in about:
        line += f"; {100 * about['same_tags']:.1f} % of the held-out words keep their tags after quantisation"
    return terminal.finish({"model": str(options.output), **about}, line)


def _go_on(options: argparse.Namespace, corpus: Corpus, dev: Sequence[Labelled], terminal: Terminal) -> Exit:
    decided = f"decided: {count(len(corpus.articles), 'article')}, {count(claims(corpus.articles), 'claim')}"
    terminal.note(decided + _left_out(corpus))
    learned, held = (corpus.articles, dev) if dev else split(corpus.articles)
    with _torch_wanted():
        from annotate.train.learn import SETTINGS, learn
    from annotate.tagger.model import shipped

    settings = replace(SETTINGS, epochs=options.epochs, seed=options.seed)
    base = options.start or shipped()
    with _Told(terminal, settings.epochs).reports() as reports:
        outcome = learn(Corpus(tuple(learned), 0), held, base, options.output, settings, reports)
    return _judged(outcome, options.output, terminal)


def _judged(outcome: Outcome, output: Path, terminal: Terminal) -> Exit:
    """Report the new model's scores, and if it was written."""
    from annotate.tagger.model import shipped

    before, after = outcome.before.values(), outcome.after.values()
    gains = ", ".join(f"{name} {before[key]:.1f} -> {after[key]:.1f}" for key, name in _FIGURES.items())
    line = f"held out: {count(outcome.articles, 'article')}, {count(outcome.claims, 'claim')}: {gains}"
    value = {"model": str(output) if outcome.better else None, **outcome.to_dict()}
    if outcome.better:
        return terminal.finish(value, f"{line}; the model was written to {output}; use it with --engine {output}")
    rival = "the model that comes with Onrecord" if outcome.rival == shipped() else f"the model in {outcome.rival}"
    terminal.problem(
        EngineError(
            f"{line}; that is no better than {rival}, so nothing was written", "review more claims, then try again"
        )
    )
    return terminal.finish(value, "") if terminal.json else terminal.exit_code()


@contextmanager
def _torch_wanted() -> Iterator[None]:
    """Turn a missing training package into an error with the command that installs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise EngineError(
            f"training needs {error.name}, which is not installed", "pip install 'onrecord[train]'"
        ) from None


def _left_out(corpus: Corpus) -> str:
    if not corpus.undecided:
        return ""
    return f"; {count(corpus.undecided, 'record')} left out: some of their claims are not decided"


class _Told:
    """Progress messages of a training."""

    def __init__(self, terminal: Terminal, epochs: int) -> None:
        self.terminal = terminal
        self.epochs = epochs
        self.advance: Callable[[str], None] = lambda _line: None

    @contextmanager
    def reports(self) -> Iterator[Reports]:
        """Show the training's progress, in a progress bar on a terminal."""
        from annotate.train.run import Reports

        with self.terminal.progress(None) as self.advance:
            yield Reports(self.started, self.step, self.epoch)

    def started(self, corpus: Corpus, done: int) -> None:
        """Report the amount of training data."""
        line = f"training on {count(len(corpus.articles), 'article')}{_left_out(corpus)}"
        if done:
            line += f"; resuming after {count(done, 'epoch')}"
        self.terminal.note(line)

    def step(self, progress: Progress) -> None:
        """Report the progress of an epoch."""
        line = (
            f"epoch {progress.epoch} of {self.epochs}, step {progress.step:,} of {progress.steps:,}: "
            f"loss {progress.loss:.3f}, {progress.speed:,.0f} pieces/s"
        )
        self.advance(line)
        every = max(1, progress.steps // _NOTES)
        if progress.step % every == 0:
            self.terminal.note(line)

    def epoch(self, number: int, score: Score | None) -> None:
        """Report the model's scores after an epoch."""
        if score is None:
            return
        values = score.values()
        self.terminal.note(
            f"epoch {number}: content F {values['exact']:.1f} exact, {values['hit']:.1f} at least half of the words; "
            f"source right in {values['source']:.1f} %"
        )
