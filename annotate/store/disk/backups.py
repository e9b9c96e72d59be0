"""Older states of a save file, kept beside it."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from glob import escape
from pathlib import Path

from annotate.safe_files import open_for_reading
from annotate.store.disk.atomic import replace_file, sync_folder

_PIECE = 1 << 20
_TIMED = re.compile(r"\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z\.bak")
"""Ending of a backup's name."""


def keep(path: Path, number: int) -> None:
    """Keep the present file as PATH.TIME.bak, and delete all but the newest `number` backups.

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
    """Keep the present file under another name, with the time in it if that is taken; durable on return.

    Raises:
        OSError: there is no room for it.
    """
    if os.path.lexists(copy):
        if _is_regular(copy) and copy.samefile(path):
            return
        copy = copy.with_name(f"{copy.stem}.{_time()}{copy.suffix}")
    try:
        os.link(path, copy)  # the file is replaced and never written again: its backup costs nothing
    except OSError:
        with open_for_reading(path) as old:
            replace_file(copy, iter(partial(old.read, _PIECE), b""), like=path)
    else:
        sync_folder(path.parent)


def kept(path: Path) -> list[Path]:
    """Return the backups of a file, the oldest first."""
    found = path.parent.glob(f"{escape(path.name)}.*.bak")
    return sorted(file for file in found if _TIMED.fullmatch(file.name, len(path.name)) and _is_regular(file))


def _is_regular(file: Path) -> bool:
    """Tell whether a path is a regular file, not a link, pipe or folder."""
    return stat.S_ISREG(file.lstat().st_mode)


def _time() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
