"""What a command tells its person: data to standard output, everything else to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson

from annotate.errors import Exit, OnrecordError, OutputError
from annotate.safe import safe, safe_line

_PROBLEMS_SHOWN = 20
"""Of more, only the number is told: a wrong file can have one on every line."""


class Terminal:
    """The two streams of one run, and whether all of it went well.

    Args:
        quiet: No progress, no summary.
        json: The summary is one JSON object.
    """

    def __init__(self, *, quiet: bool = False, json: bool = False) -> None:
        self.quiet = quiet
        self.json = json
        self.problems = 0

    def problem(self, error: OnrecordError) -> None:
        """Report what failed in one line; the rest goes on and the exit code will be 1."""
        self.problems += 1
        if self.problems <= _PROBLEMS_SHOWN:
            print(f"onrecord: {safe_line(str(error))}", file=sys.stderr)

    def note(self, line: str) -> None:
        """Tell something worth knowing that is no failure."""
        if not self.quiet:
            print(safe_line(line), file=sys.stderr)

    def result(self, value: Mapping[str, Any], text: str) -> None:
        """Print what was asked for: as text, harmless in a pipe too, or with --json as the value."""
        if self.json:
            write_stdout(orjson.dumps(value) + b"\n")
        else:
            write_stdout(safe(text).encode() + b"\n")

    def finish(self, summary: Mapping[str, Any], line: str, *, data_on_stdout: bool = False) -> Exit:
        """Print the summary and return the exit code.

        Args:
            summary: For --json; printed on standard error where standard output holds the data.
            line: For a person.
            data_on_stdout: Whether it does.
        """
        code = self.exit_code()
        if self.json:
            line = orjson.dumps({**summary, "failed": self.problems}).decode()
            if data_on_stdout:
                print(line, file=sys.stderr)
            else:
                write_stdout(line.encode() + b"\n")
        else:
            self.note(f"{line}; {self.problems:,} failed" if self.problems else line)
        return code

    def exit_code(self) -> Exit:
        """Return how the run went, and tell how many problems were not shown."""
        hidden = self.problems - _PROBLEMS_SHOWN
        if hidden > 0:
            print(f"onrecord: and {hidden:,} more failures", file=sys.stderr)
        return Exit.FAILED if self.problems else Exit.OK

    @contextmanager
    def progress(self, total: int | None) -> Iterator[Callable[[str], None]]:
        """Show a bar while articles go by, on a terminal only.

        Args:
            total: Number of articles, None where nobody can know.

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


def write_stdout(data: bytes) -> None:
    """Write UTF-8 to standard output: untouched to a file or pipe, harmless to a terminal.

    Raises:
        OutputError: it cannot be written, on a full disk for example.
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
        raise OutputError(f"standard output cannot be written ({error.strerror})") from None


def make_streams_patient() -> None:
    """Print what a stream's encoding has no sign for as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def give_up_stdout() -> None:
    """Let the interpreter end quietly when standard output takes nothing any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
