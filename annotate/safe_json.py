"""Read untrusted JSON, no deeper nested than can be written again."""

from __future__ import annotations

from typing import Any

import orjson

RECORD = 100
"""Deepest nesting of lists and objects in a record; without unknown keys it is six."""
DOCUMENT = 200
"""Deepest nesting in a document of a save file: more than in records, as it may hold parts of them."""
_WRITABLE = 254
"""Deepest nesting that orjson can write."""


def loads(data: bytes | str, deepest: int = RECORD) -> Any:
    """Return the value of JSON text.

    Args:
        data: The text.
        deepest: Levels that it may have.

    Raises:
        orjson.JSONDecodeError: it is no JSON, or nested more deeply.
    """
    value = orjson.loads(data)
    if _may_be_deeper(data, deepest):
        require_shallow(value, deepest)
    return value


def dumps(value: Any) -> bytes:
    """Return the JSON text of a document.

    Raises:
        TypeError: something in it is no JSON, or it is nested more deeply than `loads` would take.
    """
    data = orjson.dumps(value)
    if _may_be_deeper(data, DOCUMENT):
        try:
            require_shallow(value, DOCUMENT)
        except orjson.JSONDecodeError as error:
            raise TypeError(error.msg) from None
    return data


def require_shallow(value: Any, deepest: int) -> None:
    """Refuse a JSON value that has more levels.

    Raises:
        orjson.JSONDecodeError: it has.
    """
    for _ in range(_WRITABLE - deepest):
        value = [value]
    try:
        orjson.dumps(value)
    except TypeError:
        raise orjson.JSONDecodeError(f"nested more than {deepest} levels deep", "", 0) from None


def _may_be_deeper(data: bytes | str, deepest: int) -> bool:
    """Tell quickly if a text might be nested deeper; most texts are too short or have too few brackets."""
    if len(data) <= 2 * deepest:
        return False
    if isinstance(data, str):
        return data.count("[") + data.count("{") > deepest
    return data.count(b"[") + data.count(b"{") > deepest
