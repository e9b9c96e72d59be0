"""Which claims have which status and speaker: built when first asked for, then kept up to date an article at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotate.store.disk import layout
from annotate.store.memory.article import Stored, speakers_of


class ClaimRef(NamedTuple):
    """Where a claim is."""

    article: str
    claim: str


Keys = tuple[str, str]
"""A kind of key (`status`, `speaker`) and its value."""


class Index:
    """Finds claims by what they are. Not safe for threads: the store holds a lock."""

    def __init__(self) -> None:
        self._claims: dict[Keys, dict[str, list[str]]] = {}
        """Key → article → its claims."""
        self._keys: dict[str, set[Keys]] = {}
        """Article → the keys of its claims."""
        self._stale: set[str] = set()

    def touch(self, article: str) -> None:
        """Note that an article has changed."""
        self._stale.add(article)

    def find(self, articles: Mapping[str, Stored], keys: Mapping[str, str]) -> list[ClaimRef]:
        """Return the claims that have all of some keys, in the order of the articles and in theirs."""
        for article in self._stale:
            self._take(article, articles[article])
        self._stale.clear()
        places = [self._claims.get((kind, _folded(kind, value)), {}) for kind, value in keys.items()]
        wanted = min(places, key=len)
        found: list[ClaimRef] = []
        for article in (a for a in articles if a in wanted) if len(wanted) > 1 else wanted:
            common = set.intersection(*(set(place.get(article, ())) for place in places))
            found += [ClaimRef(article, claim) for claim in wanted[article] if claim in common]
        return found

    def _take(self, article: str, stored: Stored) -> None:
        for key in self._keys.pop(article, set()):
            self._claims[key].pop(article, None)
        names = {speaker["id"]: speaker.get("name") for speaker in speakers_of(stored.head)}
        keys = self._keys[article] = set()
        for line in stored.claims.values():
            claim = layout.document(line)
            if claim.get("deleted"):
                continue
            speaker = claim.get("speaker")
            name = names.get(speaker) if isinstance(speaker, str) else None
            for kind, value in (("status", claim.get("status")), ("speaker", name)):
                if isinstance(value, str):
                    key = (kind, _folded(kind, value))
                    keys.add(key)
                    self._claims.setdefault(key, {}).setdefault(article, []).append(claim["id"])


def _folded(kind: str, value: str) -> str:
    return value.casefold() if kind == "speaker" else value
