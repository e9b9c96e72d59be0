"""`onrecord import`: add records to the save file."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import config, formats
from annotate.cli import arguments, saved, sources
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, FormatError, OnrecordError, StoreError, UsageError
from annotate.model import Record
from annotate.origin import human
from annotate.plural import count

if TYPE_CHECKING:
    from annotate.store import Store

USAGE = "FILE|- --format NAME [--db FILE] [--merge|--replace] [--as NAME]"
EXAMPLES = (
    "onrecord import everything.jsonl --format jsonl --db annotations.json",
    "onrecord import from-ana.jsonl --format jsonl --merge",
)
STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    readable = tuple(name for name, format_ in formats.FORMATS.items() if format_.read)
    parser.add_argument("file", metavar="FILE", help="file to read, or - for standard input, gzipped or not")
    parser.add_argument(
        "--format", required=True, choices=readable, metavar="NAME", help="name of a format; see onrecord formats"
    )
    arguments.add_db(parser)
    arguments.add_backups(parser)
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--merge",
        action="store_true",
        help="merge into articles that are already there: keep decided claims, add the rest",
    )
    known.add_argument(
        "--replace", action="store_true", help="replace articles that are already there, decisions included"
    )
    parser.add_argument("--as", dest="name", metavar="NAME", help="your name, for the history")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Import the records of the input file."""
    read = formats.get(options.format).read
    if read is None:
        raise UsageError(f"the format {options.format} cannot be imported", "see onrecord formats for those that can")
    records = sources.read(None if options.file == STDIN else Path(options.file), read)
    by = human(config.reviewer(options.name))
    with saved.writing(options, by, terminal) as store:
        tally = take(records, store, by, terminal, merge=options.merge, replace=options.replace)
    line = f"{count(tally['added'], 'article')} added, {tally['merged']:,} merged, {tally['replaced']:,} replaced"
    return terminal.finish({name: tally[name] for name in ("added", "merged", "replaced")}, line)


def take(
    records: Iterable[Record | OnrecordError],
    store: Store,
    by: str,
    terminal: Terminal,
    *,
    merge: bool,
    replace: bool,
) -> Counter[str]:
    """Put records into the store and save once; records that cannot be imported are reported.

    Args:
        records: As read, with an error where one cannot be.
        store: Open for writing.
        by: The importing person, human:NAME.
        terminal: Where to report.
        merge: Merge into articles already there: keep people's decisions, add the rest.
        replace: Replace articles already there.

    Returns:
        How many were added, merged and replaced.
    """
    tally: Counter[str] = Counter()
    seen: set[str] = set()
    for record in records:
        if isinstance(record, OnrecordError):
            terminal.problem(record)
        elif record.id in seen:
            terminal.problem(
                FormatError(f"the article {record.id!r} is in the file twice", "only the first was imported")
            )
        elif store.has(record.id) and not (merge or replace):
            hint = "choose --merge or --replace"
            terminal.problem(StoreError(f"the article {record.id!r} is already in the save file", hint))
        else:
            seen.add(record.id)
            try:
                tally[_take(record, store, by, replace=replace)] += 1
            except StoreError as error:  # what is there of this one is damaged: the others are taken
                terminal.problem(error)
    store.sync()
    return tally


def _take(record: Record, store: Store, by: str, *, replace: bool) -> str:
    """Put a record into the store, in memory; return `added`, `merged` or `replaced`."""
    known = store.has(record.id)
    if known and replace:
        store.replace(record, by)
        return "replaced"
    store.stage(record, importer=by)
    return "merged" if known else "added"
