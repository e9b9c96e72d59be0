"""Attributes of a cue: its source and addressee, and whether it is negated or hedged."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.extract.draft import Draft, ParsedArticle
from annotate.extract.sources import addressee_of, source_of
from annotate.extract.tree import Piece, Tree
from annotate.model import Quote
from annotate.tables import word_lists

_WORDS = word_lists("extract/cue_words.tsv")
_DENIALS = _WORDS["contradictions"] | _WORDS["refusals to say"]
_HEDGES = _WORDS["hearsay"] | _WORDS["hedges"]
_AROUND_A_VERB = frozenset({"advmod", "aux", "auxpass", "neg", "punct"})
_TO_HAVE = frozenset({("to", "have"), ("to", "be")})
"""Words after a doubting participle in headlines, which leave out *is*: *alleged to have*."""


def attribute(
    article: ParsedArticle, cue: int, content: tuple[Piece, ...], confidence: float, speaker: int | None = None
) -> Draft:
    """Return the claim of a cue and its content.

    Args:
        article: The article.
        cue: The token of the cue.
        content: Content as token ranges.
        confidence: Probability that it is a claim, 0 to 1.
        speaker: Another cue that has the same source.
    """
    tree = article.tree
    source = apart(source_of(tree, cue if speaker is None else speaker), content)
    addressee = apart(addressee_of(tree, cue), content)
    if source is None and addressee is not None and content[0][0] < cue and addressee[0] == cue + 1:
        source, addressee = addressee, None  # “…,” said the miller: the parser takes the miller for an object
    if source == addressee:
        addressee = None
    return Draft(
        content=article.spans(content),
        cue=(tree.span(*_cue_words(tree, cue, content)),),
        source=article.spans([source]) if source else (),
        addressee=article.spans([addressee]) if addressee else (),
        confidence=confidence,
        negated=is_negated(article, cue),
        hedged=is_hedged(article, cue),
        at=cue,
    )


def is_negated(article: ParsedArticle, cue: int) -> bool:
    """Return whether a cue denies its content: `did not say`, `denied`, `nobody said`, `neither confirmed nor`."""
    tree = article.tree
    subject = tree.kid(cue, "nsubj")
    said_by = [subject, *tree.kids(subject, "det")] if subject is not None else []
    nobody = not _WORDS["nobody"].isdisjoint(_words(tree, [*said_by, *tree.kids(cue, "preconj")]))
    negated = any(_quotes_at(article, no) == _quotes_at(article, cue) for no in tree.kids(cue, "neg"))
    return nobody or negated or is_denial(article, cue) or _is_unsaid(tree, cue)


def _is_unsaid(tree: Tree, cue: int) -> bool:
    """Return whether words before an infinitive or gerund say that nothing was said: *yet to say*."""
    before = tree.lower[max(0, cue - 3) : cue]
    if not before or before[-1] not in ("to", "of"):
        return False
    return not _WORDS["unsaid"].isdisjoint(before[-2:]) or ("not" in before and "able" in before)


def _quotes_at(article: ParsedArticle, i: int) -> list[Quote]:
    """Return the quotes around a word: in `“Absolutely not,” she said` the parser attaches *not* to *said*."""
    return article.quotes_in(article.tree.starts[i], article.tree.end(i))


def is_denial(article: ParsedArticle, cue: int) -> bool:
    """Return whether a cue is a denial by its meaning: `denied`, `disputed`, `rejected the claim`."""
    return article.lexicon.lemma(article.tree.lower[cue]) in _DENIALS or contradicts(article, cue)


def contradicts(article: ParsedArticle, cue: int) -> bool:
    """Return whether a cue calls a statement untrue (`denied`), not only unsaid (`refused to say`)."""
    tree, verb = article.tree, article.lexicon.lemma(article.tree.lower[cue])
    what = tree.kid(cue, "dobj", "nsubjpass") if verb in _WORDS["rejections"] else None
    rejects = what is not None and tree.lower[what].removesuffix("s") in _WORDS["accusations"]
    return rejects or verb in _WORDS["contradictions"]


def is_hedged(article: ParsedArticle, cue: int) -> bool:
    """Return whether a cue is doubted or only possible: `reportedly said`, `may announce`, `is alleged to`."""
    tree = article.tree
    around = [cue, *tree.children[cue]]
    modal = any(tree.lower[i] in _WORDS["modals"] and tree.tags[i] == "MD" for i in around)
    modal = modal and tree.kid(cue, "neg") is None  # “could not say” says that nothing was said
    return modal or is_doubted(tree, cue) or not _HEDGES.isdisjoint(_words(tree, around))


def is_doubted(tree: Tree, cue: int) -> bool:
    """Return whether a cue is doubted and names no source: `is alleged to`, `alleged to have`, `reportedly`."""
    is_passive = tree.kid(cue, "auxpass") is not None
    alleged = tree.lower[cue] in _WORDS["doubted"] and (is_passive or tuple(tree.lower[cue + 1 : cue + 3]) in _TO_HAVE)
    by_nobody = is_passive and tree.kid(cue, "agent") is None
    held = tree.lower[cue] in _WORDS["held"] and by_nobody and tree.kid(cue, "xcomp") is not None
    return is_hearsay(tree, cue) or alleged or held


def is_hearsay(tree: Tree, cue: int) -> bool:
    """Return whether a cue is an adverb that attributes by itself, such as `reportedly`."""
    return tree.lower[cue] in _WORDS["hearsay"]


def head_of_cue(tree: Tree, tokens: range) -> int:
    """Return the word of a cue that makes the attribution: *say* in *have yet to say*, *understood* in *It is …*."""
    said = [i for i in tokens if tree.is_verb(i) and i > tokens[0] and tree.lower[i - 1] in ("to", "of")]
    if said and _is_unsaid(tree, said[-1]):
        return said[-1]
    at = next((i for i in tokens if tree.heads[i] not in tokens or tree.heads[i] == i), tokens[0])
    is_dummy = tree.lower[at] == "it" and tree.is_verb(tree.heads[at])
    return tree.heads[at] if is_dummy else at


def bare_cue(tree: Tree, tokens: range, at: int) -> Piece | None:
    """Return a cue without auxiliaries, adverbs, occasions and punctuation at its edges: *said [in a statement]*."""
    if at not in tokens or _is_unsaid(tree, at):
        return at, at
    first, last = tokens[0], tokens[-1]
    occasion = next((i for i in tokens if i > at and tree.heads[i] == at and _has_noun(tree, i, last)), None)
    last = last if occasion is None else max(at, tree.left[occasion] - 1)  # *what* she *thought about*
    while first < last and (_is_around(tree, first, tokens) or tree.lower[first] == "it"):
        first += 1
    while last > first and _is_around(tree, last, tokens):
        last -= 1
    return tree.trimmed(first, last) or (first, last)


def _has_noun(tree: Tree, i: int, last: int) -> bool:
    """Return whether a preposition of a cue has its noun in the cue, up to its last token."""
    kid = tree.kid(i, "pobj", "amod")
    return tree.deps[i] in ("prep", "npadvmod") and kid is not None and kid <= last


def _is_around(tree: Tree, i: int, cue: range) -> bool:
    return tree.deps[i] in _AROUND_A_VERB and tree.heads[i] in cue


def _words(tree: Tree, tokens: Iterable[int]) -> set[str]:
    return {tree.lower[i] for i in tokens}


def apart(piece: Piece | None, content: tuple[Piece, ...]) -> Piece | None:
    """Return a token range unless it overlaps the content."""
    return None if piece and any(first <= piece[1] and piece[0] <= last for first, last in content) else piece


def _cue_words(tree: Tree, cue: int, content: tuple[Piece, ...]) -> Piece:
    """Return the cue with its particle (pointed out) or the preposition before its content (called for)."""
    last = cue
    while last + 1 < len(tree) and tree.heads[last + 1] == cue and tree.deps[last + 1] in ("prt", "prep"):
        if tree.deps[last + 1] == "prep" and content[0][0] != last + 2 and tree.lower[cue] != "according":
            break
        last += 1
    return cue, last
