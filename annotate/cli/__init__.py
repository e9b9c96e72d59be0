"""The commands of `onrecord`, a module each; nothing heavy is imported before one of them needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotate import __version__
from annotate.errors import Exit, OnrecordError, UsageError

if TYPE_CHECKING:
    import argparse

__all__ = ["COMMANDS", "complain", "guarded", "main", "meant", "parser"]

COMMANDS = {
    "extract": "analyse texts, print their records, save nothing",
    "label": "analyse texts and save what is found as suggestions",
    "export": "write claims out in another format",
    "import": "take records into the save file",
    "stats": "count articles and claims, and how often the engine was right",
    "score": "measure records or texts against gold labels",
    "merge": "make one save file of two, without loss",
    "check": "verify the save file, and repair it into a new one",
    "train": "learn from labelled articles how to find claims",
    "formats": "list the export and import formats",
}
"""Name and purpose of each command. Looking a name up here imports no command."""

_OVERVIEW = """\
usage: onrecord [PATH…] [--db FILE] [--as NAME]     read and review articles
       onrecord COMMAND …                           do one thing without the app

Who said what, and when: open news articles in the terminal and review what was found.
PATH is a file, a folder, a pattern, or - for standard input (none: the articles in the save file;
a file named like a command: ./label).

commands:
{commands}
  keys      list the keys of the app

options:
  --db FILE      the save file (default: $ONRECORD_DB, else annotations.json)
  --as NAME      who reviews (default: $ONRECORD_USER, the config file, the login name)
  --date DATE    the day of publication of texts that carry none, as 2026-01-31
  --read-only    look and decide nothing, also while another program has the save file open
  --backups N    keep the N newest states of the save file beside it
  --follow-links read what links in a folder lead to outside of it, too
  --engine MODEL what finds the claims: learned (the default), rules, or a trained model's folder
  --max-article MB, --max-input MB, --max-ratio N     how much is read: onrecord label --help tells more
  --version      print the version
  --help         print this; onrecord COMMAND --help tells more of a command

example: onrecord sample_articles
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all done, 1 something failed, 2 wrong usage.

    Args:
        argv: The words after `onrecord`; those of this process by default.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    return guarded(lambda: _command(words))


def guarded(run: Callable[[], int]) -> int:
    """Run something of `onrecord` and return its exit code; tell what went wrong, whatever the streams are like.

    Args:
        run: Returns an exit code, or raises an error of ours.
    """
    from annotate.cli import terminal

    terminal.open_streams()
    try:
        code = int(run())
    except SystemExit:  # argparse has printed the help, or the version
        code = Exit.OK
    except OnrecordError as error:
        code = complain(error)
    except MemoryError:
        code = complain(OnrecordError("there is not enough memory for this", "name fewer or smaller files at a time"))
    except BrokenPipeError:
        terminal.give_up_stdout()
        code = Exit.FAILED
    except KeyboardInterrupt:
        terminal.tell("onrecord: stopped")
        code = Exit.INTERRUPTED
    return terminal.ended(code)


def _command(words: Sequence[str]) -> int:
    from annotate.cli import terminal

    name = words[0] if words else ""
    if name in COMMANDS:
        return _run(name, words[1:])
    if name == "--version":
        terminal.show(f"onrecord {__version__}")
        return Exit.OK
    if name in ("", "-h", "--help"):
        terminal.write_stdout(overview().encode())
        return Exit.OK
    for line in overview().splitlines():
        terminal.tell(line)
    raise UsageError(f"there is no command {name!r}", meant(name))


def overview() -> str:
    """Return the help of `onrecord` itself."""
    return _OVERVIEW.format(commands="\n".join(f"  {name:<9} {purpose}" for name, purpose in COMMANDS.items()))


def parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command's arguments.

    Args:
        name: One of `COMMANDS`.
    """
    from annotate.cli import arguments

    return arguments.parser(name, COMMANDS[name])


def meant(word: str) -> str:
    """Return the question which command a word was meant to be; empty where it is like none, or a path."""
    from difflib import get_close_matches
    from pathlib import Path

    near = get_close_matches(word, (*COMMANDS, "keys"), 1, 0.75) if word.isalpha() else []
    return f"did you mean: onrecord {near[0]}" if near and not Path(word).exists() else ""


def _run(name: str, words: Sequence[str]) -> int:
    from annotate.cli import arguments, terminal
    from annotate.safe_files import limited

    options = parser(name).parse_args(words)
    arguments.refuse_what_is_missing(options)
    with limited(arguments.limits(options)):
        return int(arguments.module(name).run(options, terminal.Terminal(quiet=options.quiet, json=options.json)))


def complain(error: OnrecordError) -> Exit:
    """Tell what went wrong and what to do next, on standard error; return the exit code for it."""
    from annotate.cli import terminal

    terminal.tell(f"onrecord: {error.message}")
    if error.hint:
        terminal.tell(f"  {error.hint}")
    return Exit.USAGE if isinstance(error, UsageError) else Exit.FAILED
