"""`onrecord check`: verify the save file."""

from __future__ import annotations

import argparse

from annotate.cli import arguments
from annotate.cli.terminal import Terminal
from annotate.errors import Exit

USAGE = "[--db FILE] [--repair OUT]"
EXAMPLES = ("onrecord check", "onrecord check --db annotations.json --repair saved.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    arguments.add_db(parser)
    parser.add_argument("--repair", metavar="OUT", help="save what can be saved into this new file")


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Check the save file that the arguments name."""
    raise NotImplementedError
