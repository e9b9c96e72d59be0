"""`onrecord extract`: analyse texts and write their records; nothing is saved."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotate import bulk
from annotate.cli import arguments, engine
from annotate.cli.inputs import watched
from annotate.cli.output import STDOUT, Write, output
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, OnrecordError
from annotate.language import ENGLISH
from annotate.model import Record
from annotate.plural import count
from annotate.read import expand, read_each

USAGE = "PATH…|- [-o OUT] [--date D] [--min-confidence P]"
EXAMPLES = ("onrecord extract article.txt --date 2025-03-19", "onrecord extract articles.jsonl.gz -o records.jsonl.gz")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, pattern, or - for standard input")
    arguments.add_output(parser)
    arguments.add_date(parser)
    arguments.add_min_confidence(parser)
    arguments.add_follow_links(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Analyse the inputs."""
    inputs = expand(options.paths, follow_links=options.follow_links)
    with terminal.progress(engine.total(inputs)) as advance, output(options.output) as write:
        analyse = engine.analyse(options.date, options.engine, options.min_confidence)
        records = bulk.analyse_each(watched(read_each(inputs), terminal), analyse)
        articles, claims = extract(records, write, terminal, advance)
    summary = {"articles": articles, "claims": claims}
    line = f"{count(articles, 'article')}, {count(claims, 'claim')}"
    return terminal.finish(summary, line, data_on_stdout=options.output == STDOUT)


def extract(
    records: Iterable[Record | OnrecordError], write: Write, terminal: Terminal, advance: engine.Advance
) -> tuple[int, int]:
    """Write records as JSONL as they arrive, and report failures.

    Returns:
        How many articles and claims were written.
    """
    articles = claims = 0
    for item in records:
        if isinstance(item, OnrecordError):
            terminal.problem(item)
            advance("")
            continue
        write(item.to_json().encode() + b"\n")
        articles += 1
        if item.language != ENGLISH:
            terminal.note(engine.not_read(item.path or item.id, item.language))
        if doubt := engine.date_in_doubt(item):
            terminal.note(doubt)
        claims += len(item.claims)
        advance(item.id)
    return articles, claims
