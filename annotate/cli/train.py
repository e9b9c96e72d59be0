"""`onrecord train`: learn from labelled articles which words are source, cue and content."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.cli import arguments
from annotate.cli.terminal import Terminal
from annotate.errors import EngineError, Exit
from annotate.formats.base import count

if TYPE_CHECKING:
    from annotate.train.corpus import Corpus
    from annotate.train.fit import Progress
    from annotate.train.measure import Score

USAGE = "DATA… -o MODEL [--dev FILE] [--epochs N] [--seed S] [--layers N] [--base DIR]"
EXAMPLES = (
    "onrecord train labelled.jsonl.gz -o model",
    "onrecord train labelled.jsonl.gz reviewed.jsonl -o model --dev held_out.jsonl.gz --epochs 6",
)
_NOTES = 10
"""Lines told of each epoch where there is no bar."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "data", nargs="+", type=Path, metavar="DATA",
        help="labelled articles, one a line (.jsonl, .jsonl.gz): records of which all claims are decided, or "
        "PolNeAR's rows",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="MODEL",
        help="folder for the model; the same command goes on where it was stopped",
    )  # fmt: skip
    parser.add_argument("--dev", type=Path, metavar="FILE", help="labelled articles to measure on, not to learn from")
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
    try:
        from annotate.train.fit import Settings
        from annotate.train.run import Reports, train
    except ModuleNotFoundError as error:
        raise EngineError(
            f"training needs {error.name}, which is not installed", "pip install 'onrecord[train]'"
        ) from None
    told = _Told(terminal, options.epochs)
    reports = Reports(told.started, told.step, told.epoch)
    settings = Settings(epochs=options.epochs, seed=options.seed, layers=options.layers)
    with terminal.progress(None) as advance:
        told.advance = advance
        about = train(options.data, options.dev, options.output, options.base, settings, reports)
    line = f"the model is in {options.output}"
    if "same_tags" in about:
        line += (
            f"; {100 * about['same_tags']:.1f} % of the held-out words get the tags they got before it was made small"
        )
    return terminal.finish({"model": str(options.output), **about}, line)


class _Told:
    """What is told while the training runs."""

    def __init__(self, terminal: Terminal, epochs: int) -> None:
        self.terminal = terminal
        self.epochs = epochs
        self.advance: Callable[[str], None] = lambda _line: None

    def started(self, corpus: Corpus, done: int) -> None:
        """Tell what will be learned."""
        line = count(len(corpus.articles), "article")
        if corpus.undecided:
            line += f"; {count(corpus.undecided, 'record')} left out: some of their claims are not decided"
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
