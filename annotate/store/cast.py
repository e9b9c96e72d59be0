"""The speakers of all articles, and how much each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson

from annotate.directory import Appearance
from annotate.errors import ModelError
from annotate.model import Speaker
from annotate.store import layout


def appearances(articles: Iterable[tuple[str, bytes, Iterable[bytes]]]) -> Iterator[Appearance]:
    """Yield the speakers who have claims that are neither deleted nor rejected.

    Args:
        articles: Id, head (see `Stored`) and claims of each.
    """
    for article, head, claims in articles:
        speakers = orjson.loads(head).get("speakers", ())
        counts = Counter(claim.get("speaker") for claim in map(layout.document, claims) if _counts(claim))
        for document in speakers:
            if counts[document.get("id")]:
                try:
                    speaker = Speaker.from_dict(document, f"article {article!r}")
                except ModelError:  # `check` says so; the other speakers are in order
                    continue
                yield Appearance(article, speaker, counts[speaker.id])


def _counts(claim: dict[str, object]) -> bool:
    return not claim.get("deleted") and claim.get("status") != "rejected"
