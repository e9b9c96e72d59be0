"""Word lists for speaker resolution, from `word_lists.txt`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_SECTION = re.compile(r"^\[(.+)\]$", re.MULTILINE)
_REMEMBERED = 1 << 14
"""Maximum number of cached words: news repeats itself."""


@cache
def words(section: str) -> frozenset[str]:
    """Return the entries of a section, in lower case and without full stops."""
    return _sections()[section]


@lru_cache(_REMEMBERED)
def plain(word: str) -> str:
    """Return a word normalised as in the lists: NFC, lower case, no full stops at the ends."""
    return unicodedata.normalize("NFC", word).lower().strip(" .\t\n\xa0").replace("’", "'")


@lru_cache(_REMEMBERED)
def is_role(word: str) -> bool:
    """Return whether a singular noun is a person's role: a job, an office, a relation."""
    word = plain(word)
    return word in words("roles") or word in words("short roles")


def is_body(word: str) -> bool:
    """Return whether a common noun is a kind of organisation: *ministry*, *carmaker*."""
    word = plain(word)
    return word in words("organisation nouns") or word.endswith("maker")


@lru_cache(_REMEMBERED)
def gender_of_name(first: str) -> str:
    """Return `m` or `f` for a first name used mostly for one gender, else an empty string."""
    return _one_of(plain(first), "male names", "female names")


@lru_cache(_REMEMBERED)
def gender_of_title(title: str) -> str:
    """Return `m` or `f` for a title or role used for one gender only, else an empty string."""
    title = plain(title)
    return _one_of(title, "male titles", "female titles") or _one_of(title, "male roles", "female roles")


@lru_cache(_REMEMBERED)
def implied(word: str) -> frozenset[str]:
    """Return a word and the words it implies: `senator` for *Sen.*, `north` and `carolina` for *N.C.*."""
    word = plain(word)
    return _implications().get(word, frozenset()) | {word}


@cache
def _implications() -> dict[str, frozenset[str]]:
    pairs = (entry.partition("=") for entry in words("implied words"))
    return {word: frozenset(others.split()) for word, _, others in pairs}


def _one_of(word: str, male: str, female: str) -> str:
    in_male, in_female = word in words(male), word in words(female)
    if in_male == in_female:
        return ""
    return "m" if in_male else "f"


@cache
def _sections() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("word_lists.txt").read_text("utf-8")
    _, *parts = _SECTION.split(text)
    return {
        name: frozenset(entry.strip() for line in body.splitlines() for entry in line.split(",") if entry.strip())
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


TITLES = words("male titles") | words("female titles") | words("plain titles")
"""Forms of address, never part of a name or a description."""
