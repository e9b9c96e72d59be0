"""Claims from the complements of cue words: `claimed that …`, `a plan to …`, `called for …`, `according to …`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotate.extract.complements import Complement, complements
from annotate.extract.cue import attribute
from annotate.extract.draft import Draft, ParsedArticle
from annotate.extract.tree import Tree
from annotate.spans import Span

LEAST = 0.42
"""Minimum probability of a claim: about half the best F measure, the threshold that maximises F."""

_SURE = 0.97
_QUOTE = 2.0
"""Factor on the odds of content with a quote in it."""
_OWN_CLAIM = 0.6
"""Minimum probability for a participle at the end of a claim to begin a claim of its own."""


def governed(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims with content that depends on a cue word in the parse, outer before inner."""
    covered = _Covered(span for draft in earlier for span in draft.content)
    cues = {draft.at for draft in earlier}
    likely = _likely(article)
    second = _second_cues(article.tree, likely)
    speakers: dict[int, int] = {}
    out = []
    for cue in sorted(likely, key=lambda cue: _rank(article.tree, likely[cue][1])):
        chance, complement = likely[cue]
        if cue in cues:
            continue
        further = _next_claim(article.tree, complement, likely, second)
        if further is not None:
            complement, rest = _cut(article.tree, complement, further, likely[further][1])
            likely[further] = likely[further][0], rest
            speakers[further] = speakers.get(cue, cue)
        draft = attribute(article, cue, complement.content, chance, speakers.get(cue))
        if not covered.touches(draft):
            out.append(draft)
            covered.add(draft)
    return out


def _likely(article: ParsedArticle) -> dict[int, tuple[float, Complement]]:
    """Return the best complement of each cue word; its probability is the sum over those that overlap it."""
    out = {}
    tree, words = article.tree, article.lexicon
    for i, form in enumerate(tree.lower):
        if not (tree.children[i] and (words.knows(form) or tree.is_verb(i))):
            continue
        rated = [(words.probability(form, c.shape), c) for c in complements(tree, i)]
        if rated:
            best = max(rated, key=lambda pair: pair[0])[1]
            chance = min(_SURE, sum(p for p, rival in rated if _overlap(rival, best)))
            if chance < LEAST <= _with_quote(chance) and article.quotes_in(*_extent(tree, best)):
                chance = _with_quote(chance)
            if _is_pronoun(tree, best) or _is_order(tree, i):
                continue
            if chance >= LEAST:
                out[i] = (chance, best)
    return out


def _second_cues(tree: Tree, likely: Mapping[int, tuple[float, Complement]]) -> list[int]:
    """Return the cues that may begin a second claim at the end of another, in text order.

    Either a participle (`…, alleging that …`) or a second verb without a subject (`… and urged …`).
    """

    def may_begin(i: int) -> bool:
        tag, before, dep = tree.tags[i], tree.words[i - 1] if i else "", tree.deps[i]
        is_participle = tag == "VBG" and before == "," and dep == "advcl"
        return is_participle or (tag in ("VBD", "VBZ") and before == "and" and dep == "conj")

    return sorted(i for i, (chance, _) in likely.items() if chance >= _OWN_CLAIM and may_begin(i))


def _next_claim(
    tree: Tree, complement: Complement, likely: Mapping[int, tuple[float, Complement]], second: Sequence[int]
) -> int | None:
    """Return the cue of a second claim at the end of a content, if the first speaker's words end before it."""
    first, last = complement.content[-1]
    for i in second[bisect_left(second, first + 2) : bisect_left(second, last)]:
        is_verb = tree.deps[i] == "conj"
        rest = range(i + 1 if is_verb else tree.right[i] + 1, last + 1)
        own = likely[i][1].content[0][0]
        if not any(tree.deps[j] in ("nsubj", "nsubjpass") and (j < own or not is_verb) for j in rest):
            return i
    return None


def _cut(tree: Tree, outer: Complement, further: int, inner: Complement) -> tuple[Complement, Complement]:
    """Split a content at the second claim in it; the second claim runs to the end of the first.

    The parser attaches `but were shot down` after a participle to the verb before it more often than to the verb
    inside.
    """
    *before, (first, last) = outer.content
    kept = tree.trimmed(first, further - (2 if tree.lower[further - 1] == "and" else 1))
    content = (*before, kept) if kept else tuple(before)
    return replace(outer, content=content), replace(inner, content=((inner.content[0][0], last),))


def _with_quote(chance: float) -> float:
    """Return the probability of content with a quote in it."""
    return chance * _QUOTE / (1 - chance + chance * _QUOTE)


def _extent(tree: Tree, complement: Complement) -> Span:
    return tree.span(complement.content[0][0], complement.content[-1][1])


def _overlap(one: Complement, other: Complement) -> bool:
    return one.content[0][0] <= other.content[-1][1] and other.content[0][0] <= one.content[-1][1]


def _rank(tree: Tree, complement: Complement) -> tuple[int, int]:
    """Return the sort key that puts a word before those it governs, and `as he said` before its sentence."""
    depth = sum(1 for _ in tree.above(complement.cue))
    (first, last) = complement.content[0][0], complement.content[-1][1]
    hangs_on = complement.shape in ("A:clause", "V:as", "V:around")
    return depth - 2 * hangs_on, first - last


class _Covered:
    """The offsets that are already content."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._offsets: set[int] = set()
        for start, end in spans:
            self._offsets.update(range(start, end))

    def add(self, draft: Draft) -> None:
        """Add the content of a claim."""
        for start, end in draft.content:
            self._offsets.update(range(start, end))

    def touches(self, draft: Draft) -> bool:
        """Return whether the claim's cue or an edge of its content is already content."""
        ends = (offset for start, end in (*draft.cue, *draft.content) for offset in (start, end - 1))
        return any(offset in self._offsets for offset in ends)


def _is_pronoun(tree: Tree, complement: Complement) -> bool:
    """Return whether the content is only a pronoun such as *him* or *each other*."""
    words = [i for first, last in complement.content for i in range(first, last + 1)]
    return len(words) <= 2 and (tree.tags[words[-1]] in ("PRP", "DT") or tree.lower[words[-1]] == "other")


def _is_order(tree: Tree, i: int) -> bool:
    """Return whether a verb is an order to the reader: *Share this article*."""
    return tree.tags[i] == "VB" and tree.deps[i] == "ROOT" and tree.kid(i, "nsubj", "aux") is None
