"""`onrecord doctor`: report each check, and the next step for each failure."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from annotate.cli import OF_THE_APP, arguments
from annotate.cli.terminal import Terminal
from annotate.cli.usage import command_parser
from annotate.errors import Exit
from tui.plain.doctor import machine, settings, terminal
from tui.plain.doctor.check import Check, all_needed_work, table


def run(words: Sequence[str]) -> Exit:
    """Run the command with its arguments."""
    options = parser().parse_args(words)
    arguments.refuse_what_is_missing(options)
    checks = all_checks(options)
    works = all_needed_work(checks)
    Terminal(json=options.json).result({"works": works, "checks": [asdict(check) for check in checks]}, table(checks))
    return Exit.OK if works else Exit.FAILED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    examples = ("onrecord doctor", "onrecord doctor --json")
    made = command_parser("doctor", "[--db FILE] [--json]", OF_THE_APP["doctor"], examples)
    arguments.add_db(made)
    arguments.add_common(made)
    return made


def all_checks(options: argparse.Namespace) -> list[Check]:
    """Run all checks; the language model's takes seconds."""
    return [
        terminal.terminal(),
        terminal.locale(),
        terminal.colours(),
        terminal.copying(),
        machine.language_model(options.engine),
        machine.processor(),
        machine.locks(arguments.db(options)),
        settings.config_file(),
    ]
