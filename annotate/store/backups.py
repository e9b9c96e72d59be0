"""Older states of a save file, kept beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from annotate.store.atomic import sync_file, sync_folder


def keep(path: Path, number: int) -> None:
    """Keep the file as it is now as one of the newest `number` backups, PATH.TIME.bak, and no older ones.

    Raises:
        OSError: there is no room for it; nothing is taken away then.
    """
    if number and path.exists():
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        keep_as(path, path.with_name(f"{path.name}.{time}.bak"))
        for old in kept(path)[:-number]:
            with suppress(OSError):
                old.unlink()


def keep_as(path: Path, copy: Path) -> None:
    """Keep the file as it is now under another name, unless that is there already; durable on return.

    Raises:
        OSError: there is no room for it.
    """
    if copy.exists():
        return
    try:
        os.link(path, copy)  # the file is replaced and never written again: its backup costs nothing
    except OSError:
        _copy(path, copy)
    sync_folder(path.parent)


def kept(path: Path) -> list[Path]:
    """Return the backups of a file, the oldest first."""
    return sorted(path.parent.glob(f"{escape(path.name)}.*Z.bak"))


def _copy(path: Path, copy: Path) -> None:
    part = copy.with_name(f".{copy.name}.tmp")
    try:
        shutil.copy2(path, part)
        descriptor = os.open(part, os.O_RDWR)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        part.replace(copy)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
