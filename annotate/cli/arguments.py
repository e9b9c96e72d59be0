"""What the command lines have in common: the parser of each, shared options, checks of what was typed."""

from __future__ import annotations

import argparse
import keyword
import math
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from annotate import __version__, config
from annotate.cli.usage import command_parser
from annotate.errors import UsageError
from annotate.safe_files import Limits

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LIMITS = (
    ("article", "MB", "megabytes of the largest article, or line of a file of articles or records"),
    ("input", "MB", "megabytes of the largest input, unpacked, or save file"),
    ("ratio", "N", "how many times its size a gzipped input may unpack to"),
)
"""Fields of `Limits` that options set, each with its unit and meaning."""


def module(name: str) -> Any:
    """Import the module of a command."""
    return import_module(f"annotate.cli.{name}_" if keyword.iskeyword(name) else f"annotate.cli.{name}")


def parser(name: str, purpose: str) -> argparse.ArgumentParser:
    """Return the parser of a command: its own arguments, then those that every command has.

    Args:
        name: The command.
        purpose: What it is for, in a line.
    """
    command = module(name)
    made = command_parser(name, command.USAGE, purpose, command.EXAMPLES)
    command.add_arguments(made)
    add_common(made)
    return made


def add_common(made: argparse.ArgumentParser) -> None:
    """Add the options that every command has."""
    group = made.add_argument_group("options of every command")
    group.add_argument(
        "--engine",
        type=engine,
        default="learned",
        metavar="MODEL",
        help="what finds the claims: learned, a trained model with rules (the default); rules alone; or a folder that "
        "onrecord train has written",
    )
    group.add_argument(
        "--on", choices=("local", "dask"), default="local", metavar="WHERE", help="local or dask: where the work runs"
    )
    group.add_argument("--scheduler", metavar="ADDRESS", help="with --on dask: tcp://host:port")
    for limit, unit, meaning in _LIMITS:
        group.add_argument(
            f"--max-{limit}", type=one_or_more, default=getattr(Limits(), limit), metavar=unit,
            help=f"{meaning} (default: %(default)s)",
        )  # fmt: skip
    group.add_argument("--quiet", action="store_true", help="print errors and data, no progress, no summary")
    group.add_argument("--json", action="store_true", help="print the result or summary as one JSON object")
    group.add_argument("--version", action="version", version=f"onrecord {__version__}", help="print the version")


def refuse_what_is_missing(options: argparse.Namespace) -> None:
    """Say so when an option asks for a part that this version has not got.

    Raises:
        UsageError: it does.
    """
    if options.on == "dask" or options.scheduler:
        raise UsageError("labelling on many machines is not there yet", "leave --on and --scheduler out")


def add_db(made: argparse.ArgumentParser) -> None:
    """Add `--db`."""
    made.add_argument(
        "--db", type=Path, metavar="FILE", help="the save file (default: $ONRECORD_DB or annotations.json)"
    )


def add_backups(made: argparse.ArgumentParser) -> None:
    """Add `--backups`."""
    made.add_argument(
        "--backups", type=none_or_more, default=0, metavar="N",
        help="keep the N newest states of the save file beside it, one from before each sitting (default: none)",
    )  # fmt: skip


def add_output(made: argparse.ArgumentParser) -> None:
    """Add `-o`."""
    made.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="file to write, whole or not at all; compressed where its "
        "name ends in .gz (default: standard output)"
    )  # fmt: skip


def add_date(made: argparse.ArgumentParser) -> None:
    """Add `--date`."""
    made.add_argument("--date", type=day, metavar="D", help="day of publication of texts that carry none, 2026-01-31")


def add_follow_links(made: argparse.ArgumentParser) -> None:
    """Add `--follow-links`."""
    made.add_argument(
        "--follow-links", action="store_true",
        help="read what links in a folder or pattern lead to outside of it, too (a file that is named is always read)",
    )  # fmt: skip


def limits(options: argparse.Namespace) -> Limits:
    """Return how much may be read, as the options say."""
    return Limits(**{limit: getattr(options, f"max_{limit}") for limit, _, _ in _LIMITS})


def db(options: argparse.Namespace) -> Path:
    """Return the save file that `--db` names, or the default one."""
    return Path(options.db) if options.db else config.default_db()


def engine(text: str) -> str:
    """Check the name of an engine, or the folder of a model, typed as an argument."""
    if text not in ("rules", "learned") and not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is neither learned nor rules nor the folder of a model")
    return text


def day(text: str) -> str:
    """Check a date typed as an argument, `2026-01-31` or `2026-1-31`; return it as ISO has it."""
    written = _DAY.fullmatch(text)
    try:
        found = date(int(written[1]), int(written[2]), int(written[3])) if written else None
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write it as 2026-01-31")
    return found.isoformat()


def probability(text: str) -> float:
    """Check a number from 0 to 1 typed as an argument."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return value


def one_or_more(text: str) -> int:
    """Check a whole number above 0 typed as an argument."""
    if none_or_more(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def none_or_more(text: str) -> int:
    """Check a whole number typed as an argument."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
