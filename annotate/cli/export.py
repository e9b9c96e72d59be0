"""`onrecord export`: write the claims of a save file in another format."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from annotate import formats
from annotate.cli import arguments, saved
from annotate.cli.output import STDOUT, output
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, UsageError
from annotate.formats.base import SELECTABLE
from annotate.model import Record
from annotate.plural import count

USAGE = "--format NAME [--db FILE] [-o OUT] [--status S,…] [--article ID…]"
EXAMPLES = (
    "onrecord export --format csv -o claims.csv",
    "onrecord export --format markdown --status accepted --article kremlin",
    "onrecord export --format jsonl --status all -o everything.jsonl",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "--format",
        required=True,
        choices=tuple(formats.FORMATS),
        metavar="NAME",
        help="name of a format; see onrecord formats",
    )
    arguments.add_db(parser)
    arguments.add_output(parser)
    parser.add_argument(
        "--status",
        type=_statuses,
        default=formats.DEFAULT_STATUSES,
        metavar="S,…",
        help=f"claims to export: {', '.join(SELECTABLE)}, or all (default: all but rejected and deleted)",
    )
    parser.add_argument("--article", nargs="+", action="extend", metavar="ID", help="export only these articles")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Export from the save file."""
    path = saved.existing(options)
    if options.output != STDOUT and os.path.realpath(options.output) == os.path.realpath(path):
        raise UsageError(f"the export would overwrite the save file {path}", "name another file with -o")
    choice = formats.Options(options.status)
    tally: Counter[str] = Counter()
    records = _counted(saved.records(path, terminal, options.article), choice, tally)
    exported = formats.get(options.format).export(records, choice)
    with output(options.output) as write:
        write(exported.data)
    return _finish(tally, exported, options, terminal)


def _counted(records: Iterable[Record], choice: formats.Options, tally: Counter[str]) -> Iterator[Record]:
    """Count records while they stream by: a whole save file might not fit into memory."""
    for record in records:
        tally["articles"] += 1
        tally["there"] += len(record.claims)
        tally["written"] += sum(map(choice.wanted, record.claims))
        yield record


def _statuses(text: str) -> frozenset[str]:
    if text == "all":
        return frozenset(SELECTABLE)
    chosen = frozenset(part.strip() for part in text.split(","))
    if not chosen <= set(SELECTABLE):
        raise argparse.ArgumentTypeError(f"{text!r}: choose from {', '.join(SELECTABLE)} (separated by commas), or all")
    return chosen


def _finish(tally: Counter[str], exported: formats.Exported, options: argparse.Namespace, terminal: Terminal) -> Exit:
    statuses = ", ".join(status for status in SELECTABLE if status in options.status)
    if not terminal.json:
        for line in exported.report:
            terminal.note(f"{options.format}: {line}")
        if tally["there"] and not tally["written"]:
            terminal.note(f"no claim is {statuses.replace(', ', ' or ')}; to export every claim, use --status all")
    summary = {
        "articles": tally["articles"],
        "claims": tally["written"],
        "left_out": tally["there"] - tally["written"],
        "format": options.format,
        "report": exported.report,
    }
    line = (
        f"{count(tally['articles'], 'article')}, {tally['written']:,} of {count(tally['there'], 'claim')} ({statuses})"
    )
    return terminal.finish(summary, line, data_on_stdout=options.output == STDOUT)
