"""Ends of contents: no content stops before the verb of its clause, or on a word whose other half was cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.extract.tree import Tree
from annotate.spans import Span, union

_BEFORE_A_NOUN = frozenset({"det", "poss", "predet", "amod", "compound", "nummod", "nmod", "case"})
_BEFORE_A_CLAUSE = frozenset({"mark", "aux", "auxpass", "neg"})
_WITH_OBJECTS = frozenset({"prep", "agent", "dative"})
_PAUSES = frozenset({",", ";", ":", "-", "--", "—", "–", '"', "“", "”", "''"})
_RELATIVES = frozenset({"which", "who", "whom", "whose"})


def completed(article: ParsedArticle, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with the ends of their contents completed, or cut back where that is not possible.

    A draft without a source that is covered by a completed one disappears: the outer content holds it.
    """
    out: list[Draft | None] = [*sorted(drafts, key=lambda draft: draft.content)]
    for number, draft in enumerate(out):
        if draft is not None:
            out[number], changed = _completed(article, draft, number, out)
            for key, other in changed.items():
                out[key] = other
    return [draft for draft in out if draft is not None]


def _completed(
    article: ParsedArticle, draft: Draft, number: int, drafts: Sequence[Draft | None]
) -> tuple[Draft, Mapping[int, Draft | None]]:
    """Return a draft with its end completed, and what changes in others: None for one that it covers.

    Args:
        article: The article.
        draft: A draft.
        number: Its index among all drafts.
        drafts: All drafts in text order.
    """
    tree, span = article.tree, draft.content[-1]
    if any(quote.start < span.end <= quote.end for quote in article.quotes_in(span.start, span.end)):
        return draft, {}
    first, last = tree.at(span.start), tree.at(span.end - 1)
    while last > first and not _is_word(tree, last):
        last -= 1
    clause = _clause_of_subject(tree, draft, first, last)
    end = clause if clause is not None else _end_of_phrase(tree, last)
    if end is None:
        return draft, {}
    wider = _to(article, span, end)
    covered = dict(_overlapping(number, drafts, wider))
    if wider.end <= span.end or any(not _holds(wider, other) or other.content[0] < span for other in covered.values()):
        return _cut_back(article, draft), {}
    if clause is None and any(other.source for other in covered.values()):
        return _cut_back(article, draft), dict(_handed_over(tree, last, covered))
    return replace(draft, content=(*draft.content[:-1], wider)), dict.fromkeys(covered)


def _overlapping(number: int, drafts: Sequence[Draft | None], span: Span) -> Iterator[tuple[int, Draft]]:
    """Yield the drafts around one of them, from the draft before it, that overlap a span."""
    for key in range(max(0, number - 1), len(drafts)):
        other = drafts[key]
        if other is None or key == number:
            continue
        if other.content[0].start >= span.end:
            return
        if overlaps([span], other.content[0].start, other.content[-1].end):
            yield key, other


def _clause_of_subject(tree: Tree, draft: Draft, first: int, last: int) -> int | None:
    """Return the end of the clause under a cue if the content stops before its verb: *says [the bridge] is safe*."""
    if draft.at is None or len(draft.content) > 1:
        return None
    return next(
        (
            tree.right[verb]
            for verb in tree.kids(draft.at, "ccomp")
            if draft.at < first and tree.left[verb] <= first and _is_in_subject(tree, verb, last)
        ),
        None,
    )


def _is_in_subject(tree: Tree, verb: int, last: int) -> bool:
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    return subject is not None and last < verb and tree.left[subject] <= last <= tree.right[subject]


def _end_of_phrase(tree: Tree, last: int) -> int | None:
    """Return the token at which a phrase ends that a last word opens; None if that word opens none."""
    head, dep = tree.heads[last], tree.deps[last]
    if tree.lower[last] in _RELATIVES or tree.tags[last] == "WDT":
        clause = next((above for above in tree.above(last) if tree.deps[above] == "relcl"), head)
        return tree.right[clause] if clause > last else None
    if dep == "cc":
        return last
    if dep in _BEFORE_A_CLAUSE and head > last:
        return tree.right[head]
    if dep in _BEFORE_A_NOUN and head > last:
        return _before_comma(tree, last, tree.right[head])
    if dep in _WITH_OBJECTS and tree.kid(last, "pobj", "pcomp", "prep") is not None:
        return _before_comma(tree, last, tree.right[last])
    return None


def _before_comma(tree: Tree, last: int, end: int) -> int:
    return next((i - 1 for i in range(last + 1, end) if tree.words[i] in _PAUSES), end)


def _to(article: ParsedArticle, span: Span, end: int) -> Span:
    """Return a span extended to a token, with the quotation that it would cut."""
    tree = article.tree
    piece = tree.balanced(tree.at(span.start), end)
    if piece is None:
        return span
    until = tree.span(*piece).end
    return Span(span.start, max([until, *(quote.end for quote in article.quotes_in(span.start, until))]))


def _cut_back(article: ParsedArticle, draft: Draft) -> Draft:
    """Return a draft without the words at its end that need others: *the storm, [which]*."""
    tree = article.tree
    *before, span = draft.content
    first, last = tree.at(span.start), tree.at(span.end - 1)
    while last > first and (not _is_word(tree, last) or _end_of_phrase(tree, last) is not None):
        last -= 1
    piece = tree.trimmed(first, last)
    if piece is None or _end_of_phrase(tree, last) is not None:
        return replace(draft, content=tuple(before)) if before else draft
    end = tree.span(*piece).end
    marks = [quote.end for quote in article.quotes_in(span.start, end) if end < quote.end <= end + 2]
    return replace(draft, content=(*before, Span(span.start, max([end, *marks]))))


def _handed_over(tree: Tree, pronoun: int, others: dict[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Yield the draft that a relative pronoun belongs to, with it: *a bridge, [which] they say [will cut costs]*."""
    for key, other in others.items():
        said = tree.tokens_in(*other.content[0])
        if tree.lower[pronoun] in _RELATIVES and tree.heads[pronoun] in said and pronoun < said[0]:
            yield key, replace(other, content=union((tree.span(pronoun, pronoun), *other.content)))


def _is_word(tree: Tree, i: int) -> bool:
    return any(char.isalnum() or char in "%$€£°" for char in tree.words[i])


def _holds(span: Span, draft: Draft) -> bool:
    parts = (*draft.content, *draft.cue)
    return all(span.start <= part.start and part.end <= span.end for part in parts)
