"""Output of the commands: data to standard output, everything else to standard error.

Nothing else in the project prints. Text is made harmless here, and streams that cannot be written are reported.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

import orjson

from annotate.errors import Exit, OnrecordError, OutputError
from annotate.safe import safe, safe_line, visible

_PROBLEMS_SHOWN = 20
"""Maximum number of problems printed; the others are only counted, as a wrong file can have one on every line."""


class Terminal:
    """The two output streams of one run, and a count of its failures.

    Args:
        quiet: No progress, no summary.
        json: The summary is one JSON object.
    """

    def __init__(self, *, quiet: bool = False, json: bool = False) -> None:
        self.quiet = quiet
        self.json = json
        self.problems = 0

    def problem(self, error: OnrecordError) -> None:
        """Report a failure in one line; the run continues, and its exit code will be 1."""
        self.problems += 1
        if self.problems <= _PROBLEMS_SHOWN:
            tell(f"onrecord: {error}")

    def note(self, line: str) -> None:
        """Print a note that is not a failure."""
        if not self.quiet:
            tell(line)

    def result(self, value: Mapping[str, Any], text: str) -> None:
        """Print a command's result: as text without control characters, or with --json as a JSON value."""
        if self.json:
            write_stdout(visible(orjson.dumps(value)) + b"\n")
        else:
            show(text)

    def finish(self, summary: Mapping[str, Any], line: str, *, data_on_stdout: bool = False) -> Exit:
        """Print the summary and return the exit code.

        Args:
            summary: For --json; printed on standard error where standard output holds the data.
            line: For a person.
            data_on_stdout: True if it does.
        """
        code = self.exit_code()
        if self.json:
            told = visible(orjson.dumps({**summary, "failed": self.problems}))
            if data_on_stdout:
                tell(told.decode())
            else:
                write_stdout(told + b"\n")
        else:
            self.note(f"{line}; {self.problems:,} failed" if self.problems else line)
        return code

    def exit_code(self) -> Exit:
        """Return the exit code, and report the number of failures not shown."""
        hidden = self.problems - _PROBLEMS_SHOWN
        if hidden > 0:
            tell(f"onrecord: and {hidden:,} more failures")
        return Exit.FAILED if self.problems else Exit.OK

    @contextmanager
    def progress(self, total: int | None) -> Iterator[Callable[[str], None]]:
        """Show a progress bar, on a terminal only.

        Args:
            total: Number of articles, None if unknown.

        Yields:
            A function to call after each article, with its name.
        """
        if self.quiet or self.json or not sys.stderr.isatty():
            yield lambda _name: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
            task = bar.add_task("", total=total)
            yield lambda name: bar.update(task, advance=1, description=safe_line(name))


_mute: set[str] = set()
"""Streams of this run that could no longer be written: standard error, or none."""


def open_streams() -> None:
    """Prepare the standard streams for a run: open closed ones, and print unencodable characters as escapes.

    Otherwise the next file opened would get the number of a closed stream, and output would be written into it. A
    closed standard input or output is replaced by a stream that fails when used, so that lost output is reported.
    """
    _mute.clear()
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest number that is free: this one
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 # a number, open as long as the program runs
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 # the same
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 # the same
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def ended(code: int) -> int:
    """Return the exit code of a run; a failure, too, if messages could not be written to standard error."""
    return code or (Exit.FAILED if _mute else Exit.OK)


def tell(line: str) -> None:
    """Write a harmless line to standard error; if that fails, the run continues and ends with a failure."""
    try:
        print(safe_line(line), file=sys.stderr, flush=True)
    except OSError:
        _mute.add("standard error")
        _give_up(sys.stderr)


def show(text: str) -> None:
    """Print harmless text to standard output, as `write_stdout` does."""
    write_stdout(safe(text).encode() + b"\n")


def write_stdout(data: bytes) -> None:
    """Write UTF-8 to standard output: untouched to a file or pipe, harmless to a terminal.

    Raises:
        OutputError: it is closed or cannot be written, on a full disk for example.
        BrokenPipeError: its reader has gone.
    """
    try:
        if sys.stdout.isatty():
            print(safe(data.decode(errors="replace").replace("\r\n", "\n")), end="")
        else:
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        give_up_stdout()
        reason = "it is closed" if error.errno == errno.EBADF else error.strerror
        raise OutputError(f"standard output cannot be written ({reason})") from None


def give_up_stdout() -> None:
    """Let the interpreter end quietly when standard output can no longer be written."""
    _give_up(sys.stdout)


def _give_up(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
