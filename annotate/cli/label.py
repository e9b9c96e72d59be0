"""`onrecord label`: analyse articles and save the claims found as suggestions."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from annotate import bulk
from annotate.cli import arguments, engine, saved
from annotate.cli.inputs import watched
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, ReadError
from annotate.language import ENGLISH
from annotate.plural import count
from annotate.read import Source, expand, read_each

USAGE = "PATH… [--db FILE] [--date D] [--workers N] [--force] [--accept-above P] [--min-confidence P]"
EXAMPLES = ("onrecord label articles --db annotations.json", "onrecord label articles --accept-above 0.9")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, pattern, or - for standard input")
    arguments.add_db(parser)
    arguments.add_backups(parser)
    arguments.add_date(parser)
    arguments.add_min_confidence(parser)
    arguments.add_follow_links(parser)
    parser.add_argument(
        "--workers",
        type=arguments.one_or_more,
        default=1,
        metavar="N",
        help="number of processes; this version uses one",
    )
    parser.add_argument("--force", action="store_true", help="label again what this engine has already labelled")
    parser.add_argument(
        "--accept-above",
        type=arguments.probability,
        metavar="P",
        help="accept suggestions of at least this confidence in the engine's name, unless the speaker is a guess",
    )


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Label the inputs."""
    if options.workers > 1:
        terminal.note(f"--workers {options.workers}: this version labels with one process")
    analyse = engine.analyse(options.date, options.engine, options.min_confidence)
    how = bulk.Labelling(analyse, engine.version(options.engine), options.force, options.accept_above)
    with saved.writing(options, how.engine, terminal) as store:
        return label(expand(options.paths, follow_links=options.follow_links), store, how, terminal)


def label(inputs: Sequence[Source | ReadError], store: bulk.Target, how: bulk.Labelling, terminal: Terminal) -> Exit:
    """Label articles with a progress bar and print a summary; Ctrl-C keeps the results so far."""
    tally: Counter[str] = Counter()
    with terminal.progress(engine.total(inputs)) as advance:

        def report(outcome: bulk.Outcome) -> None:
            tally[outcome.kind] += 1
            tally["claims"] += outcome.claims if outcome.kind == "labelled" else 0
            tally["accepted"] += outcome.accepted
            if outcome.error is not None:
                terminal.problem(outcome.error)
            if outcome.language != ENGLISH:
                terminal.note(engine.not_read(outcome.name, outcome.language))
            advance(outcome.name)

        try:
            bulk.label(watched(read_each(inputs), terminal), store, how, report)
            stopped = False
        except KeyboardInterrupt:
            stopped = True
    summary: dict[str, int] = {name: tally[name] for name in ("labelled", "kept", "claims", "accepted")}
    line = f"{count(tally['labelled'], 'article')} labelled with {count(tally['claims'], 'claim')}"
    if tally["kept"]:
        line += f", {tally['kept']:,} already labelled"
    if how.accept_above is not None:
        line += f"; {count(tally['accepted'], 'claim')} accepted in the engine's name"
    if stopped:
        line = f"stopped: {line}, all saved; run the same command again to continue"
    exit_code = terminal.finish(summary | {"stopped": stopped}, line)
    return Exit.INTERRUPTED if stopped else exit_code
