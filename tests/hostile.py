"""Records full of control sequences, and a search for these in output bytes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from annotate.errors import ModelError
from annotate.model import Block, Claim, DateMention, Quote, Record, Review, Speaker
from annotate.spans import Span

MARK = "0WN3D"
ORDERS = (
    f"\x1b]52;c;{MARK}\x07",  # sets the clipboard
    f"\x1b]0;{MARK}\x07",  # and the window's title
    "\x1b[2J",
    f"\x1bP+q{MARK}\x1b\\",
    f"\x1b_{MARK}\x1b\\",
    f"\x9d0;{MARK}\x9c",  # the same in one code each
    "\x9b2J",
    f"\x90{MARK}\x9c",
    f"\x9f{MARK}\x9c",
    "\x08\x7f\x07",
    "\r",
)
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKUP = f"[red]{MARK}[/][@click=app.bell][b]x[/nothing]"
HIDDEN = "a" + "\u0301" * 20 + "🙂" + "".join(chr(0xE0100 + code) for code in b"hidden")
EVIL = "".join(ORDERS) + MARKUP + TURNS + HIDDEN


def poisoned() -> Record:
    """Return a record whose every string says all that, in fields and keys, as far as the codec admits strings.

    Fields are found by their decoders: a new one is covered by itself.
    """
    text = f"“{EVIL}” said Ana{EVIL} Li to Bo{EVIL} on Monday{EVIL}.\nIt rains."
    places = {name: _span(text, *ends) for name, ends in _PLACES.items()}
    content, cue, source, addressee, said = places.values()
    claim = Claim(
        "c1", "direct", (content,), (cue,), (source,), (addressee,), "s1", "d1", negated=True, hedged=True,
        confidence=0.4, checkworthy=0.9, note="note", tags=("tag",), edited=("content",), origin="engine:1",
        extra={"speaker_or": [f"rival{EVIL}"], "unanchored": {"content": [f"lost{EVIL}"]}},
    )  # fmt: skip
    guess = Claim(
        "c2", "mixed", (content,), cue=(cue,), speaker="s2", date="d2", confidence=0.3, origin="engine:1",
        extra={"speaker_or": [f"rival{EVIL}"]},
    )  # fmt: skip
    record = Record(
        "evil", text, path="path", url="https://url", title="title", date="2026-01-01",
        blocks=(Block(0, len(text), "body"),),
        quotes=(Quote(*content, "speech"),),
        dates=(DateMention("d1", *said, "DATE", "value", "mod"), DateMention("d2", None, None, "TIME", "value")),
        speakers=(
            Speaker("s1", "name", "person", "description", (source,), {"aliases": [f"alias{EVIL}"]}),
            Speaker("s2", "name", "organisation", "description"),
        ),
        claims=(claim, guess),
        review=Review("in_progress"),
    )  # fmt: skip
    return Record.from_dict({**_poisoned(record), "schema": "onrecord/1", "text": text})


_PLACES = {
    "content": ("“", "”"), "cue": ("said", " "), "source": ("Ana", " to"), "addressee": ("Bo", " on"),
    "date": ("Monday", "."),
}  # fmt: skip


def _span(text: str, first: str, after: str) -> Span:
    start = text.index(first)
    return Span(start, text.index(after, start + len(first)))


def _poisoned(part: Any) -> dict[str, Any]:
    """Return a part of a record as JSON, each string that may be any with orders behind it."""
    out = dict(part.to_dict())
    for name, decode in part.schema.items():
        value = getattr(part, name)
        if hasattr(value, "schema"):
            out[name] = _poisoned(value)
        elif isinstance(value, tuple) and value and hasattr(value[0], "schema"):
            out[name] = [_poisoned(item) for item in value]
        else:
            for evil in (f"{value or name}{EVIL}", [f"{name}{EVIL}"]):
                if _admits(decode, evil):
                    out[name] = evil
                    break
    return {**out, f"key{EVIL}": f"extra{EVIL}"}


def _admits(decode: Any, value: object) -> bool:
    try:
        decode(value, "")
    except ModelError:
        return False
    return True


def obeyed(shown: str) -> set[str]:
    """Return the control and invisible characters of a text; line ends and tabs do not count."""
    codes = {c for c in shown.replace("\r\n", "\n") if unicodedata.category(c) in ("Cc", "Cs")} - {"\n", "\t"}
    piles = re.findall("\u0301{7,}", shown)
    return codes | (set(shown) & {*TURNS, *map(chr, range(0xE0100, 0xE01F0))}) | set(piles)
