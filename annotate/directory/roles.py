"""Grouping of people with one name by role, from the words with which articles describe them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from annotate.directory.appearance import Appearance
from annotate.tables import rows

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_REMEMBERED = 1 << 14
"""Size of the cache of descriptions: news repeats itself."""


def by_role(appearances: Iterable[Appearance]) -> list[list[Appearance]]:
    """Return the appearances of one name that have a role, grouped so that no two groups share a role word.

    What a person said is one being is in one group, whatever the articles say.
    """
    groups: list[tuple[frozenset[str], list[Appearance]]] = []
    for appearance in appearances:
        words = role_words(appearance.speaker.description or "") if appearance.claims else frozenset()
        if not words:
            continue
        said, those = words | ({f"={appearance.entity}"} if appearance.entity else set()), [appearance]
        for other, others in (group for group in groups if not group[0].isdisjoint(said)):
            said, those = said | other, others + those
        groups = [group for group in groups if group[0].isdisjoint(said)] + [(said, those)]
    return [those for _, those in groups]


@lru_cache(_REMEMBERED)
def role_words(description: str) -> frozenset[str]:
    """Return the role words of a description: `governor` of *the former Gov.*."""
    words = (re.sub("['’]s$", "", word) for word in description.casefold().split())
    return frozenset(filter(None, (_meanings().get(w, w) for word in words for w in _WORD.findall(word))))


@cache
def _meanings() -> dict[str, str]:
    return {word: "".join(same) for word, *same in rows("directory/roles.txt")}
