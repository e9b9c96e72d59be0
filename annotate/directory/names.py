"""Rules for names: the same being, perhaps the same, or another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from annotate.model import SpeakerKind
from annotate.nfc import composed

_NAMED: tuple[SpeakerKind, ...] = ("person", "organisation", "place")
"""Kinds with names that mean the same being in every article; *officials* and *police* are others in each."""
_NAMELESS: tuple[SpeakerKind, ...] = ("group", "unnamed")
_SMALL = frozenset({"of", "the", "and", "for", "in"})
"""Words that acronyms leave out."""
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "dame", "lord", "lady"})
"""Words that make no full name of a surname."""


def identity(kind: SpeakerKind, name: str) -> str:
    """Return the key that speakers must share to be one without a person's decision; empty where they never are."""
    words = _folded(name)
    alone = kind == "person" and is_surname(name)
    return "" if kind not in _NAMED or alone or name.islower() else f"{kind}:{' '.join(words)}"


def plain(name: str) -> str:
    """Return a name without accents, capitals and full stops: a person must see those as the same."""
    return " ".join(_plain(name))


def is_name(kind: SpeakerKind, name: str) -> bool:
    """Tell whether words name somebody; *police* and *a passer-by* only describe."""
    return kind not in _NAMELESS and not name.islower()


def is_surname(name: str) -> bool:
    """Tell whether a person's name is one word, titles aside: *Ms. Li*."""
    return len([word for word in _folded(name) if word not in _TITLES]) < 2


def is_fuller(name: str, other: str) -> bool:
    """Tell whether a person's name has all that another has, initials written out, and more."""
    words, others = _plain(name), _plain(other)
    left = list(words)
    for word in others:
        found = next((w for w in left if w == word or (len(word) == 1 and w.startswith(word))), None)
        if found is None:
            return False
        left.remove(found)
    return len("".join(words)) > len("".join(others))


class Forms(NamedTuple):
    """Forms of a name; two names with a common `whole`, or `short` and `single`, may mean one being."""

    whole: set[str]
    """The names, and first and last word of each: *Ana M. Li* may be *Ana Li*."""
    short: set[str]
    """Short forms of a longer name: surname, initial and surname, first word of a body's name, its initials."""
    single: set[str]
    """Names that are short in one of these ways, where no longer one of the same form is known."""


def forms(kind: SpeakerKind, names: Iterable[str]) -> Forms:
    """Return the forms of some names; a name without a capital is a description, has none, and may mean anybody."""
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
    """Return the words of a name without accents, which one article writes and another does not."""
    decomposed = unicodedata.normalize("NFKD", name)
    words = _folded("".join(c for c in decomposed if not unicodedata.combining(c)))
    return ["".join(words)] if len(words) > 1 and all(len(word) == 1 for word in words) else words
