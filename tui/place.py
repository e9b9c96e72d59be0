"""Where a person left each save file, kept in the platform's state folder: never in the save file itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotate.safe_files import read_bytes, replaced


class Place(NamedTuple):
    """The article and claim that were current."""

    article: str | None = None
    claim: str | None = None


class Places:
    """Remembers a `Place` per save file, and whether the person has used the app before.

    A folder that cannot be read or written costs the memory, never the sitting.

    Args:
        folder: Where to keep it; the platform's state folder when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            import platformdirs

            folder = platformdirs.user_state_path("onrecord")
        self._file = folder / "places.json"
        self._data = self._load()

    @property
    def first_run(self) -> bool:
        """Whether the person has never closed the welcome."""
        return not self._data.get("welcomed")

    def welcomed(self) -> None:
        """Remember that the person has seen the welcome."""
        self._data["welcomed"] = True
        self._write()

    def get(self, db: Path) -> Place:
        """Return where the person left a save file."""
        found = self._data.get("places", {}).get(str(db.resolve()), {})
        return Place(found.get("article"), found.get("claim"))

    def put(self, db: Path, place: Place) -> None:
        """Remember where the person is."""
        self._data.setdefault("places", {})[str(db.resolve())] = place._asdict()
        self._write()

    def _load(self) -> dict[str, Any]:
        try:
            data = orjson.loads(read_bytes(self._file, most=10))
        except (OSError, orjson.JSONDecodeError):
            return {}
        return data if isinstance(data, dict) else {}

    def _write(self) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replaced(self._file, f".{os.getpid()}") as stream:
                stream.write(orjson.dumps(self._data))
        except OSError:
            return
