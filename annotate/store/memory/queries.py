"""Questions about the content of a save file: claims by status and speaker, words in texts, speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import orjson

from annotate.errors import ModelError
from annotate.model import Speaker
from annotate.store.disk import layout
from annotate.store.memory.article import StoredArticle, speakers_of

if TYPE_CHECKING:
    from annotate.directory import Appearance

_ESCAPE = len("\\u0001")
_COMMON = b" etaoinsrhldcumfpgwybvk.,TSAMCIN0"
"""Bytes by frequency in English texts, the most frequent first."""


class ClaimRef(NamedTuple):
    """Ids of a claim and its article."""

    article: str
    claim: str


Keys = tuple[str, str]
"""A kind of key (`status`, `speaker`) and its value."""


class ClaimIndex:
    """An index of claims by status and speaker: built by the first question, kept up to date an article at a time.

    Not thread-safe: the store holds a lock.
    """

    def __init__(self) -> None:
        self._claims: dict[Keys, dict[str, list[str]]] = {}
        """Key → article → its claims."""
        self._keys: dict[str, set[Keys]] = {}
        """Article → the keys of its claims."""
        self._stale: set[str] = set()

    def touch(self, article: str) -> None:
        """Note that an article has changed."""
        self._stale.add(article)

    def find(self, articles: Mapping[str, StoredArticle], keys: Mapping[str, str]) -> list[ClaimRef]:
        """Return the claims that match all given keys, in order of articles and claims."""
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

    def _take(self, article: str, stored: StoredArticle) -> None:
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


def search(words: str, articles: Mapping[str, StoredArticle], *, ignore_case: bool) -> list[str]:
    """Return the ids of the articles that contain some words.

    Texts are kept as JSON strings and searched as such, unparsed.
    """
    ids, texts = list(articles), [stored.text for stored in articles.values()]
    if ignore_case:
        folded = words.casefold()
        return [id_ for id_, text in zip(ids, texts, strict=True) if folded in orjson.loads(text).casefold()]
    try:
        needle = orjson.dumps(words)[1:-1]
    except TypeError:  # half a surrogate pair, which no text has
        return []
    rarest = max(needle, key=_rarity, default=ord('"'))  # most texts without the words are without it: looked for first
    return [
        id_
        for id_, text in zip(ids, texts, strict=True)
        if rarest in text and needle in text and _holds(text, needle, words)
    ]


def _rarity(byte: int) -> int:
    return _COMMON.find(byte) % 256


def _holds(packed: bytes, needle: bytes, words: str) -> bool:
    """Confirm that a text contains words after a match in its JSON, which may begin inside an escape."""
    place = packed.find(needle, 1, -1)
    if b"\\" in packed[max(0, place - _ESCAPE) : max(0, place)]:
        return words in orjson.loads(packed)
    return place > 0


def speakers(articles: Iterable[tuple[str, bytes, Iterable[bytes]]]) -> Iterator[Appearance]:
    """Yield the speakers of articles, each with the number of its claims that are neither deleted nor rejected.

    Speakers that cannot be read are passed over: `check` reports them.

    Args:
        articles: Id, head (see `StoredArticle`) and claims of each.
    """
    from annotate.directory import Appearance  # searching for words and claims does without

    for article, head, claims in articles:
        counts = Counter(filter(None, map(_speaker, map(layout.document, claims))))
        for document in speakers_of(head):
            try:
                speaker = Speaker.from_dict(document, f"article {article!r}")
            except ModelError:
                continue
            yield Appearance(article, speaker, counts[speaker.id])


def _speaker(claim: Mapping[str, object]) -> str | None:
    """Return the id of a claim's speaker, if the claim counts."""
    speaker = claim.get("speaker")
    counts = not claim.get("deleted") and claim.get("status") != "rejected"
    return speaker if counts and isinstance(speaker, str) else None
