"""Claims with a plain syntax that the tagger missed: `according to Lund`, `told Ada to wait`, `say residents`."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence

from annotate.extract.complements import Complement, complements
from annotate.extract.cue import attribute, is_hedged, is_negated
from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.extract.tree import Piece, Tree
from annotate.tables import word_lists

_VERBS = word_lists("extract/plain_syntax.tsv")
INFORMED, OCCASIONS, ORDERS, RULINGS, SAY = (
    _VERBS[name] for name in ("informed", "occasions", "orders", "rulings", "say")
)
_SHAPES = {
    "according": {"A:clause"},
    "statements": {"V:that", "V:clause"},
    "orders": {"V:obj+to", "V:obj+xcomp"},
    "rulings": {"V:small", "V:bare", "V:obj+oprd", "V:obj+acomp", "V:obj+xcomp"},
}
"""Lists of words, and the shapes of complements that are content with these."""
Parts = tuple[Piece, ...]
"""Content, source and, if there is one, addressee."""
_LIKELY = 0.7
"""Confidence of a rule in its claims."""
_NOUNS = frozenset({"DT", "PRP", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CC", ",", "IN"})
_REACH = 100
"""Maximum number of tokens of a sentence on either side of a verb."""
_FINITE = frozenset({"VBP", "VBZ", "VBD", "VB"})
"""Tags of a finite verb; the tagger of parts of speech takes some for infinitives."""
_NO_ENDS = frozenset({"CC", "TO", "MD", "IN", "WDT", "WP", "PRP", ",", ":", "''", "``", "EX", "."})
"""Tags of a word before *say* that is not the end of a statement."""


def plain_syntax(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims with plain syntax in sentences where no other rule found words nor cue."""
    taken = sorted(span for draft in earlier for span in (*draft.content, *draft.cue))
    bodies = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    out: list[Draft] = []
    for draft in _found(article):
        parts = (*draft.content, *draft.cue)
        is_new = not any(overlaps(taken, *part) for part in parts) and overlaps(bodies, *draft.content[0])
        if is_new and draft.source:
            out.append(draft)
            for part in parts:
                insort(taken, part)
    return out


def _found(article: ParsedArticle) -> Iterator[Draft]:
    tree = article.tree
    for i, word in enumerate(tree.lower):
        names = [name for name, words in _VERBS.items() if word in words]
        shapes = frozenset[str]().union(*(_SHAPES.get(name, frozenset()) for name in names))
        if shapes and tree.children[i]:
            found = (complement for complement in complements(tree, i) if complement.shape in shapes)
            yield from (attribute(article, i, one.content, _LIKELY) for one in found if not _is_adverbial(tree, one))
        parts = _told_last(tree, i) if "last" in names else afterthought(tree, i) if "say" in names else None
        if parts is not None:
            content, source, *heard = article.spans(parts)
            yield Draft(
                (content,), (tree.span(i, i),), (source,), tuple(heard), confidence=_LIKELY,
                negated=is_negated(article, i), hedged=is_hedged(article, i), at=i,
            )  # fmt: skip


def _is_adverbial(tree: Tree, complement: Complement) -> bool:
    """Return whether a clause only says when or why something was said: *said [before he died]*."""
    first = complement.content[0][0]
    return complement.shape == "V:clause" and tree.tags[first] in ("IN", "WRB") and tree.deps[first] == "mark"


def afterthought(tree: Tree, verb: int) -> Parts | None:
    """Return content and source of a verb after its content, without a comma: *The road was shut say residents*."""
    before = [kid for kid in tree.kids(verb, "nsubj", "nsubjpass") if kid < verb]
    if not verb or before or tree.tags[verb - 1] in _NO_ENDS or tree.tags[verb] not in _FINITE:
        return None
    content, source = _clause(tree, _start(tree, verb), verb - 1), _noun_to_end(tree, verb + 1)
    return None if content is None or source is None else (content, source)


def _told_last(tree: Tree, verb: int) -> Parts | None:
    """Return content, source and addressee of *The roof leaked, the two of them tell the paper*."""
    begin = verb
    while begin > max(0, verb - _REACH) and tree.tags[begin - 1] in _NOUNS:
        begin -= 1
    commas = [i for i in range(max(begin - 1, 0), verb) if tree.words[i] == ","]
    start, heard = _start(tree, verb), _noun_to_end(tree, verb + 1)
    for comma in commas if heard else ():
        content, source = _clause(tree, start, comma - 1), tree.trimmed(comma + 1, verb - 1)
        if content is not None and source is not None and heard is not None:
            return content, source, heard
    return None


def _start(tree: Tree, i: int) -> int:
    """Return the first token of the sentence around a token, or of its part after a quotation or colon."""
    least = max(0, i - _REACH)
    while i > least and tree.tags[i - 1] not in (".", "``", "''", ":") and "\n" not in tree.words[i - 1]:
        i -= 1
    return i


def _clause(tree: Tree, first: int, last: int) -> Piece | None:
    """Return a token range if it has a subject and its verb."""
    with_subject = (i for i in range(first, last + 1) if tree.kid(i, "nsubj", "nsubjpass", "expl") is not None)
    return tree.trimmed(first, last) if any(map(tree.is_finite, with_subject)) else None


def _noun_to_end(tree: Tree, first: int) -> Piece | None:
    """Return the noun phrase from a token to the end of its sentence."""
    last = first - 1
    while last + 1 < min(len(tree), first + _REACH) and tree.tags[last + 1] in _NOUNS:
        last += 1
    ends = last + 1 == len(tree) or tree.tags[last + 1] == "." or "\n" in tree.words[last + 1]
    piece = tree.trimmed(first, last)
    return piece if piece and ends and any(tree.is_noun(i) for i in range(piece[0], piece[1] + 1)) else None
