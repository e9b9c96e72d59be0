"""`onrecord import`: records into the save file."""

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
    parser.add_argument("--format", required=True, choices=readable, metavar="NAME", help="see onrecord formats")
    arguments.add_db(parser)
    arguments.add_backups(parser)
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--merge", action="store_true", help="where an article is there already: keep what people decided, add the rest"
    )
    known.add_argument(
        "--replace", action="store_true", help="where an article is there already: put the imported one in its place"
    )
    parser.add_argument("--as", dest="name", metavar="NAME", help="who imports, for the history")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Import what the arguments name."""
    read = formats.get(options.format).read
    if read is None:
        raise UsageError(f"{options.format} holds too little to import", "onrecord formats tells which can be")
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
    """Put records into the store, all durable with one save; what cannot be taken is reported.

    Args:
        records: As read, with an error where one cannot be.
        store: Open for writing.
        by: Who imports, human:NAME.
        terminal: Where to report.
        merge: Of an article already there keep what people decided, and add the rest.
        replace: Put an imported article in the place of the one already there.

    Returns:
        How many were added, merged and replaced.
    """
    tally: Counter[str] = Counter()
    seen: set[str] = set()
    for record in records:
        if isinstance(record, OnrecordError):
            terminal.problem(record)
        elif record.id in seen:
            terminal.problem(FormatError(f"the article {record.id!r} stands in the file twice", "the first was taken"))
        elif store.has(record.id) and not (merge or replace):
            hint = "--merge or --replace says what to do with it"
            terminal.problem(StoreError(f"the article {record.id!r} is there already", hint))
        else:
            seen.add(record.id)
            try:
                tally[_take(record, store, by, replace=replace)] += 1
            except StoreError as error:  # what is there of this one is damaged: the others are taken
                terminal.problem(error)
    store.sync()
    return tally


def _take(record: Record, store: Store, by: str, *, replace: bool) -> str:
    """Put a record into the store, in memory; return what was done with it."""
    known = store.has(record.id)
    if known and replace:
        store.replace(record, by)
        return "replaced"
    store.stage(record, importer=by)
    return "merged" if known else "added"
