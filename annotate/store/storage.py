"""A TinyDB storage that never leaves half a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from annotate.store import layout
from annotate.store.atomic import replace_file


class AtomicJSONStorage(Storage):
    """Keep a TinyDB in a UTF-8 JSON file that is replaced as a whole, durably, at every write.

    >>> db = TinyDB("notes.json", storage=AtomicJSONStorage)

    Unlike TinyDB's own storage it makes no file before the first write, and a kill or a power cut in the middle of a
    write leaves the file as it was. It keeps nobody else from writing: see `annotate.store.lock` for that.

    Args:
        path: The file; a symbolic link is followed.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self.path = Path(path).resolve()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return all tables, None when there is no file or nothing in it.

        Raises:
            orjson.JSONDecodeError: the file is damaged.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        tables: dict[str, dict[str, Any]] | None = orjson.loads(data) if data else None
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file by these tables; durable on return.

        Raises:
            TypeError: something in them is no JSON; the file is untouched.
            OSError: it could not be saved; the file is untouched.
        """
        tables = {name: [layout.line(key, document) for key, document in table.items()] for name, table in data.items()}
        replace_file(self.path, layout.render(tables))
