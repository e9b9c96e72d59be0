"""The engine as a process: articles in, labelled records out.

Starting and asking never block; answers come on a thread of their own.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any, Literal, NamedTuple

import orjson

from annotate.errors import OnrecordError
from annotate.model import Record, ReviewState
from annotate.read import Article
from annotate.units import NO_UNITS, Units

EngineState = Literal["starting", "reading", "ready", "failed"]


class Progress(NamedTuple):
    """State of the engine."""

    state: EngineState
    detail: str = ""
    """Id of the article being read, or the reason of a failure."""
    length: int = 0
    """Code points of the article being read."""


@dataclass(frozen=True)
class Label:
    """The engine's result for one article.

    It is decoded on demand: decoding a long record takes processor time from the keys, and most are read ahead.
    """

    line: bytes = field(repr=False)
    """The record in JSON."""
    title: str | None = None
    date: str | None = None
    state: ReviewState = "suggested"
    claims: int = 0
    doubt: float = 0.0

    @cached_property
    def record(self) -> Record:
        """The record.

        Raises:
            OnrecordError: the result is not a record.
        """
        return Record.from_json(self.line)


class Answer(NamedTuple):
    """The engine's answer for one article: its result, or an error."""

    id: str
    label: Label | None
    error: str = ""

    def decoded(self) -> Answer:
        """Decode the record now; return the answer, or an error if it is invalid."""
        try:
            _ = self.label and self.label.record
        except OnrecordError as error:
            return Answer(self.id, None, str(error))
        return self


class Part(NamedTuple):
    """A part of an article to find units in."""

    id: str
    """The article's id."""
    text: str
    start: int
    """Offset of the part in the article."""


class UnitsFound(NamedTuple):
    """The units of a part of an article."""

    id: str
    units: Units


Found = Progress | Answer | UnitsFound
Listener = Callable[[Found], None]
_LOADING = 180.0
"""Timeout for loading the engine, in seconds: many times the usual time, as the engine gets only spare processor
time."""
_READING = 120.0
"""Timeout for an article, in seconds, plus a second for each `_PER_SECOND` code points."""
_PER_SECOND = 500
_GRACE = 1.0
"""Extra seconds for an answer that arrived while this program was stopped."""
COMMAND = (sys.executable, "-m", "annotate.worker")
"""Command of the engine's process; the engine's name may follow."""


class EngineProcess:
    """The process `python -m annotate.worker`, sent one article at a time, the most urgent first.

    Args:
        command: The program to start; another one in tests.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._listener: Listener = _nobody
        self._lock = threading.Lock()
        self._waiting: dict[str, Article] = {}
        self._part: Part | None = None
        """The part of an article to find units in, before any article is read."""
        self._asked: Article | Part | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._failed_at: set[str] = set()
        """Articles that made it fail once; after a second failure they are skipped."""
        self._limit: threading.Timer | None = None
        self._late = ""
        """Message about a timeout; empty unless the process was killed for one."""
        self._ready = False
        self._closed = False

    def start(self, listener: Listener) -> None:
        """Start the process, which reports `ready` once it has loaded.

        Call it after the first frame: both need the processor.

        Args:
            listener: Called, on a thread of the service, with every change of state and every answer.
        """
        self._listener = listener
        self._start()

    def ask(self, article: Article, *, first: bool = False) -> None:
        """Ask for an article, before all waiting ones if `first`; asking again changes nothing."""
        with self._lock:
            if isinstance(self._asked, Article) and self._asked.id == article.id:
                return
            self._waiting.pop(article.id, None)
            if first:
                self._waiting = {article.id: article} | self._waiting
            else:
                self._waiting[article.id] = article
        self._hand_over()

    def ask_units(self, part: Part) -> None:
        """Ask for the units of a part of an article, before all articles; a later part replaces one that waits."""
        with self._lock:
            self._part = part
        self._hand_over()

    def retry(self) -> None:
        """Restart after a failure, with the article that caused it unless that is skipped."""
        with self._lock:
            if isinstance(self._asked, Article):
                self._waiting = {self._asked.id: self._asked} | self._waiting
            self._asked = None
        self._start()

    def close(self) -> None:
        """Kill the process without waiting for its end: it has nothing to save."""
        self._closed = True
        self._keep_time(None)
        if self._process is not None:
            self._process.kill()

    def _start(self) -> None:
        self._ready, self._late = False, ""
        self._tell(Progress("starting"))
        try:
            errors = tempfile.TemporaryFile()  # noqa: SIM115 # lives as long as the process
        except OSError as error:
            self._tell(Progress("failed", str(error)))
            return
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        except OSError as error:
            errors.close()
            self._tell(Progress("failed", str(error)))
            return
        self._keep_time(_LOADING)
        threading.Thread(target=self._read, args=(self._process, errors), name="engine", daemon=True).start()

    def _hand_over(self) -> None:
        with self._lock:
            if not self._ready or self._asked is not None or self._process is None:
                return
            part, self._part = self._part, None
            if part is None and not self._waiting:
                return
            asked = part if part is not None else self._waiting.pop(next(iter(self._waiting)))
            self._asked = asked
        self._keep_time(_READING + len(asked.text) / _PER_SECOND)
        if isinstance(asked, Article):
            self._tell(Progress("reading", asked.id, len(asked.text)))
            request = {name: getattr(asked, name) for name in ("id", "text", "date", "title", "url", "path")}
        else:
            request = {"id": asked.id, "units": asked.text, "start": asked.start}
        # Written on a thread of its own: a long article does not fit into the pipe.
        line = orjson.dumps(request) + b"\n"
        threading.Thread(target=_write, args=(self._process, line), daemon=True).start()

    def _read(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with errors, process.stdout:
            why = ""
            try:
                while (line := process.stdout.readline()).endswith(b"\n"):  # half a line: the process died in it
                    self._hear(orjson.loads(line), process.stdout)
            except Exception as error:  # noqa: BLE001 # no answer, or no memory for it: that must not go unsaid
                process.kill()
                why = f"its answer could not be read ({type(error).__name__}: {error})"
            self._keep_time(None)
            process.wait()
            with suppress(OSError):  # half an article may still be in the pipe to the dead process
                process.stdin.close()
            self._ready = False
            self._fail(why or self._late or _last_words(errors) or _ending(process.returncode))

    def _fail(self, why: str) -> None:
        """Report a failure; after an article's second one, skip it for the sake of the others."""
        with self._lock:
            article = self._asked if isinstance(self._asked, Article) else None
            if article is None:
                self._asked = None
            given_up = article is not None and article.id in self._failed_at
            if article is not None:
                self._failed_at.add(article.id)
            if given_up:
                self._asked = None
        if article is not None and given_up:
            self._tell(Answer(article.id, None, f"the engine failed twice on this article: {why}"))
        self._tell(Progress("failed", why))

    def _hear(self, message: dict[str, Any], lines: IO[bytes]) -> None:
        answer = None if "state" in message else _answer(message, lines)
        if answer is None and "state" not in message:
            return
        self._keep_time(None)  # before the next article is sent, whose timeout begins then
        if answer is None:
            self._ready = True
        else:
            with self._lock:
                asked, self._asked = self._asked, None
            if isinstance(asked, Part) and isinstance(answer, Answer):
                answer = UnitsFound(asked.id, NO_UNITS)  # words and sentences can be selected without them
            self._tell(answer)
        self._tell(Progress("ready"))
        self._hand_over()

    def _keep_time(self, seconds: float | None) -> None:
        """Start the timeout for the next answer; with None, stop it."""
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        if seconds is not None:
            self._limit = threading.Timer(seconds, self._end_late, (self._process, seconds))
            self._limit.daemon = True
            self._limit.start()

    def _end_late(self, process: subprocess.Popen[bytes] | None, seconds: float) -> None:
        time.sleep(_GRACE)
        if process is not None and self._limit is threading.current_thread():
            self._late = f"it did not answer for {seconds:.0f} seconds"
            process.kill()

    def _tell(self, news: Found) -> None:
        if not self._closed:
            self._listener(news)


def _nobody(_: Found) -> None:
    """Ignore news until there is a listener."""


def _answer(message: dict[str, Any], lines: IO[bytes]) -> Answer | UnitsFound | None:
    """Return an answer; None if the process died in the middle of it."""
    if "units" in message:
        return UnitsFound(message["id"], Units.from_dict(message["units"]))
    if "error" in message:
        return Answer(message["id"], None, f"{message['error']}: {message['hint']}".rstrip(": "))
    line = lines.readline()
    return Answer(message["id"], Label(line, **message["label"])) if line.endswith(b"\n") else None


def _write(process: subprocess.Popen[bytes] | None, line: bytes) -> None:
    if process is None or process.stdin is None:
        return
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except (OSError, ValueError):
        return  # the process has ended; the reading thread reports it


def _ending(status: int) -> str:
    if status == -signal.SIGKILL:
        return "it was killed by signal 9, as happens when memory is short"
    return f"it was killed by signal {-status}" if status < 0 else f"it ended with status {status}"


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
