"""Texts of the top line and of an empty claim list."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from annotate.language import ENGLISH
from annotate.model import Record
from tui.keys.keymap import Keymap
from tui.session.session import Session
from tui.wording.durations import about
from tui.wording.filters import ALL, Filter

_LONG = 5.0
"""Seconds of reading from which on the time left is shown."""


class Fact(NamedTuple):
    """A fact in the top line."""

    text: str
    weight: int = 1
    """Importance: the least important facts are left out first if there is no room."""


def title(record: Record | None) -> str:
    """Return the article's title, else the name of its file."""
    return "" if record is None else record.title or Path(record.path or record.id).name


def facts(session: Session, keymap: Keymap, *, opening: bool) -> list[Fact]:
    """Return the facts about the open article, in the order they are shown.

    Args:
        session: The sitting.
        keymap: The keys in force.
        opening: True while an article is being loaded.
    """
    entry, record = session.entries[session.index], session.record
    shown = []
    if len(session.entries) > 1:
        shown.append(Fact(f"article {session.index + 1}/{len(session.entries)}", 2))
    if entry.claims:
        shown.append(Fact(f"{entry.decided}/{entry.claims} claims decided", 4))
    if opening:
        shown.append(Fact("opening an article", 6))
    # Only once the engine has read the article: it may find a date. All relative dates depend on it.
    if record is not None and record.date is None and record.blocks:
        shown.append(Fact(f"no date: {keymap.key_of('article_date')}", 6))
    if entry.state == "done":
        shown.append(Fact("done", 3))
    if session.store.read_only:
        shown.append(Fact("read only", 4))
    if session.engine.state != "failed":
        shown.append(
            Fact(f"engine {session.engine.state}{_left(session)}", 1 if session.engine.state == "ready" else 3)
        )
    if session.save.state != "unsaved":
        shown.append(Fact(f"{session.save.state} {session.save.at}".rstrip(), 5))
    return shown


def _left(session: Session) -> str:
    """Return how far the engine is with a long article and how long it needs yet, after “engine reading”."""
    estimate = session.reading_time.estimate
    if session.engine.state != "reading" or estimate is None or estimate.total < _LONG:
        return ""
    return f" {estimate.share:.0%}, {about(estimate.seconds)} left"


def alarms(session: Session, keymap: Keymap) -> list[str]:
    """Return the failures that the user must see."""
    shown = []
    if session.engine.state == "failed":
        shown.append(f"engine failed, {keymap.key_of('retry')} retries: {session.engine.detail}")
    if session.save.state == "unsaved":
        shown.append(f"NOT SAVED: {session.save.reason}")
    return shown


def why_empty(session: Session, keymap: Keymap, chosen: Filter, *, opening: bool) -> str:
    """Return the text that an empty claim list shows.

    Args:
        session: The sitting.
        keymap: The keys in force.
        chosen: The list's filter.
        opening: True while an article is being loaded.
    """
    record, engine = session.record, session.engine
    if record is None:
        reading = f"Reading the article. {keymap.key_of('quit', 'everywhere')} quits."
        return reading if opening else "No article is open."
    if chosen is not ALL:
        return f"No claim matches “{chosen.name}”. {keymap.key_of('back')} shows all claims."
    if record.language != ENGLISH:
        return f"The engine reads English; this article seems to be in another language ({record.language})."
    if record.review.state != "new":
        return f"No claims. {keymap.key_of('new_claim')} makes one."
    if engine.state == "failed":
        return f"The engine failed. {keymap.key_of('retry')} starts it again."
    return "The engine is starting …" if engine.state == "starting" else "The engine is reading …"
