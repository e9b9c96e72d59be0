"""Shared parts of the command lines: parsers, common options, validation of typed values."""

from __future__ import annotations

import argparse
import keyword
import math
import re
import shlex
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from annotate import __version__, config
from annotate.cli.usage import command_parser
from annotate.errors import UsageError
from annotate.safe_files import Limits
from annotate.uncertainty import LEAST

_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LIMITS = (
    ("article", "MB", "largest article, or line of a file of articles or records, in megabytes"),
    ("input", "MB", "largest input (unpacked) or save file, in megabytes"),
    ("ratio", "N", "largest ratio of unpacked to packed size of a gzipped input"),
)
"""Fields of `Limits` that options set, each with its unit and meaning."""


def module(name: str) -> Any:
    """Import the module of a command."""
    return import_module(f"annotate.cli.{name}_" if keyword.iskeyword(name) else f"annotate.cli.{name}")


def parser(name: str, purpose: str) -> argparse.ArgumentParser:
    """Return a command's parser: its own arguments, then the common options.

    Args:
        name: The command.
        purpose: Its purpose, in one line.
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
        help="engine that finds the claims: learned (a trained model and rules, the default), rules (rules alone), or "
        "a folder written by onrecord train",
    )
    group.add_argument(
        "--on", choices=("local", "dask"), default="local", metavar="WHERE", help="local; dask is not available yet"
    )
    group.add_argument("--scheduler", metavar="ADDRESS", help="tcp://host:port, for --on dask")
    for limit, unit, meaning in _LIMITS:
        group.add_argument(
            f"--max-{limit}", type=one_or_more, default=getattr(Limits(), limit), metavar=unit,
            help=f"{meaning} (default: %(default)s)",
        )  # fmt: skip
    group.add_argument("--quiet", action="store_true", help="print only errors and data, no progress and no summary")
    group.add_argument("--json", action="store_true", help="print the result or summary as one JSON object")
    group.add_argument("--version", action="version", version=f"onrecord {__version__}", help="print the version")


def refuse_what_is_missing(options: argparse.Namespace) -> None:
    """Refuse options that this version does not support yet, and paths that are web addresses.

    Raises:
        UsageError: one of them is given.
    """
    if options.on == "dask" or options.scheduler:
        raise UsageError("running on several machines is not available yet", "leave out --on and --scheduler")
    for path in getattr(options, "paths", ()):
        if _WEB_ADDRESS.match(path) and not Path(path).exists():
            raise UsageError(
                f"{path} is a web address, and Onrecord reads files only",
                f"fetch the page first: curl -L {shlex.quote(path)} | onrecord - (or save it and name its file)",
            )


def add_db(made: argparse.ArgumentParser) -> None:
    """Add `--db`."""
    made.add_argument(
        "--db", type=Path, metavar="FILE", help="the save file (default: $ONRECORD_DB or annotations.json)"
    )


def add_backups(made: argparse.ArgumentParser) -> None:
    """Add `--backups`."""
    made.add_argument(
        "--backups", type=none_or_more, default=0, metavar="N",
        help="keep the N newest backups of the save file beside it, one from before each run (default: 0, no backups)",
    )  # fmt: skip


def add_output(made: argparse.ArgumentParser) -> None:
    """Add `-o`."""
    made.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="output file, written whole or not at all; compressed if "
        "its name ends in .gz (default: standard output)"
    )  # fmt: skip


def add_date(made: argparse.ArgumentParser) -> None:
    """Add `--date`."""
    made.add_argument("--date", type=day, metavar="D", help="publication date of texts without one, as 2026-01-31")


def add_min_confidence(made: argparse.ArgumentParser) -> None:
    """Add `--min-confidence`."""
    made.add_argument(
        "--min-confidence", type=probability, default=LEAST, metavar="P",
        help="leave out suggestions of less confidence; 0 makes them all (default: %(default)s)",
    )  # fmt: skip


def add_follow_links(made: argparse.ArgumentParser) -> None:
    """Add `--follow-links`."""
    made.add_argument(
        "--follow-links", action="store_true",
        help="also read files outside a folder or pattern, through links in it (a file you name is always read)",
    )  # fmt: skip


def limits(options: argparse.Namespace) -> Limits:
    """Return the input limits set by the options."""
    return Limits(**{limit: getattr(options, f"max_{limit}") for limit, _, _ in _LIMITS})


def db(options: argparse.Namespace) -> Path:
    """Return the save file that `--db` names, or the default one."""
    return Path(options.db) if options.db else config.default_db()


def engine(text: str) -> str:
    """Validate an engine argument: a name, or the folder of a model."""
    if text not in ("rules", "learned") and not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is not an engine: write learned, rules, or the folder of a model")
    return text


def day(text: str) -> str:
    """Validate a date argument, `2026-01-31` or `2026-1-31`; return it in ISO format."""
    written = _DAY.fullmatch(text)
    try:
        found = date(int(written[1]), int(written[2]), int(written[3])) if written else None
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it as 2026-01-31")
    return found.isoformat()


def probability(text: str) -> float:
    """Validate a number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def one_or_more(text: str) -> int:
    """Validate a whole number of 1 or more."""
    if not _is_whole(text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def none_or_more(text: str) -> int:
    """Validate a whole number of 0 or more."""
    if not _is_whole(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()
