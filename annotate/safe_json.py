"""JSON that somebody else has written: nested no deeper than everything here can write again."""

from __future__ import annotations

from typing import Any

import orjson

RECORD = 100
"""Levels of lists and objects within each other that a record may have; one without unknown keys has six."""
DOCUMENT = 200
"""Levels that a document of a save file may have: more than records, as it may hold parts of one."""
_WRITABLE = 254
"""Levels that orjson writes."""


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
    """Tell whether a text has room and brackets for more levels, which most have not: that takes no time."""
    if len(data) <= 2 * deepest:
        return False
    if isinstance(data, str):
        return data.count("[") + data.count("{") > deepest
    return data.count(b"[") + data.count(b"{") > deepest
