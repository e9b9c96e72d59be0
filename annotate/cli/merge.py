"""`onrecord merge`: merge two save files into a new one."""

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
    parser.add_argument("first", metavar="A", type=Path, help="a save file; its version wins a tie")
    parser.add_argument("second", metavar="B", type=Path, help="another save file: a colleague's, or an edited copy")
    parser.add_argument("-o", "--output", required=True, metavar="C", type=Path, help="the new save file")
    parser.add_argument("--as", dest="name", metavar="NAME", help="your name, for the history")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Merge two save files, and list the conflicts: decisions in which two people differ."""
    from annotate.store import merge

    by = human(config.reviewer(options.name))
    merged = merge(options.first, options.second, options.output, by)
    told = [f"{old} of {options.second} has a different text; it was saved as {new}" for old, new in merged.renamed]
    told += map(_told, merged.conflicts)
    if merged.conflicts:
        told.append(
            f"{count(len(merged.conflicts), 'conflict')}: both versions are kept, and the claims are tagged conflict"
        )
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
        return f"{conflict.article}: {conflict.first} is a possible duplicate of {conflict.second}"
    return f"{conflict.article}: {conflict.kind} {conflict.first} and {conflict.second}"
