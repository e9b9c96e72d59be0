"""Split of the decided articles into training and held-out ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from annotate.errors import UsageError
from annotate.plural import count
from annotate.train.corpus import Labelled

FEWEST_ARTICLES, FEWEST_CLAIMS = 5, 50
"""Minimum for training: with fewer, the held-out articles would say little."""
_EVERY = 5


def split(articles: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Return the training articles and the held-out ones: by a hash of the id about every fifth, but at least one.

    An article is on the same side in every run, so that no model is evaluated on articles that an earlier one learned
    from.

    Raises:
        UsageError: There are too few articles or claims.
    """
    if len(articles) < FEWEST_ARTICLES or claims(articles) < FEWEST_CLAIMS:
        raise _too_little(articles)
    held = [article for article in articles if _number(article) % _EVERY == 0] or [min(articles, key=_number)]
    ids = {article.id for article in held}
    learned = [article for article in articles if article.id not in ids]
    if not claims(held) or not claims(learned):
        raise _too_little(articles)
    return learned, held


def claims(articles: Iterable[Labelled]) -> int:
    """Return the number of claims in some articles."""
    return sum(len(article.attributions) for article in articles)


def _number(article: Labelled) -> int:
    return int.from_bytes(hashlib.sha256(article.id.encode("utf-8", "surrogatepass")).digest())


def _too_little(articles: Sequence[Labelled]) -> UsageError:
    decided = f"{count(len(articles), 'decided article')} with {count(claims(articles), 'claim')}"
    return UsageError(
        f"{decided} {'is' if len(articles) == 1 else 'are'} too little to learn from",
        f"decide all claims of some more: {FEWEST_ARTICLES} articles and {FEWEST_CLAIMS} claims are the least",
    )
