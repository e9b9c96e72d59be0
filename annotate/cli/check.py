"""`onrecord check`: verify the save file, and recover the data of a damaged one."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from annotate.cli import arguments, saved
from annotate.cli.terminal import Terminal
from annotate.errors import Exit
from annotate.plural import count

USAGE = "[--db FILE] [--repair OUT]"
EXAMPLES = ("onrecord check", "onrecord check --db annotations.json --repair repaired.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    arguments.add_db(parser)
    parser.add_argument("--repair", metavar="OUT", help="write everything that can be recovered to this new file")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Check or repair the save file."""
    from annotate.store import check, repair

    path = saved.existing(options)
    if options.repair is None:
        problems = check(path)
        result: dict[str, Any] = {"file": str(path), "problems": problems}
        lines = [*problems, f"{path}: {count(len(problems), 'problem')}" if problems else f"{path}: no problems found"]
    else:
        repaired = repair(path, options.repair)
        problems = list(repaired.problems)
        result = {"file": str(path), "repaired": options.repair, **asdict(repaired)}
        amounts = f"{count(repaired.articles, 'article')} and {count(repaired.claims, 'claim')}"
        lines = [*problems, f"{options.repair}: {amounts} recovered; {path} is unchanged"]
    terminal.result(result, "\n".join(lines))
    return Exit.FAILED if problems else Exit.OK
