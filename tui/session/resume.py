"""Where a person left each save file, kept in the platform's state folder: never in the save file itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotate.safe_files import read_bytes, replaced

_NAME = "places.json"


class ResumePoint(NamedTuple):
    """The article and claim that were current."""

    article: str | None = None
    claim: str | None = None


class ResumePoints:
    """Remembers a `ResumePoint` per save file, and whether the person has used the app before.

    A folder that cannot be read or written costs the memory, never the sitting.

    Args:
        folder: Where to keep it; the platform's state folder when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder / _NAME) if folder else _default_file()
        self._data = self._load()

    @property
    def first_run(self) -> bool:
        """Whether the person has never closed the welcome."""
        return not self._data.get("welcomed")

    def welcomed(self) -> None:
        """Remember that the person has seen the welcome."""
        self._data = self._load() | {"welcomed": True}
        self._write()

    def get(self, db: Path) -> ResumePoint:
        """Return where the person left a save file."""
        found = self._data["places"].get(_key(db))
        values = (found.get(name) if isinstance(found, dict) else None for name in ResumePoint._fields)
        return ResumePoint(*(value if isinstance(value, str) else None for value in values))

    def put(self, db: Path, place: ResumePoint) -> None:
        """Remember where the person is."""
        welcomed = not self.first_run  # in this sitting, perhaps
        self._data = self._load() | ({"welcomed": True} if welcomed else {})
        self._data["places"][_key(db)] = place._asdict()
        self._write()

    def _load(self) -> dict[str, Any]:
        """Return what is remembered, also by other programs since the last look."""
        try:
            data = orjson.loads(read_bytes(self._file, most=10)) if self._file else {}
        except (OSError, orjson.JSONDecodeError):
            data = {}
        data = data if isinstance(data, dict) else {}
        return data if isinstance(data.get("places"), dict) else data | {"places": {}}

    def _write(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replaced(self._file, f".{os.getpid()}") as stream:
                stream.write(orjson.dumps(self._data))
        except OSError:
            return


def _default_file() -> Path | None:
    """Return the file in the platform's state folder; None for a user without a home."""
    import platformdirs

    try:
        return platformdirs.user_state_path("onrecord") / _NAME
    except RuntimeError:
        return None


def _key(db: Path) -> str:
    """Return a save file's name in JSON, which not every name of a file can stand in as it is."""
    return str(db.resolve()).encode(errors="backslashreplace").decode()
