"""Opening the save file for the commands that read it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.cli import arguments
from annotate.cli.terminal import Terminal
from annotate.errors import StoreError
from annotate.model import Record

if TYPE_CHECKING:
    from annotate.store import Store


def existing(options: argparse.Namespace) -> Path:
    """Return the path of the save file, which must exist: reading commands never create one.

    Raises:
        StoreError: there is no such file.
    """
    path = arguments.db(options)
    if not path.exists():
        raise StoreError(
            f"the save file {path} does not exist", "name another with --db, or create one: onrecord label PATH…"
        )
    return path


@contextmanager
def writing(options: argparse.Namespace, by: str, terminal: Terminal) -> Iterator[Store]:
    """Open the save file for writing, and print the store's notes about it."""
    from annotate.store import Store

    store = Store.open(arguments.db(options), by=by, backups=options.backups)
    try:
        with store:
            yield store
    finally:
        for notice in store.notices:
            terminal.note(notice)


def records(path: Path, terminal: Terminal, wanted: Iterable[str] | None = None) -> Iterator[Record]:
    """Yield the records of a save file; unusable ones are reported and skipped.

    Args:
        path: The save file.
        terminal: Where to report.
        wanted: Ids in the order to yield them; None is all.
    """
    from annotate.store import Store

    with Store.open(path, read_only=True) as store:
        for fault in store.faults:
            terminal.problem(store.damaged(fault))
        known = dict.fromkeys(store.ids())
        for id_ in known if wanted is None else dict.fromkeys(wanted):
            if id_ not in known:
                terminal.problem(StoreError(f"there is no article {id_!r} in {path}", "check the id"))
                continue
            try:
                record = store.get(id_)
            except StoreError as error:
                terminal.problem(error)
            else:
                yield record
