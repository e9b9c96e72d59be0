"""Numbers and names that look like dates: counts, telephone numbers, rooms, versions, first names."""

from __future__ import annotations

import re

from annotate.dates.grammar import Match
from annotate.dates.tokens import Tokens, letter
from annotate.tables import word_lists

_AFTER = (
    "IN", "INTO", "BY", "UNTIL", "FROM", "BEFORE", "AFTER", "THE", "ITS", "POSSESSIVE", "THIS", "OF", "FISCAL", "COMMA",
    "DASH",
)  # fmt: skip
"""Classes before a year, even with a noun after it: "the 2019 floods", "since 2016 sales have grown"."""
_JOINED = ("AND", "OR")
_BEFORE_MONTHS = (*_AFTER, "A", "FOR", "EARLY", "EARLIER", "LAST", "NEXT", "CURRENT", "ON", "MONTH")
_OPENS = ("DOT", "STOP", "PARAGRAPH")
_OBJECT = ("THE", "A", "ITS", "TO")
"""Classes after a verb: "as 2024 marks the centenary"."""
_FINITE = ("DID", "IS", "WILL", "WOULD", "HAVE", "MIGHT", "REMAINS")
_PLURAL = re.compile(r"[a-z]{2,}[^\W\dsui]s|people|men|women|children")
"""A noun in the plural, unlike "this", "as", "across", "famous"."""
_OF_YEARS = frozenset({"figures", "levels", "prices", "rates", "standards", "terms"})
"""Nouns that a year compares: "back to 2019 levels"."""
_LIST = 4
"""Number of words before a year in which another one makes it a list: "the 2012 and 2016 games"."""
_BESIDE = 12
"""Number of words around a decade that are searched for words of temperatures."""
_GROUP = 3
"""Digits in a group of a telephone number, at least."""


def is_no_date(text: str, tokens: Tokens, match: Match) -> bool:
    """Return whether words only look like a date: 2019 homes, 555-2019, Room 2010, version 10.4.11, April Moss."""
    if match.rule.meaning == "decade":
        around = slice(max(0, match.first - _BESIDE), match.end + _BESIDE)
        return any(value.lower() in _listed("heat") for value in tokens.values[around])
    if match.end - match.first != 1:
        return False
    kind = tokens.classes[match.first]
    if kind in (letter("MONTH"), letter("MAYBE"), letter("ABBR")):
        return _is_first_name(text, tokens, match.first)
    if kind not in (letter("YEAR"), letter("OLDYEAR"), letter("SLASHED")):
        return False
    *_, before = (word.lower() for word in ("", *tokens.values[max(0, match.first - 2) : match.first]) if word != ".")
    return before in _listed("numbered") or _is_phone(text, tokens, match.first) or _is_count(tokens, match.first)


def _listed(name: str) -> frozenset[str]:
    return word_lists("dates/numbered.tsv")[name]


def _is_phone(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a number is part of a longer one: 555-2019, 020 7946 2019."""
    start, end = tokens.spans[at].start, tokens.spans[at].end
    before = re.search(r"(\d+)[ \u2011-]$", text[max(0, start - 10) : start])
    after = re.match(r"-\d+", text[end : end + 10])
    parts = [part for part in (before and before[1], after and after[0][1:]) if part]
    return any(len(part) >= _GROUP and not _is_year(part) for part in parts)


def _is_year(digits: str) -> bool:
    return re.fullmatch(r"1[0-9]\d\d|20\d\d|21\d\d", digits) is not None


def _is_count(tokens: Tokens, at: int) -> bool:
    """Return whether a plural noun after a number is what it counts: "has 2019 homes", not "the 2019 floods"."""
    noun, then, *_ = (*tokens.values[at + 1 : at + 3], "", "")
    before, after, verb = _class(tokens, at - 1), _class(tokens, at + 1), _class(tokens, at + 2)
    if noun == "block":
        return True
    if after != letter("OTHER") or not _PLURAL.fullmatch(noun) or noun in _OF_YEARS:
        return False
    if before in _letters(_JOINED) and letter("YEAR") in tokens.classes[max(0, at - _LIST) : at]:
        return False
    is_subject = verb in _letters(_FINITE) or then.endswith("ed")
    if before == letter("IN"):  # "in 2019 prices rose", "in 2019 homes"
        return not is_subject and verb != letter("OTHER")
    if before in _letters(_OPENS):  # "2019 marks the centenary"
        return is_subject
    return before not in _letters(_AFTER) and verb not in _letters(_OBJECT)


def _class(tokens: Tokens, at: int) -> str:
    """Return the class of a token, that of a paragraph's end outside the text."""
    return tokens.classes[at] if 0 <= at < len(tokens.classes) else letter("PARAGRAPH")


def _letters(names: tuple[str, ...]) -> str:
    return "".join(letter(name) for name in names)


def _is_first_name(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a month is somebody's first name: "April Moss said", "said June Moss", not "in June Moss said"."""
    span = tokens.spans[at]
    is_name = text[span.start : span.end].lower() in _listed("first")
    if not is_name or _class(tokens, at + 1) not in (letter("CAPITAL"), letter("WDABBR")):
        return False
    return _class(tokens, at - 1) not in _letters(_BEFORE_MONTHS)
