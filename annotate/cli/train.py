"""`onrecord train`: learn from labelled articles which words are source, cue and content."""

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
"""Lines told of each epoch where there is no bar."""
_FIGURES = {"hit": "content", "source": "source", "end_to_end": "both"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "data", nargs="*", type=Path, metavar="DATA",
        help="labelled articles, one a line (.jsonl, .jsonl.gz): records of which all claims are decided, or "
        "PolNeAR's rows",
    )  # fmt: skip
    parser.add_argument(
        "--db", type=Path, metavar="FILE",
        help="learn from what was decided in this save file, going on from a model that knows the task already; a "
        "fifth of the articles is kept to judge by, and only a model that does better there is written",
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="MODEL",
        help="go on from this model, with DATA alone too (with --db: the model that comes with Onrecord)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="MODEL",
        help="folder for the model; the same command goes on where it was stopped",
    )  # fmt: skip
    parser.add_argument(
        "--dev", type=Path, metavar="FILE", help="labelled articles to measure and judge on, not to learn from"
    )
    parser.add_argument(
        "--epochs", type=arguments.one_or_more, default=4, metavar="N", help="how often every article is read"
    )
    parser.add_argument(
        "--seed", type=arguments.one_or_more, default=1, metavar="S", help="another number gives another model"
    )
    parser.add_argument(
        "--layers", type=arguments.one_or_more, metavar="N",
        help="take the encoder's first N layers only: quicker, a little less right",
    )  # fmt: skip
    parser.add_argument(
        "--base", type=Path, metavar="DIR", help="folder of another pretrained encoder (BERT's kind, small letters)"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Train on what the arguments name."""
    if not options.data and not options.db:
        raise UsageError("there is nothing to learn from", "name files of labelled articles, or a save file with --db")
    goes_on = options.db or options.start
    if goes_on and (options.layers or options.base):
        raise UsageError("--layers and --base are for training from an encoder", "leave them out, or --db and --from")
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
    line = f"the model is in {options.output}"
    if "same_tags" in about:
        line += (
            f"; {100 * about['same_tags']:.1f} % of the held-out words get the tags they got before it was made small"
        )
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
    """Tell what the new model is worth, and whether it has been written."""
    from annotate.tagger.model import shipped

    before, after = outcome.before.values(), outcome.after.values()
    gains = ", ".join(f"{name} {before[key]:.1f} -> {after[key]:.1f}" for key, name in _FIGURES.items())
    line = f"held out: {count(outcome.articles, 'article')}, {count(outcome.claims, 'claim')}: {gains}"
    value = {"model": str(output) if outcome.better else None, **outcome.to_dict()}
    if outcome.better:
        return terminal.finish(value, f"{line}; the model is in {output}; use it with --engine {output}")
    rival = "the model that comes with Onrecord" if outcome.rival == shipped() else f"the one in {outcome.rival}"
    terminal.problem(
        EngineError(f"{line}; that is no better than {rival}, so nothing was written", "decide more, then try again")
    )
    return terminal.finish(value, "") if terminal.json else terminal.exit_code()


@contextmanager
def _torch_wanted() -> Iterator[None]:
    """Say how to install what training needs where it is missing."""
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
    """What is told while the training runs."""

    def __init__(self, terminal: Terminal, epochs: int) -> None:
        self.terminal = terminal
        self.epochs = epochs
        self.advance: Callable[[str], None] = lambda _line: None

    @contextmanager
    def reports(self) -> Iterator[Reports]:
        """Show where the training is, in a bar where there is a terminal."""
        from annotate.train.run import Reports

        with self.terminal.progress(None) as self.advance:
            yield Reports(self.started, self.step, self.epoch)

    def started(self, corpus: Corpus, done: int) -> None:
        """Tell what will be learned."""
        line = f"to learn: {count(len(corpus.articles), 'article')}{_left_out(corpus)}"
        if done:
            line += f"; goes on after {count(done, 'epoch')}"
        self.terminal.note(line)

    def step(self, progress: Progress) -> None:
        """Tell where an epoch is."""
        line = (
            f"epoch {progress.epoch} of {self.epochs}, step {progress.step:,} of {progress.steps:,}: "
            f"loss {progress.loss:.3f}, {progress.speed:,.0f} pieces/s"
        )
        self.advance(line)
        every = max(1, progress.steps // _NOTES)
        if progress.step % every == 0:
            self.terminal.note(line)

    def epoch(self, number: int, score: Score | None) -> None:
        """Tell how good the model has become."""
        if score is None:
            return
        values = score.values()
        self.terminal.note(
            f"epoch {number}: content F {values['exact']:.1f} exact, {values['hit']:.1f} half or more of the words; "
            f"source right in {values['source']:.1f} %"
        )
