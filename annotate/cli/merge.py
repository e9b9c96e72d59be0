"""`onrecord merge`: make one save file of two."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import config
from annotate.cli.terminal import Terminal
from annotate.errors import Exit
from annotate.origin import human
from annotate.plural import count

if TYPE_CHECKING:
    from annotate.store import Conflict

USAGE = "A B -o C [--as NAME]"
EXAMPLES = ("onrecord merge ada.json bo.json -o both.json",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("first", metavar="A", type=Path, help="a save file; wins where nothing says which is better")
    parser.add_argument("second", metavar="B", type=Path, help="another one, of somebody else or a copy that went on")
    parser.add_argument("-o", "--output", required=True, metavar="C", type=Path, help="the new save file")
    parser.add_argument("--as", dest="name", metavar="NAME", help="who merges, for the history")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Merge what the arguments name, and list what two people decided differently."""
    from annotate.store import merge

    by = human(config.reviewer(options.name))
    merged = merge(options.first, options.second, options.output, by)
    told = [f"{old} of {options.second} is another text; it is {new} now" for old, new in merged.renamed]
    told += map(_told, merged.conflicts)
    if merged.conflicts:
        told.append(f"{count(len(merged.conflicts), 'conflict')}: both are kept; claims have the tag conflict")
    amounts = f"{count(merged.articles, 'article')} and {count(merged.claims, 'claim')}"
    result = {
        "file": str(options.output),
        "articles": merged.articles,
        "claims": merged.claims,
        "conflicts": [conflict._asdict() for conflict in merged.conflicts],
        "renamed": [list(pair) for pair in merged.renamed],
    }
    terminal.result(result, "\n".join([*told, f"{options.output}: {amounts}"]))
    return Exit.OK


def _told(conflict: Conflict) -> str:
    if conflict.kind == "article":
        return f"{conflict.article}: the {conflict.first} could be {conflict.second} too"
    return f"{conflict.article}: {conflict.kind} {conflict.first} and {conflict.second}"
