"""Escape and the key right after it, told apart from keys held with alt, which terminals send as the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key

_ESCAPE = "\x1b"
_STARTS = "[OP]"
"""Characters after an escape that may start a longer sequence."""
_WORDWISE = {"f": "ctrl+right", "b": "ctrl+left"}
"""Letters that terminals send with alt for an arrow with alt, and Textual's names for that: over a word in a line."""


class EscapeParser(XTermParser):
    """Textual's parser of what a terminal sends, with two keys for an escape and a character: no action needs alt."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:  # noqa: FBT001, FBT002 # Textual's signature
        if alt:
            yield Key("escape", _ESCAPE)
            yield from super()._sequence_to_key_events(sequence)
        elif _is_escape_and_key(sequence):
            last = sequence[1]
            if last in _WORDWISE:
                yield Key(f"alt+{last}", last)  # what it means depends on the focus
                return
            yield Key("escape", _ESCAPE)
            yield from super()._sequence_to_key_events(last)
        else:
            yield from super()._sequence_to_key_events(sequence)


def _is_escape_and_key(sequence: str) -> bool:
    head, last = sequence[:1], sequence[1:]
    return head == _ESCAPE and len(last) == 1 and last.isprintable() and last not in _STARTS


def apart(key: Key, *, typing: bool) -> tuple[Key, ...]:
    """Return the keys meant by a key: alt and `f` or `b` are an arrow in a line being typed, else two keys."""
    last = key.key.removeprefix("alt+")
    if last == key.key or last not in _WORDWISE:
        return (key,)
    return (Key(_WORDWISE[last], None),) if typing else (Key("escape", _ESCAPE), Key(last, last))


def install() -> None:
    """Have Textual's driver use the parser, on a terminal of Unix."""
    from textual.drivers import linux_driver  # there is none on Windows

    linux_driver.XTermParser = EscapeParser  # type: ignore[attr-defined] # the driver makes one from this name
