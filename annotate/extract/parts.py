"""Parts of a tagged claim, moved to the edges that the parse gives them."""

from __future__ import annotations

import re

from annotate.extract.cue import apart, is_denial, is_hearsay
from annotate.extract.draft import ParsedArticle
from annotate.extract.sources import subject_of
from annotate.extract.tree import Piece, Tree
from annotate.spans import Span

_DAY = re.compile(r",\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_ARTICLES = frozenset({"a", "an", "the"})
_AROUND_A_VERB = frozenset({"advmod", "aux", "auxpass", "neg", "punct"})


_BEFORE_A_NOUN = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss"})


def hearsay_of(tree: Tree, cue: range) -> range:
    """Return the hearsay adverb of a cue without other content words (*has reportedly*), else an empty range."""
    at = next((i for i in cue if is_hearsay(tree, i)), None)
    if at is None or any(tree.deps[i] not in _AROUND_A_VERB for i in cue):
        return range(0)
    return range(at, at + 1)


def around_verb(tree: Tree, content: Span, cue: int) -> tuple[Span, ...]:
    """Split a content at the passive verb in it: *Li* and *to have lied* in “Li is alleged to have lied”."""
    first, last = tree.at(content.start), tree.at(content.end - 1)
    if not first <= cue < last:
        return (content,)
    begin = min([cue, *tree.kids(cue, "auxpass", "aux", "neg", "advmod")])
    pieces = (tree.trimmed(first, begin - 1), tree.trimmed(cue + 1, last))
    return tuple(tree.span(*piece) for piece in pieces if piece is not None)


def without_gerund(article: ParsedArticle, cue: range, content: Span) -> tuple[range, Span]:
    """Move a gerund from the end of a denial to its content: *denied* [*ordering the strike*]."""
    tree, last = article.tree, cue[-1]
    is_next = last - 1 in cue and tree.at(content.start) == last + 1
    if is_next and tree.tags[last] == "VBG" and is_denial(article, last - 1):
        return cue[:-1], Span(tree.starts[last], content.end)
    return cue, content


def source_phrase(tree: Tree, tokens: range, cue: int) -> Piece | None:
    """Return a source trimmed of punctuation and extended to the noun that its last article or adjective modifies.

    It keeps brackets in pairs, and excludes a day after a comma ("The Kremlin, on Wednesday, …") and the cue: the
    parser makes one noun of *Harbour chief denies*, and in *his claim* the source is *his*.
    """
    stop = cue if cue > tokens[-1] and tree.lower[tokens[-1]] not in _ARTICLES else len(tree)
    start, end = tree.span(tokens[0], tokens[-1])
    day = _DAY.search(tree.text, start, end)
    piece = tree.trimmed(tokens[0], tree.at(day.start()) if day else tokens[-1])
    if piece is None:
        return None
    first, last = piece
    while tree.deps[last] in _BEFORE_A_NOUN and last < tree.heads[last] < stop:
        last = tree.heads[last]
    return tree.balanced(first, last)


def nearer_subject(tree: Tree, cue: int, source: Piece | None, inside: tuple[Piece, ...]) -> Piece | None:
    """Return the subject of a cue whose source is in another sentence, or the agent of a passive: *told by [Li]*."""
    subject = apart(subject_of(tree, cue), inside)
    if source is None or subject is None or (source[0] <= subject[1] and subject[0] <= source[1]):
        return None
    is_agent = tree.kid(cue, "agent") is not None
    return subject if is_agent or tree.top(cue) != tree.top(source[1]) else None
