"""The commands of `onrecord`, one module each; heavy imports are deferred until a command needs them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotate import __version__
from annotate.errors import Exit, OnrecordError, UsageError

if TYPE_CHECKING:
    import argparse

__all__ = ["COMMANDS", "OF_THE_APP", "complain", "guarded", "main", "meant", "parser"]

COMMANDS = {
    "extract": "analyse texts and print their records; nothing is saved",
    "label": "analyse articles and save the claims found as suggestions",
    "export": "export claims to another format",
    "import": "import records into the save file",
    "stats": "count articles and claims, and report how often the engine was right",
    "score": "score records or texts against gold labels: precision, recall and F",
    "merge": "merge two save files into a new one, keeping every decision",
    "check": "check the save file for damage, or repair it into a new file",
    "train": "train the model that finds claims on labelled articles",
    "formats": "list the export and import formats",
}
"""Name and purpose of each command. Looking a name up here imports no command."""
OF_THE_APP = {
    "keys": "list the keys of the app, and the names to rebind them by",
    "doctor": "check what works on this computer, and say what to do about the rest",
}
"""Name and purpose of each command that needs the app; `tui.main` runs them."""

_OVERVIEW = """\
usage: onrecord [PATH…] [--db FILE] [--as NAME]     read and review articles
       onrecord COMMAND …                           run one command without the app

Find who said what, and when: open news articles in the terminal and review the claims found.
PATH is a file, a folder, a pattern, or - for standard input. Without a PATH, the articles in the
save file are opened. To open a file that is named like a command, write ./label.

commands:
{commands}

options:
  --db FILE      the save file (default: $ONRECORD_DB, else annotations.json)
  --as NAME      name of the reviewer (default: $ONRECORD_USER, the config file, the login name)
  --date DATE    publication date of texts without one, as 2026-01-31
  --linear       review in plain lines, without a screen: for screen readers and braille lines
  --read-only    read without changing anything, even while another program has the save file open
  --backups N    keep the N newest backups of the save file beside it
  --follow-links also read files outside a folder, through links in it
  --engine MODEL engine that finds the claims: learned (the default), rules, or the folder of a model
  --max-article MB, --max-input MB, --max-ratio N     limits on inputs; see onrecord label --help
  --version      print the version
  --help         print this help; see onrecord COMMAND --help for one command

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
    """Run a part of `onrecord` and return its exit code; errors are reported even if a standard stream is closed.

    Args:
        run: Returns an exit code, or raises an `OnrecordError`.
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
        code = complain(OnrecordError("there is not enough memory", "open fewer or smaller files at a time"))
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
    raise UsageError(f"unknown command {name!r}", meant(name))


def overview() -> str:
    """Return the help of `onrecord` itself."""
    commands = (COMMANDS | OF_THE_APP).items()
    return _OVERVIEW.format(commands="\n".join(f"  {name:<9} {purpose}" for name, purpose in commands))


def parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command's arguments.

    Args:
        name: One of `COMMANDS`.
    """
    from annotate.cli import arguments

    return arguments.parser(name, COMMANDS[name])


def meant(word: str) -> str:
    """Return a hint with the command that a misspelled word resembles; empty for other words and existing paths."""
    from difflib import get_close_matches
    from pathlib import Path

    near = get_close_matches(word, (*COMMANDS, *OF_THE_APP), 1, 0.75) if word.isalpha() else []
    return f"did you mean: onrecord {near[0]}" if near and not Path(word).exists() else ""


def _run(name: str, words: Sequence[str]) -> int:
    from annotate.cli import arguments, terminal
    from annotate.safe_files import limited

    options = parser(name).parse_args(words)
    arguments.refuse_what_is_missing(options)
    with limited(arguments.limits(options)):
        return int(arguments.module(name).run(options, terminal.Terminal(quiet=options.quiet, json=options.json)))


def complain(error: OnrecordError) -> Exit:
    """Report an error and its hint on standard error; return the exit code for it."""
    from annotate.cli import terminal

    terminal.tell(f"onrecord: {error.message}")
    if error.hint:
        terminal.tell(f"  {error.hint}")
    return Exit.USAGE if isinstance(error, UsageError) else Exit.FAILED
