"""The speakers of all articles, and how much each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from annotate.directory import Appearance
from annotate.errors import ModelError
from annotate.model import Speaker
from annotate.store.disk import layout
from annotate.store.memory.article import speakers_of


def appearances(articles: Iterable[tuple[str, bytes, Iterable[bytes]]]) -> Iterator[Appearance]:
    """Yield all speakers, with how many claims of theirs are neither deleted nor rejected.

    What makes no sense is passed over: `check` says so.

    Args:
        articles: Id, head (see `Stored`) and claims of each.
    """
    for article, head, claims in articles:
        counts = Counter(filter(None, map(_speaker, map(layout.document, claims))))
        for document in speakers_of(head):
            try:
                speaker = Speaker.from_dict(document, f"article {article!r}")
            except ModelError:
                continue
            yield Appearance(article, speaker, counts[speaker.id])


def _speaker(claim: Mapping[str, object]) -> str | None:
    """Return whose a claim is, if it counts."""
    speaker = claim.get("speaker")
    counts = not claim.get("deleted") and claim.get("status") != "rejected"
    return speaker if counts and isinstance(speaker, str) else None
