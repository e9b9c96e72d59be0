"""Resume points, stored in the platform's state folder, not in the save file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotate.safe_files import read_bytes, replaced

_NAME = "places.json"


class ResumePoint(NamedTuple):
    """The article and claim to resume at."""

    article: str | None = None
    claim: str | None = None


class ResumePoints:
    """The resume points of all save files, and whether the welcome has been shown.

    Without a readable and writable folder nothing is remembered, and nothing fails.

    Args:
        folder: The folder of the file; the platform's state folder by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder / _NAME) if folder else _default_file()
        self._data = self._load()

    @property
    def first_run(self) -> bool:
        """True until the welcome has been closed once."""
        return not self._data.get("welcomed")

    def welcomed(self) -> None:
        """Save that the welcome has been seen."""
        self._data = self._load() | {"welcomed": True}
        self._write()

    def get(self, db: Path) -> ResumePoint:
        """Return the resume point of a save file."""
        found = self._data["places"].get(_key(db))
        values = (found.get(name) if isinstance(found, dict) else None for name in ResumePoint._fields)
        return ResumePoint(*(value if isinstance(value, str) else None for value in values))

    def put(self, db: Path, place: ResumePoint) -> None:
        """Save the resume point of a save file."""
        welcomed = not self.first_run  # in this sitting, perhaps
        self._data = self._load() | ({"welcomed": True} if welcomed else {})
        self._data["places"][_key(db)] = place._asdict()
        self._write()

    def _load(self) -> dict[str, Any]:
        """Return the saved data, including what other programs saved since."""
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
    """Return the file in the platform's state folder; None for a user without a home folder."""
    import platformdirs

    try:
        return platformdirs.user_state_path("onrecord") / _NAME
    except RuntimeError:
        return None


def _key(db: Path) -> str:
    """Return the JSON key of a save file: its path, with bytes that are not UTF-8 escaped."""
    return str(db.resolve()).encode(errors="backslashreplace").decode()
