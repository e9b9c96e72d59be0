"""Changes in memory that are in no file yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import orjson

from annotate.store.disk import delta, layout
from annotate.store.memory.article import StoredArticle, article_line


class Unsaved:
    """The changed documents; their content is read when they are saved."""

    def __init__(self) -> None:
        self.articles: dict[str, bool] = {}
        """By article id: True if the whole document changed, False if only fields that edits can change."""
        self.claims: dict[str, tuple[str, str]] = {}
        """TinyDB's number → article and claim."""
        self.history: int | None = None
        """Index of the first new entry."""
        self.meta = False

    def article(self, article: str, old: StoredArticle | None, new: StoredArticle) -> None:
        """Record that an article was replaced, with all its claims in their order."""
        self.articles[article] = True
        for stored in filter(None, (old, new)):
            for claim, line in stored.claims.items():
                number = layout.key(line)
                self.claims.pop(number, None)
                self.claims[number] = article, claim

    def edits(self, article: str, before: tuple[bytes, Mapping[str, bytes | None]], now: StoredArticle) -> None:
        """Record the edits of an article, given its head and its claims before them."""
        head, claims = before
        if head is not now.head:
            self.articles.setdefault(article, False)
        for claim, old in claims.items():
            for line in filter(None, (old, now.claims.get(claim))):
                self.claims[layout.key(line)] = article, claim

    def entry(self, place: int) -> None:
        """Note that an entry was appended to the history at `place`."""
        if self.history is None:
            self.history = place

    def joined(self, later: Unsaved) -> Unsaved:
        """Return these changes joined with later ones."""
        both = Unsaved()
        whole = {article: is_whole or self.articles.get(article, False) for article, is_whole in later.articles.items()}
        both.articles = self.articles | whole
        both.claims = {number: place for number, place in self.claims.items() if number not in later.claims}
        both.claims |= later.claims
        both.history = min((place for place in (self.history, later.history) if place is not None), default=None)
        both.meta = self.meta or later.meta
        return both

    def render(
        self, articles: Mapping[str, StoredArticle], history: Sequence[bytes], meta: Callable[[], bytes]
    ) -> bytes:
        """Return the documents as they are now, as a delta."""
        put: dict[str, list[bytes]] = {"meta": [meta()] if self.meta else [], "articles": [], "claims": []}
        heads: list[bytes] = []
        dropped: list[bytes] = []
        for article, is_whole in self.articles.items():
            stored = articles[article]
            if is_whole:
                put["articles"].append(article_line(*stored.parts))
            else:
                heads.append(stored.head_line)
        for number, (article, claim) in self.claims.items():
            line = articles[article].claims.get(claim)
            if line is not None and layout.key(line) == number:
                put["claims"].append(line)
            else:
                dropped.append(b'"%s":%s' % (number.encode(), orjson.dumps({"article": article, "id": claim})))
        put["history"] = list(history[self.history :]) if self.history is not None else []
        return delta.render(put, {"articles": heads}, {"claims": dropped})
