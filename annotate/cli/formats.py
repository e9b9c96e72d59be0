"""`onrecord formats`: list the export and import formats."""

from __future__ import annotations

import argparse

from annotate.cli.terminal import Terminal
from annotate.errors import Exit
from annotate.formats import FORMATS

USAGE = "[--json]"
EXAMPLES = ("onrecord formats",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command has only the common options."""


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:  # noqa: ARG001 - every command is called alike
    """Print the formats."""
    rows = [
        {"name": f.name, "suffix": f.suffix, "import": f.read is not None, "description": f.description}
        for f in FORMATS.values()
    ]
    terminal.result({"formats": rows}, table())
    return Exit.OK


def table() -> str:
    """Return the formats as a table for people."""
    lines = [
        f"{f.name:<10} {f.suffix:<7} {'export, import' if f.read else 'export':<15} {f.description}"
        for f in FORMATS.values()
    ]
    return "\n".join(lines)
