"""Decoders from JSON values to the model's types; their errors name the place of the wrong value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, ClassVar, Self, TypeVar

from annotate.errors import ModelError
from annotate.spans import Span

T = TypeVar("T")
Decoder = Callable[[Any, str], Any]
"""Function of a JSON value and its place, for messages; returns the model's value or raises ModelError."""


def text(value: Any, where: str) -> str:
    """Return a string."""
    if not isinstance(value, str):
        raise ModelError(f"{where}: expected a string, not {value!r:.60}")
    return value


def number(value: Any, where: str) -> float:
    """Return a number; true and false do not count as numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ModelError(f"{where}: expected a number, not {value!r:.60}")
    return value


def flag(value: Any, where: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ModelError(f"{where}: expected true or false, not {value!r:.60}")
    return value


def offset(value: Any, where: str) -> int:
    """Return a code point offset."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ModelError(f"{where}: expected an offset of 0 or more, not {value!r:.60}")
    return value


def optional(decoder: Decoder) -> Decoder:
    """Wrap a decoder so that null is allowed."""
    return lambda value, where: None if value is None else decoder(value, where)


def one_of(choices: tuple[str, ...], called: str = "") -> Decoder:
    """Return one of a fixed set of words; error messages use the name given for the set, or list the words."""
    wanted = called or f"one of {', '.join(choices)}"

    def decode(value: Any, where: str) -> str:
        if value not in choices:
            raise ModelError(f"{where}: expected {wanted}, not {value!r:.60}")
        return str(value)

    return decode


def list_of(decoder: Decoder) -> Decoder:
    """Return the decoded items of a JSON list as a tuple."""

    def decode(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ModelError(f"{where}: expected a list, not {value!r:.60}")
        return tuple(decoder(item, f"{where}[{i}]") for i, item in enumerate(value))

    return decode


def texts_in(value: Any) -> tuple[str, ...]:
    """Return the strings of a list under a key outside the schema; values of other types are left out."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def spans_in(value: Any) -> tuple[Span, ...]:
    """Return the spans of a list under a key outside the schema; values of other types are left out."""
    pairs = value if isinstance(value, list | tuple) else ()
    return tuple(span(pair, "") for pair in pairs if _is_span(pair))


def _is_span(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(type(item) is int for item in value):
        return False
    return bool(0 <= value[0] < value[1])


def span(value: Any, where: str) -> Span:
    """Return a non-empty span."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ModelError(f"{where}: expected [start, end], not {value!r:.60}")
    start, end = offset(value[0], where), offset(value[1], where)
    if start >= end:
        raise ModelError(f"{where}: the start {start} is not before the end {end}")
    return Span(start, end)


def build(cls: Callable[..., T], schema: Mapping[str, Decoder], value: Any, where: str) -> T:
    """Build a dataclass from a JSON object; keys outside the schema go into its `extra`.

    Raises:
        ModelError: a value is of the wrong kind, or one without default is missing.
    """
    if not isinstance(value, Mapping):
        raise ModelError(f"{where}: expected an object, not {value!r:.60}")
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, item in value.items():
        decode = schema.get(key)
        if decode is None:
            extra[key] = item
        else:
            known[key] = decode(item, f"{where}.{key}")
    try:
        return cls(**known, extra=extra)
    except TypeError:
        parts = signature(cls).parameters.values()
        missing = [part.name for part in parts if part.default is part.empty and part.name not in (*known, "extra")]
        raise ModelError(f"{where} has no {' and no '.join(missing)}") from None


_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Return a model value as plain JSON types; most are plain already, or spans."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Span:
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


class JsonObject:
    """Base of a record's parts: decoded from JSON and encoded as JSON, unknown keys kept; equal by value.

    Equality and repr stand here once: made for each class they were a tenth of the time to import this module.
    """

    extra: Mapping[str, Any]
    schema: ClassVar[Mapping[str, Decoder]]
    omitted_when_none: ClassVar[frozenset[str]] = frozenset()

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # what is unknown in it may be a list

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    @classmethod
    def from_dict(cls, value: Any, where: str = "record") -> Self:
        """Build from a JSON object.

        Raises:
            ModelError: the object is not what the contract says; the message names the place.
        """
        return build(cls, cls.schema, value, where)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types, unknown keys last."""
        omitted = self.omitted_when_none
        out = {n: plain(v) for n, v in vars(self).items() if v is not None or n not in omitted}
        del out["extra"]
        return {**out, **self.extra}
