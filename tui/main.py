"""The `onrecord` command: a command of the library, or, without one, the app."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotate import cli
from annotate.cli.terminal import show, tell
from annotate.errors import Exit, ReadError, UsageError

if TYPE_CHECKING:
    import argparse

    from annotate.config import Config
    from annotate.read import Article, Source
    from annotate.store import Store
    from tui.session.session import Session

_LIBRARY_OPTIONS = ("--version", "--help", "-h")
_LATER = ("compare", "report", "serve")
"""Names reserved for future commands, so that no script uses them for files."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `onrecord` and return its exit code.

    Args:
        argv: The words after the command's name; those of this process by default.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words and (words[0] in cli.COMMANDS or words[0] in _LIBRARY_OPTIONS):
        return cli.main(words)
    return cli.guarded(lambda: _app(words))


def _app(words: Sequence[str]) -> int:
    if words and words[0] in cli.OF_THE_APP:
        return {"keys": _keys, "doctor": _doctor}[words[0]](words[1:])
    if words and words[0] in _LATER:
        raise UsageError(
            f"the command {words[0]} is not available yet", f"to open a file of that name, write ./{words[0]}"
        )
    if words and words[0] == "open":
        words = words[1:]
    elif words and (question := cli.meant(words[0])):
        raise UsageError(f"there is no command or file {words[0]!r}", question)
    return _open(_arguments(words))


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    from annotate.cli import arguments
    from annotate.cli.usage import Parser

    parser = Parser(prog="onrecord", add_help=False, allow_abbrev=False)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--db")
    parser.add_argument("--as", dest="reviewer")
    arguments.add_date(parser)
    parser.add_argument("--read-only", action="store_true")
    parser.add_argument("--linear", action="store_true")
    arguments.add_follow_links(parser)
    arguments.add_backups(parser)
    parser.add_argument("--help", "-h", action="store_true")
    arguments.add_common(parser)
    options = parser.parse_args(words)
    arguments.refuse_what_is_missing(options)
    return options


def _open(options: argparse.Namespace) -> int:
    """Open the app with the options of the command line."""
    from annotate.cli import arguments
    from annotate.safe_files import limited

    if options.help:
        return cli.main(["--help"])
    with limited(arguments.limits(options)):
        return _open_within_limits(options)


def _open_within_limits(options: argparse.Namespace) -> int:
    inputs = list(_inputs(options.paths, follow_links=options.follow_links))
    problems = [problem for problem in inputs if isinstance(problem, ReadError)]
    if inputs and len(problems) == len(inputs):
        for problem in problems:
            cli.complain(problem)
        return Exit.FAILED
    from annotate import config
    from annotate.store import Store

    settings = config.load()
    db = options.db or config.default_db()
    store = Store.open(db, read_only=options.read_only, backups=options.backups)
    try:
        with store:
            return _review(store, options, inputs, settings)
    finally:
        for notice in store.notices:
            tell(f"onrecord: {notice}")


def _review(
    store: Store, options: argparse.Namespace, inputs: Sequence[Source | Article | ReadError], settings: Config
) -> int:
    from annotate import config
    from annotate.read.paths import STANDARD_INPUT
    from tui.session.engine_process import COMMAND, EngineProcess
    from tui.session.session import Session

    engine = EngineProcess((*COMMAND, options.engine))
    session = Session(store, config.reviewer(options.reviewer), engine, options.date)
    session.add(inputs)
    if not inputs:
        session.add_stored()
    try:
        if not options.linear:
            return _run(session, settings)
        if STANDARD_INPUT in options.paths:  # it held an article
            _keys_from_terminal()
        return _run_in_lines(session, settings)
    finally:
        engine.close()


def _run(session: Session, settings: Config) -> int:
    from tui.session import garbage

    garbage.hold_off()
    from tui.app import OnrecordApp
    from tui.keys import escape
    from tui.session.signals import Ending

    app = OnrecordApp(session, settings)
    if not app.has_article:
        session.close()
        return _nothing_to_open(session)
    if not sys.stdout.isatty():  # noqa: TID251 # a question, no print
        raise UsageError("the app needs a terminal", "use `onrecord extract` in a pipeline, or --linear")
    _keys_from_terminal()
    if sys.platform != "win32":
        escape.install()
    drawn_by = sys.__stderr__  # noqa: TID251 # Textual's own way to the terminal
    if isinstance(drawn_by, io.TextIOWrapper):  # it takes keys for UTF-8 in every locale
        drawn_by.reconfigure(encoding="utf-8")
    with Ending(app):
        app.run()
    if session.record is None and all(entry.error for entry in session.entries):
        return _nothing_to_open(session)
    return app.return_code or Exit.OK


def _run_in_lines(session: Session, settings: Config) -> int:
    from tui.plain.linear import command

    code = command.run(session, settings)
    return _nothing_to_open(session) if code is None else code


def _inputs(paths: Sequence[str], *, follow_links: bool) -> Iterator[Source | Article | ReadError]:
    """Expand paths; files of many articles, and standard input, are read at once."""
    from annotate.read import expand, read
    from annotate.read.paths import ROW_SUFFIXES

    for source in expand(paths, follow_links=follow_links):
        if isinstance(source, ReadError) or (source.path and not source.has_suffix(*ROW_SUFFIXES)):
            yield source
            continue
        try:
            yield from read(source)
        except ReadError as error:
            yield error


def _keys_from_terminal() -> None:
    """Read keys from the terminal when standard input is a pipe.

    Raises:
        UsageError: there is no terminal.
    """
    if sys.stdin.isatty():
        return
    try:
        terminal = os.open(os.ctermid(), os.O_RDWR)
    except OSError as error:
        raise UsageError(f"no terminal to take keys from ({error.strerror})", "run it in a terminal") from None
    os.dup2(terminal, 0)
    os.close(terminal)


def _nothing_to_open(session: Session) -> int:
    problems = [entry.error for entry in session.entries]
    for problem in problems:
        tell(f"onrecord: {problem}")
    if problems:
        return Exit.FAILED
    raise UsageError(f"there are no articles in {session.store.path}", "try: onrecord FILE_OR_FOLDER …")


def keys_parser() -> argparse.ArgumentParser:
    """Return the parser of `onrecord keys`, with the common options only."""
    from annotate.cli.arguments import add_common
    from annotate.cli.usage import command_parser

    examples = ("onrecord keys", "onrecord keys | grep -i claim")
    parser = command_parser("keys", "", cli.OF_THE_APP["keys"], examples)
    add_common(parser)
    return parser


def _keys(words: Sequence[str]) -> int:
    from tui.keys.tables import key_json, key_table

    options = keys_parser().parse_args(words)
    show(key_json() if options.json else key_table())
    return Exit.OK


def _doctor(words: Sequence[str]) -> int:
    from tui.plain.doctor import command

    return command.run(words)


if __name__ == "__main__":
    sys.exit(main())
