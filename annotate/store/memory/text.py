"""Look for words in texts as they are kept in memory: as JSON strings, which need not be parsed for that."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from annotate.store.memory.article import Stored

_ESCAPE = len("\\u0001")


_COMMON = b" etaoinsrhldcumfpgwybvk.,TSAMCIN0"
"""Bytes of English texts, the most common first."""


def search(words: str, articles: Mapping[str, Stored], *, ignore_case: bool) -> list[str]:
    """Return the ids of the articles in whose text some words stand."""
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
    """Tell whether words stand in a text, whose JSON has their JSON in it: that may begin within an escape."""
    place = packed.find(needle, 1, -1)
    if b"\\" in packed[max(0, place - _ESCAPE) : max(0, place)]:
        return words in orjson.loads(packed)
    return place > 0
