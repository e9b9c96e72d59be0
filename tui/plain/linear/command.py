"""The linear mode on standard input and output."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from annotate.cli.terminal import show, tell, write_stdout
from annotate.config import Config
from annotate.errors import Exit
from annotate.safe import safe_line
from tui.keys.keymap import Keymap, rebound
from tui.plain.linear.review import LinearReview
from tui.session.resume import ResumePoints
from tui.session.session import Session


def run(session: Session, settings: Config) -> Exit | None:
    """Review articles until the person quits or the input ends; return None if none can be opened.

    Args:
        session: The articles.
        settings: The person's own keys.
    """
    points, db = ResumePoints(), Path(session.store.path)
    point = points.get(db)
    found = session.load_first(point.article)
    if found is None:
        session.close()
        return None
    actions, problems = rebound(settings.keys)
    for problem in (*problems, *(entry.error for entry in session.entries if entry.error)):
        tell(f"onrecord: {problem}")
    if isinstance(sys.stdin, io.TextIOWrapper):  # as the app, which takes UTF-8 in every locale
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    review = LinearReview(session, Keymap(actions), _say, _ask)
    error = ""
    try:
        index, record = found
        review.run(index, record, point.claim if record.id == point.article else None)
    finally:  # after Ctrl-C, too
        points.put(db, review.point)
        error = session.close()
        if error:
            tell(f"onrecord: not saved: {error}")
    return Exit.FAILED if error else Exit.OK


def _say(line: str) -> None:
    show(safe_line(line))


def _ask(prompt: str) -> str:
    """Print a prompt and return the typed line.

    Raises:
        EOFError: the input has ended.
    """
    write_stdout(safe_line(prompt).encode())
    try:
        line = sys.stdin.readline()
    except OSError:  # it is closed
        line = ""
    if not line:
        write_stdout(b"\n")
        raise EOFError
    return line.rstrip("\n")
