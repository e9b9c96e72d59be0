"""`onrecord import`: records into the save file."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import config, formats
from annotate.changes import Change, Edit
from annotate.cli import arguments, sources
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, FormatError, OnrecordError, StoreError, UsageError
from annotate.formats.base import count
from annotate.model import Record, Review

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
    parser.add_argument("file", metavar="FILE", help="file to read, gzipped or not, or - for standard input")
    parser.add_argument("--format", required=True, choices=readable, metavar="NAME", help="see onrecord formats")
    arguments.add_db(parser)
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
    from annotate.store import Store

    read = formats.get(options.format).read
    if read is None:
        raise UsageError(f"{options.format} holds too little to import", "onrecord formats tells which can be")
    records = read(sys.stdin.buffer.read() if options.file == STDIN else sources.load(Path(options.file)))
    by = f"human:{config.reviewer(options.name)}"
    with Store.open(arguments.db(options), by=by) as store:
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
    """Put records into the store, all in one durable batch; what cannot be taken is reported.

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
    batch: dict[str, Record] = {}
    for record in records:
        if isinstance(record, OnrecordError):
            terminal.problem(record)
        elif record.id in batch:
            terminal.problem(FormatError(f"the article {record.id!r} stands in the file twice", "the first was taken"))
        elif not store.has(record.id):
            tally["added"] += 1
            batch[record.id] = record
        elif merge or replace:
            tally["merged" if merge else "replaced"] += 1
            batch[record.id] = record
        else:
            hint = "--merge or --replace says what to do with it"
            terminal.problem(StoreError(f"the article {record.id!r} is there already", hint))
    if replace:
        for id_ in filter(store.has, batch):
            store.apply(_emptied(store.get(id_)), by)
    store.put_many(batch.values())
    return tally


def _emptied(record: Record) -> Change:
    """Return the change that takes away all that a record put in its place would have to respect."""
    claims = (Edit("claim", claim, None) for claim in record.claims)
    dates = (Edit("date", date, None) for date in record.dates)
    speakers = (Edit("speaker", speaker, None) for speaker in record.speakers)
    review = Edit("article", {"review": record.review}, {"review": Review()})
    return Change(record.id, "import", (*claims, *dates, *speakers, review))
