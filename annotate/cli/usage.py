"""Command line parser with our own errors, and help that looks the same everywhere."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from annotate.cli.terminal import write_stdout
from annotate.errors import UsageError


class Parser(argparse.ArgumentParser):
    """A parser that raises errors instead of printing them.

    Raises:
        UsageError: from `parse_args`: the arguments are invalid.
        OutputError: standard output cannot be written.
    """

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002 # argparse names standard output
        write_stdout(message.encode())

    def error(self, message: str) -> NoReturn:
        """Raise in place of printing."""
        raise UsageError(message, f"{self.prog} --help explains the usage")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help that looks the same in every Python version and terminal width: the docs quote it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        names = ", ".join(action.option_strings)
        if not names:
            return str(action.metavar or action.dest)
        return names if action.nargs == 0 else f"{names} {action.metavar or action.dest.upper()}"


def command_parser(name: str, usage: str, purpose: str, examples: Sequence[str]) -> Parser:
    """Return the parser of a command, without its arguments.

    Args:
        name: The command.
        usage: The words that may follow its name.
        purpose: Its purpose, in one line.
        examples: Whole command lines.
    """
    return Parser(
        prog=f"onrecord {name}",
        usage=f"onrecord {name} {usage}".rstrip(),
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog="examples:\n" + "".join(f"  {example}\n" for example in examples),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
