"""Labels of speakers' turns: `MS. WARD: …`, `[00:12:06] ANNA: …`, `Sarah Dunn (North Vale) (Lab): …`, `Q. …`."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotate.spans import Span

_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_TURN = re.compile(
    rf"(?P<lead>[\W_]{{0,8}}(?:{_TIME}[\W_]{{1,8}})?)"
    r"(?P<name>[^\W\d_](?:[^\n:.!?“”\"()\[\]]|(?<=\b[A-Z])\.|(?<=\b[A-Za-z][A-Za-z])\.|(?<=\b[A-Z][a-z]{2})\.){0,60}?)"
    rf"(?P<sides>(?:\s*(?:\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]|{_TIME}))*)\]?\**(?P<colon>:)\**\s+(?=\S)"
    r"|(?P<letter>[QA])(?P<stop>[.:])\s+(?=\S)"
)
_WORDS = 7
"""Maximum length of a label in words: a name with its title and office."""
SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to"])
"""Words of a name that need no capital."""
_PERSON = re.compile(r"\s*\([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)+\)")


class Turn(NamedTuple):
    """The label at the start of a paragraph."""

    name: Span
    """Name, with age and office after commas, and with the person in brackets after an office."""
    colon: Span
    start: int
    """Offset of the words said."""


def turn_at(text: str, start: int, end: int) -> Turn | None:
    """Return the label at the start of a paragraph, None if there is none."""
    match = _TURN.match(text, start, end)
    if match is None:
        return None
    part, mark = ("letter", "stop") if match["letter"] else ("name", "colon")
    first = match.start(part)
    last = first + len(match[part].rstrip())
    name = text[first:last]
    if len(name.split()) > _WORDS:
        return None
    if name.startswith("The ") and (person := _PERSON.match(text, last, match.end("sides"))):
        last = person.end()
    return Turn(Span(first, last), Span(*match.span(mark)), match.end())


def is_capitalised(name: str) -> bool:
    """Return whether a label is written as a name; age and office may follow after a comma: *Ana Li, 34, baker*."""
    words = name.partition(",")[0].split()
    return all(word[0].isupper() or word in SMALL for word in words if word[0].isalpha())
