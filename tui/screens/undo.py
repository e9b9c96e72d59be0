"""Undo and redo for all screens, with a notice of the action."""

from __future__ import annotations

from typing import TypeVar

from annotate.changes import Change
from annotate.errors import OnrecordError
from annotate.model import Claim
from tui.screens.keyed_screen import KeyedScreen

Result = TypeVar("Result")


def undo(screen: KeyedScreen[Result]) -> tuple[Change, ...]:
    """Undo the last action, in any article; return its changes, none if nothing could be undone."""
    return _step(screen, back=True)


def redo(screen: KeyedScreen[Result]) -> tuple[Change, ...]:
    """Redo the last undone action; return its changes, none if nothing could be redone."""
    return _step(screen, back=False)


def claim_to_show(change: Change, current: str | None) -> str | None:
    """Return the claim at which to show a change: the current one if it still exists, else one that existed before."""
    there = [(e.before, e.after) for e in change.edits if isinstance(e.after, Claim) and not e.after.deleted]
    ids = [after.id for before, after in there if isinstance(before, Claim) and not before.deleted]
    ids += [after.id for _, after in there]
    return current if current in ids else next(iter(ids), None)


def _step(screen: KeyedScreen[Result], *, back: bool) -> tuple[Change, ...]:
    session = screen.host.session
    try:
        changes = session.undo() if back else session.redo()
    except OnrecordError as error:
        screen.say(str(error), "error")
        return ()
    if not changes:
        screen.refuse("nothing to undo" if back else "nothing to redo")
        return ()
    where = f" in {len(changes)} articles" if len(changes) > 1 else ""
    here = session.record.id if session.record is not None else None
    if len(changes) == 1 and changes[0].article != here:
        number = session.index_of(changes[0].article) + 1
        where = f" in article {number}"
    screen.say(f"{'Undone' if back else 'Redone'}: {changes[0].op}{where}")
    return changes
