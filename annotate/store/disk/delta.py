"""A change of a save file: documents to drop, to put, and to set fields of.

    {"drop":{"claims":{"18":{…}}},"put":{"claims":{"17":{…}},"history":{"9":{…}}},"set":{"articles":{"3":{…}}}}

Documents stand under TinyDB's numbers. A dropped one leaves what names it, for those who keep no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from annotate import safe_json
from annotate.errors import ModelError
from annotate.store.disk.layout import is_number

_AROUND = 3
"""JSON levels around a document in a change."""
Documents = dict[str, dict[str, Any]]
"""Documents by their numbers."""


class Delta(NamedTuple):
    """Operations on each table, in this order."""

    drop: dict[str, Documents]
    put: dict[str, Documents]
    set: dict[str, Documents]

    @classmethod
    def parse(cls, data: bytes) -> Delta:
        """Read the output of `render`.

        Raises:
            ModelError: it is something else.
        """
        try:
            parts = safe_json.loads(data, safe_json.DOCUMENT + _AROUND)
        except orjson.JSONDecodeError as error:
            raise ModelError(f"not JSON: {error}") from None
        if not isinstance(parts, dict) or not set(parts) <= set(cls._fields):
            raise ModelError("not a change of a save file")
        for tables in parts.values():
            if not _are_tables(tables):
                raise ModelError("not a change of a save file")
        return cls(*(parts.get(name, {}) for name in cls._fields))

    def apply(self, tables: dict[str, Documents]) -> None:
        """Apply the operations to tables of documents."""
        for name, documents in self.drop.items():
            for number in documents:
                tables.get(name, {}).pop(number, None)
        for name, documents in self.put.items():
            tables.setdefault(name, {}).update(documents)
        for name, documents in self.set.items():
            for number, fields in documents.items():
                tables.setdefault(name, {}).setdefault(number, {}).update(fields)


Lines = Mapping[str, Sequence[bytes]]
"""Tables of documents, each as `annotate.store.disk.layout.line` has it."""


def render(put: Lines, set_: Lines, drop: Lines) -> bytes:
    """Return a delta as JSON on one line."""
    parts = {b"drop": drop, b"put": put, b"set": set_}
    used = {name: lines for name, lines in parts.items() if any(lines.values())}
    return b"{%s}" % b",".join(b'"%s":%s' % (name, _tables(lines)) for name, lines in used.items())


def _tables(tables: Lines) -> bytes:
    return b"{%s}" % b",".join(
        b"%s:{%s}" % (orjson.dumps(name), b",".join(lines)) for name, lines in tables.items() if lines
    )


def _are_tables(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(documents, dict)
        and all(isinstance(document, dict) and is_number(number) for number, document in documents.items())
        for documents in value.values()
    )
