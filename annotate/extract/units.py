"""The units of a parsed text: its noun phrases and clauses, and the claims that its parse would allow."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from annotate.extract.blocks import blocks_of
from annotate.extract.complements import complements
from annotate.extract.cue import attribute, is_hedged, is_negated
from annotate.extract.direct import seen_with_quotes
from annotate.extract.draft import ParsedArticle
from annotate.extract.quotes import quotes_of
from annotate.extract.sources import source_of
from annotate.extract.tree import Tree
from annotate.spans import Span
from annotate.units import Reading, Units

_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP"})
_HEADS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "appos", "conj", "poss", "npadvmod", "ROOT"}
)
"""Dependency labels of the heads of noun phrases."""
_LOOSE = frozenset({"conj", "advcl", "relcl", "acl", "appos", "parataxis", "prep", "npadvmod"})
"""Dependency labels of words at the end of a clause that may not belong to what was said."""
_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "xcomp", "conj", "parataxis", "csubj"})


def units_of(doc: Doc) -> Units:
    """Return the units of a parsed text; offsets are code points of the text."""
    tree = Tree(doc)
    article = ParsedArticle(tree, blocks_of(doc), quotes_of(doc))
    phrases = dict.fromkeys(_phrases(tree))
    clauses = dict.fromkeys(_clauses(article))
    readings = dict.fromkeys(_readings(article))
    return Units(Span(0, len(tree.text)), tuple(sorted(phrases)), tuple(sorted(clauses)), tuple(readings))


def _phrases(tree: Tree) -> Iterator[Span]:
    """Yield noun phrases: the whole one under each head, and the one that ends with the head."""
    for head in range(len(tree)):
        if tree.tags[head] in _NOMINAL and tree.deps[head] in _HEADS:
            for last in {head, tree.right[head]}:
                piece = tree.balanced(tree.left[head], last)
                if piece is not None:
                    yield tree.span(*piece)


def _clauses(article: ParsedArticle) -> Iterator[Span]:
    """Yield the words under each verb that heads a sentence or a clause, and each whole quotation."""
    tree = article.tree
    for head in range(len(tree)):
        if tree.deps[head] in _CLAUSAL and (tree.is_verb(head) or tree.deps[head] == "ROOT"):
            for last in _ends(tree, head):
                piece = tree.balanced(tree.left[head], last)
                if piece is not None:
                    yield from article.spans([piece])
    yield from (Span(quote.start, quote.end) for quote in article.quotes)


def _ends(tree: Tree, head: int) -> Iterator[int]:
    """Yield the last token under a head, and those before clauses that may be the writer's again, or another's."""
    yield tree.right[head]
    for child in tree.children[head]:
        if child > head and tree.deps[child] in _LOOSE:
            last = tree.left[child] - 1
            while last > head and tree.deps[last] in ("cc", "punct"):
                last -= 1
            yield last


def _readings(article: ParsedArticle) -> Iterator[Reading]:
    """Yield every pairing of a cue with words that it may govern, the likeliest first; then the known cues alone."""
    tree, lexicon = article.tree, article.lexicon
    governed = [found for i in range(len(tree)) if tree.children[i] for found in complements(tree, i)]
    quoted = seen_with_quotes(tree, article.quotes)
    rated = [(lexicon.probability(tree.lower[found.cue], found.shape), found) for found in (*quoted, *governed)]
    for chance, found in sorted(rated, key=lambda pair: -pair[0]):
        draft = attribute(article, found.cue, found.content, chance)
        content = Span(draft.content[0].start, draft.content[-1].end)
        source = draft.source[0] if draft.source else None
        yield Reading(content, draft.cue[0], source, draft.negated, draft.hedged)
    for cue in range(len(tree)):
        if tree.is_verb(cue) and lexicon.knows(tree.lower[cue]):
            piece = source_of(tree, cue)
            source = tree.span(*piece) if piece is not None else None
            yield Reading(None, tree.span(cue, cue), source, is_negated(article, cue), is_hedged(article, cue))
