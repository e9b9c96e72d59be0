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
    if number and path.exists() and not any(map(path.samefile, kept(path))):
        newest = path.with_name(f"{path.name}.{_time()}.bak")
        keep_as(path, newest)
        others = [backup for backup in kept(path) if backup != newest]  # the clock may have been put back
        for old in others[: max(0, len(others) + 1 - number)]:
            with suppress(OSError):
                old.unlink()


def keep_as(path: Path, copy: Path) -> None:
    """Keep the file as it is now under another name, where that is taken with the time in it; durable on return.

    Raises:
        OSError: there is no room for it.
    """
    if copy.exists() and copy.samefile(path):
        return
    if copy.exists():
        copy = copy.with_name(f"{copy.stem}.{_time()}{copy.suffix}")
    try:
        os.link(path, copy)  # the file is replaced and never written again: its backup costs nothing
    except OSError:
        _copy(path, copy)
    sync_folder(path.parent)


def kept(path: Path) -> list[Path]:
    """Return the backups of a file, the oldest first."""
    return sorted(path.parent.glob(f"{escape(path.name)}.*Z.bak"))


def _time() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")


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
