"""Rules for names: certainly one speaker, perhaps one, or two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from annotate.model import SpeakerKind
from annotate.nfc import composed

_NAMED: tuple[SpeakerKind, ...] = ("person", "organisation", "place")
"""Kinds whose names mean the same in every article; *officials* and *police* are others in each."""
_NAMELESS: tuple[SpeakerKind, ...] = ("group", "unnamed")
_SMALL = frozenset({"of", "the", "and", "for", "in"})
"""Words that acronyms leave out."""
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "dame", "lord", "lady"})
"""Titles, which do not turn a surname into a full name."""


def identity(kind: SpeakerKind, name: str) -> str:
    """Return the key shared by speakers that are merged automatically; empty if these never are."""
    words = _folded(name)
    alone = kind == "person" and is_surname(name)
    return "" if kind not in _NAMED or alone or name.islower() else f"{kind}:{' '.join(words)}"


def plain(name: str) -> str:
    """Return a name without accents, capitals and full stops, for comparing spellings."""
    return " ".join(_plain(name))


def is_name(kind: SpeakerKind, name: str) -> bool:
    """Tell whether words are a name; *police* and *a passer-by* only describe."""
    return kind not in _NAMELESS and not name.islower()


def is_surname(name: str) -> bool:
    """Tell whether a person's name is one word, titles aside: *Ms. Li*."""
    return len([word for word in _folded(name) if word not in _TITLES]) < 2


def is_fuller(name: str, other: str) -> bool:
    """Tell whether a person's name extends another: it has all its words, initials written out, and more."""
    words, others = _plain(name), _plain(other)
    left = list(words)
    for word in others:
        found = next((w for w in left if w == word or (len(word) == 1 and w.startswith(word))), None)
        if found is None:
            return False
        left.remove(found)
    return len("".join(words)) > len("".join(others))


class Forms(NamedTuple):
    """Forms of a name. Two names that share a `whole`, or a `short` and a `single` form, may mean one speaker."""

    whole: set[str]
    """The full names, and the first with the last word of each: *Ana M. Li* may be *Ana Li*."""
    short: set[str]
    """Short forms of the names: the surname, initial and surname, the first word of an organisation's name, its
    initials."""
    single: set[str]
    """The names that are such short forms themselves, unless a longer name of that form is known."""


def forms(kind: SpeakerKind, names: Iterable[str]) -> Forms:
    """Return the forms of some names. A name without a capital is a description, may mean anybody and has none."""
    found = Forms(set(), set(), set())
    for words in (_plain(name) for name in names if not name.islower()):
        if not words:
            continue
        found.whole.update({" ".join(words), f"{words[0]} {words[-1]}"})
        if kind in {"person", "unknown"}:
            _add_person(found, words)
        if kind != "person":
            _add_body(found, words)
    return found._replace(single=found.single - found.short)


def _add_person(found: Forms, words: list[str]) -> None:
    surname = f"… {words[-1]}"
    if len(words) == 1:
        found.single.add(surname)
        return
    found.short.add(surname)
    (found.single if len(words[0]) == 1 else found.short).add(f"{words[0][0]} {surname}")


def _add_body(found: Forms, words: list[str]) -> None:
    if len(words) == 1:
        found.single.update({f"{words[0]} …", words[0]})
        return
    initials = "".join(word[0] for word in words if word not in _SMALL)
    found.short.update({f"{words[0]} …", initials})


def _folded(name: str) -> list[str]:
    return composed(name).replace("’", "'").replace(".", " ").casefold().split()


def _plain(name: str) -> list[str]:
    """Return the words of a name without accents, as articles differ in writing them."""
    decomposed = unicodedata.normalize("NFKD", name)
    words = _folded("".join(c for c in decomposed if not unicodedata.combining(c)))
    return ["".join(words)] if len(words) > 1 and all(len(word) == 1 for word in words) else words
