"""Quotations beside a denial or a refusal to speak: they were said, not denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotate.extract.cue import is_denial
from annotate.extract.draft import Draft, ParsedArticle
from annotate.extract.tree import Tree
from annotate.spans import Span

_COLON = re.compile(r"\s*:\s*$")
_NOTHING = frozenset({"this", "it", "that"})
"""Objects of a denial before its colon that have no content of their own: *denied this: “…”*."""
_SILENCES = frozenset({"answer", "comment", "elaborate", "reply", "respond"})
"""Verbs that can introduce a quotation, but mean silence when negated: *would not comment: “…”*."""


def answered(article: ParsedArticle, draft: Draft) -> Iterator[Draft]:
    """Yield a claim, with a quotation beside its denial split off as a claim that is not negated.

    The quotation follows a colon (*denied it: “…”*, *would not say who pays: “…”*) or precedes the denial (*“…,” denied
    Li*).
    """
    if not draft.negated or not draft.cue or draft.at is None:
        yield draft
        return
    content = Span(draft.content[0].start, draft.content[-1].end)
    quotes = [quote for quote in article.quotes_in(*content) if quote.end <= content.end]
    for quote in quotes:
        denial_ends = _end_of_denial(article, draft.at, quote.start)
        if denial_ends is not None:
            denied = tuple(_before(article.tree, draft.content, denial_ends))
            if denied:
                yield replace(draft, content=denied)
            yield replace(draft, content=(Span(quote.start, content.end),), negated=False)
            return
    is_quotation = quotes and (quotes[0].start, quotes[-1].end) == content
    goes_before = is_quotation and content.end <= draft.cue[0].start and is_denial(article, draft.at)
    yield replace(draft, negated=not goes_before)


def _end_of_denial(article: ParsedArticle, cue: int, quote: int) -> int | None:
    """Return the offset at which a denial ends before a colon and a quotation; None if the quotation is itself denied.

    *Did not say: “…”* denies the quotation; *did not say who would pay: “…”* and *…, saying: “…”* do not.
    """
    tree = article.tree
    colon = _COLON.search(tree.text, tree.end(cue), quote)
    if colon is None:
        return None
    last = next(i for i in range(tree.at(colon.start() - 1), cue - 1, -1) if i == cue or tree.is_verb(i))
    if last > cue and tree.tags[last] == "VBG" and tree.words[last - 1] == ",":
        return tree.starts[last - 1]
    word = article.lexicon.lemma(tree.lower[last])
    governs = article.lexicon.introduces_quotes(word) and word not in _SILENCES
    return None if governs and not is_denial(article, last) else colon.start()


def _before(tree: Tree, content: tuple[Span, ...], end: int) -> Iterator[Span]:
    """Yield the parts of a content before an offset, without empty ones such as *this* or *to comment*."""
    for span in content:
        piece = tree.trimmed(tree.at(span.start), tree.at(end - 1)) if span.end > end else None
        kept = tree.span(*piece) if piece is not None else span
        words = tree.text[slice(*kept)].casefold()
        if kept.end <= end and words not in _NOTHING and words.removeprefix("to ") not in _SILENCES:
            yield kept
