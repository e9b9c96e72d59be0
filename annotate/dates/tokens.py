"""Tokeniser: text as a string of word classes, one letter per word, for the rules to match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from annotate.dates import holidays
from annotate.spans import Span
from annotate.tables import rows

_TOKEN = re.compile(
    r"[AaPp]\.[Mm]\b\.?|[^\W\d_]\w*"  # words, "p.m.", "P.M."
    r"|[1-4][QHqh](?:FY)?(?:20)?\d\d\b|[1-4][QHqh]\b"  # "1Q24", "2H"
    r"|\d{1,2}-\d{1,2}-(?:19|20)\d\d(?!\d)"  # "19-03-2024"
    r"|\d+(?:[.,:/]\d+)*"  # numbers, with ordinal, plural and time suffixes
    r"(?:st|nd|rd|th|s|-\d\d-\d\d(?:T\d\d(?::?\d\d){0,2}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?)?"
    r"|\n\s*\n|[^\w\s]"  # the end of a paragraph, punctuation
)
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("DAYNUM", re.compile(r"(?:0?[1-9]|[12]\d|3[01])")),
    ("YEAR", re.compile(r"1[7-9]\d\d|20\d\d|21\d\d")),
    ("YEARS", re.compile(r"(?:1[5-9]|20)\d\d/\d\d")),
    ("OLDYEAR", re.compile(r"1[0-6]\d\d")),
    ("CLOCK", re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?")),
    ("DAYTH", re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)")),
    ("NTH", re.compile(r"\d+(?:st|nd|rd|th)")),
    ("DECADE", re.compile(r"(?:1\d|20)\d0s")),
    ("SHORTDECADE", re.compile(r"[2-9]0s")),
    ("QYEAR", re.compile(r"[1-4][Qq](?:FY)?(?:20)?\d\d")),
    ("HYEAR", re.compile(r"[12][Hh](?:FY)?(?:20)?\d\d")),
    ("ISO", re.compile(r"\d{4}-\d\d-\d\d.*")),
    ("SLASHED", re.compile(r"\d{1,2}([/.])\d{1,2}\1(?:\d\d|\d{4})|\d{4}([/.])\d\d?\2\d\d?|\d\d?-\d\d?-\d{4}")),
    ("HALVES", re.compile(r"1/2")),
    ("INTEGER", re.compile(r"\d{1,3}(?:,\d{3})*|\d+")),
    ("DECIMAL", re.compile(r"\d+\.\d+")),
)
_MARKS = {
    ",": "COMMA", ".": "DOT", "-": "DASH", "–": "DASH", "—": "DASH", "‑": "DASH", "−": "DASH", "+": "PLUS",
    "(": "LPAREN", ")": "RPAREN", "'": "APOSTROPHE", "’": "APOSTROPHE", "‘": "APOSTROPHE", "`": "APOSTROPHE",
    "½": "HALVES", "$": "MONEY", "£": "MONEY", "€": "MONEY", "%": "PERCENT", ";": "STOP", "!": "STOP", "?": "STOP",
    "/": "SLASH",
}  # fmt: skip
_FYEAR = re.compile(r"FY(?:20)?\d\d", re.IGNORECASE)
_SHORT = re.compile(r"([QqHh])[1-4]FY(?:20)?\d\d")
_EXTRA = ("OTHER", "CAPITAL", "AMPM", "FYEAR", "HOLIDAY", "PARAGRAPH", *dict.fromkeys(_MARKS.values()))


class _Word(NamedTuple):
    """The letter of a word's class, and the word's value in the rules."""

    letter: str
    value: str


class Tokens(NamedTuple):
    """A text in the form the rules use: three parallel sequences."""

    classes: str
    spans: Sequence[Span]
    values: Sequence[str]


@cache
def _table() -> tuple[dict[str, str], dict[str, _Word]]:
    """Return the letter of each class, and the words of the lexicon by spelling."""
    table = rows("dates/words.tsv")
    names = dict.fromkeys([row[0] for row in table] + [name for name, _ in _NUMBERS] + list(_EXTRA))
    letters = {name: chr(0x100 + index) for index, name in enumerate(names)}
    entries: dict[str, _Word] = {}
    for name, written, words in sorted(table, key=lambda row: row[1] == "proper"):  # "May" is the month
        for word in words.split():
            form, _, value = word.partition("=")
            entry = _Word(letters[name], value if "=" in word else form)
            entries[form.capitalize()] = entries[form.upper()] = entry
            if written == "any":
                entries[form] = entry
    for mark, name in _MARKS.items():
        entries[mark] = _Word(letters[name], mark)
    return letters, entries


def letter(name: str) -> str:
    """Return the letter of a class; KeyError if there is no such class."""
    return _table()[0][name]


def tokenize(text: str, spans: Iterable[Span]) -> Tokens:
    """Return the words of some spans of a text, with an end of paragraph after each span."""
    paragraph = letter("PARAGRAPH")
    classes: list[str] = []
    places: list[Span] = []
    values: list[str] = []
    for part in spans:
        for kind, start, end, value in _words(text, part):
            classes.append(kind)
            places.append(Span(start, end))
            values.append(value)
        classes.append(paragraph)
        places.append(Span(part.end, part.end))
        values.append("")
    return Tokens("".join(classes), places, values)


def _words(text: str, part: Span) -> Iterator[tuple[str, int, int, str]]:
    letters, entries = _table()
    other, capital = letters["OTHER"], letters["CAPITAL"]
    holiday_heads = holidays.heads()
    done = part.start
    for found in _TOKEN.finditer(text, part.start, part.end):
        start, end = found.span()
        if start < done:
            continue
        word = found.group()
        if word in holiday_heads:
            name = holidays.match(text, start, part.end)
            if name:
                done = start + len(name)
                yield letters["HOLIDAY"], start, done, name
                continue
        entry = entries.get(word)
        if entry:
            yield entry.letter, start, end, entry.value
        elif word[0].isdigit():
            yield *_number(word, letters), start, end, word
        else:
            yield _other(word, letters) or (capital if word[0].isupper() else other), start, end, word


def _number(word: str, letters: dict[str, str]) -> tuple[str]:
    for name, pattern in _NUMBERS:
        if pattern.fullmatch(word):
            return (letters[name],)
    return (letters["OTHER"],)


def _other(word: str, letters: dict[str, str]) -> str | None:
    if word[0] == "\n":
        return letters["PARAGRAPH"]
    if word.casefold() in ("am", "pm", "a.m", "p.m", "a.m.", "p.m."):
        return letters["AMPM"]
    if _FYEAR.fullmatch(word):
        return letters["FYEAR"]
    if short := _SHORT.fullmatch(word):
        return letters["QYEAR" if short[1] in "Qq" else "HYEAR"]
    return None
