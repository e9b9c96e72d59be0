"""`onrecord stats`: count articles, claims and speakers in the save file."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from annotate import stats as counting
from annotate.cli import arguments, saved
from annotate.cli.terminal import Terminal
from annotate.errors import Exit
from annotate.plural import count
from annotate.safe import safe_line

USAGE = "[--db FILE] [--json]"
EXAMPLES = ("onrecord stats", "onrecord stats --db annotations.json --json")
_SPEAKERS_SHOWN = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    arguments.add_db(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Print the counts of the save file."""
    records = saved.records(saved.existing(options), terminal)
    counted = counting.stats(records)
    terminal.result(counted.to_dict(), "\n".join(_lines(counted)))
    return terminal.exit_code()


def _lines(counted: counting.Stats) -> Iterator[str]:
    yield f"{count(counted.articles, 'article')}, {count(counted.words, 'word')}, {count(counted.claims, 'claim')}"
    yield from _table("articles by review", counted.reviews)
    yield from _table("claims by status", counted.statuses)
    yield from _table("claims by type", counted.types)
    yield from _table("claims by speaker", counted.speakers)
    yield ""
    yield from _engine(counted.engine)


def _table(title: str, counts: Counter[str]) -> Iterator[str]:
    if not counts:
        return
    yield f"\n{title}"
    for name, number in counts.most_common(_SPEAKERS_SHOWN):
        yield f"  {number:>7,}  {safe_line(name)}"
    if len(counts) > _SPEAKERS_SHOWN:
        yield f"           and {len(counts) - _SPEAKERS_SHOWN:,} more (--json lists them all)"


def _engine(judged: counting.Judged) -> Iterator[str]:
    if judged.precision is None:
        yield "engine: none of its suggestions has been reviewed yet"
    else:
        yield f"engine: {judged.precision:.0%} of {count(judged.decided, 'reviewed suggestion')} were accepted"
        yield f"  {judged.right:>7,}  accepted as they were"
        yield f"  {judged.mended:>7,}  accepted after an edit"
        yield f"  {judged.wrong:>7,}  rejected or deleted"
        yield f"  {judged.missed:>7,}  missed by the engine, added by people"
    if judged.accepted_itself:
        yield f"  {judged.accepted_itself:>7,}  accepted automatically (label --accept-above), not reviewed"
