"""Publication date of an article, from its dateline or byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.model import Block

_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_LATER = re.compile(r"(?i)\b(?:updated?|modified|corrected)\b")
_PUBLISHED = re.compile(r"(?i)\b(?:published|posted|first)\b")


def publication_date(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the full ISO date given in a dateline, else in a byline; None if there is none with a year.

    A publication date takes precedence over the date of an update.
    """
    from annotate.dates import find_dates

    heads = [block for kind in ("dateline", "byline") for block in blocks if block.kind == kind]
    heads.sort(key=lambda block: _rank(text[block.start : block.end]))
    for block in heads:
        for mention in find_dates(text, (block,), None):
            if mention.value and _FULL.match(mention.value):
                return mention.value[:10]
    return None


def _rank(words: str) -> int:
    if _PUBLISHED.search(words):
        return 0
    return 2 if _LATER.search(words) else 1
