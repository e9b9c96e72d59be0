"""The attribution right after a quotation: `“…?” asked Tran`, `“…!” her brother snapped`, `“…,” piped up Ada Bell`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from annotate.extract.cue_lexicon import CueLexicon
from annotate.extract.draft import ParsedArticle
from annotate.extract.links import LinkedContent, span_of
from annotate.extract.sources import phrase
from annotate.extract.tree import Piece, Tree
from annotate.model import Quote
from annotate.spans import Span
from annotate.tables import word_lists
from annotate.tagger.inference import TaggerOutput
from annotate.tagger.outputs import CONTENT, SOURCE

_VERBS = word_lists("extract/quote_verbs.tsv")
_SPOKEN_TO = frozenset({"told", "tells", "asked", "asks"})
"""Verbs that keep a person between them and the end of the sentence: *asked the board*."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_STARTS = frozenset({"DT", "PDT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS", "CD", "JJ"})
"""Tags of the first word of a noun phrase."""
_IN_A_NOUN = _STARTS | {"POS", "IN", "CC", ",", "HYPH", "JJS", "JJR", "-LRB-", "-RRB-", "NFP", "''", "``"}
_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_PARTICLES = frozenset({"back", "in", "off", "on", "out", "up"})
_CLOSED = re.compile(r"(?P<end>[,?!…—–-]|\.\.)?\s?['\"”’»“]{1,3}(?P<after>\s?[,—–-])?[^\S\n]*(?=\S)")
"""End of a quotation, its marks, and the sign that an attribution follows."""
_PARTED = re.compile(r"[.!?;][”\"’»]?\s|[“”\"«»]|\n")
"""Sign between a cue and a content that another sentence or quotation lies between them."""
_SENTENCE = re.compile(r"[.?!…]['\"”’»]{1,3}$")
"""End of a quoted sentence."""
_JOINED = re.compile(r"\b(?:and|but|then)\s+$")
"""Word between two quotations that belongs to neither: “We lost,” Li said, and “we know it,” Moss added."""
_REACH = 30
"""Maximum number of tokens from a quotation to its verb: room for a name with an appositive."""


@dataclass(frozen=True)
class Attribution:
    """The cue of a content, and its source."""

    cue: range
    source: range | None
    """As ranges of tokens."""


@dataclass(frozen=True)
class Tagged:
    """The tagger's output for an article, with the spans of all its sources and contents, in order."""

    article: ParsedArticle
    tags: TaggerOutput
    sources: Sequence[Span]
    contents: Sequence[Span]

    @classmethod
    def of(cls, article: ParsedArticle, tags: TaggerOutput) -> Self:
        """Decode the spans once."""
        sources, contents = ([span_of(tags, run) for run in tags.runs(head)] for head in (SOURCE, CONTENT))
        return cls(article, tags, sources, contents)


def quoted_alone(tagged: Tagged, linked: LinkedContent, span: Span) -> tuple[Span, Attribution | None]:
    """Return a quotation's span and its own attribution, if the tagger linked it to a neighbour's.

    The span loses the verb if the tagger took that for content: *“…,” piped* up Ada. Any other content is returned
    unchanged, without an attribution.
    """
    article, tags = tagged.article, tagged.tags
    tree, quotes = article.tree, article.quotes_in(*span)
    start = quotes[0].start if quotes else span.end
    is_joined = _JOINED.search(tree.text, max(0, start - 6), start) is not None and start > 6
    if start > span.start and not (is_joined and start - span.start <= len("then ")):
        return span, None
    if not quotes or quotes[-1].kind == "title" or (_introduced(tree.text, tags, linked, start) and not is_joined):
        return span, None
    own = beside(article, quotes[-1])
    if own is None:
        return span, _before(article, tags, linked, span)
    span = Span(start, span.end)
    last = max(own.cue[-1], own.source[-1] if own.source else 0)
    near = Span(quotes[-1].end, tree.end(last))
    if tree.starts[min(own.cue[0], own.source[0] if own.source else last)] < span.end:
        span = Span(span.start, near.start)
    cue, source = (run and span_of(tags, run) for run in (linked.cue, linked.source))
    is_tagged = cue and source and near.start <= cue.start < near.end and near.start <= source.start < near.end
    has_its_verb = cue and tree.at(cue.start) in own.cue and tree.at(cue.end - 1) in own.cue
    return span, None if is_tagged and not has_its_verb else _with_tagged_source(tagged, own)


def _before(article: ParsedArticle, tags: TaggerOutput, linked: LinkedContent, span: Span) -> Attribution | None:
    """Return the verb right before a quotation and its subject, if the linked cue is in a sentence before."""
    tree, verb = article.tree, article.tree.at(span.start) - 1
    cue = span_of(tags, linked.cue) if linked.cue else None
    is_verb = verb > 0 and tree.is_verb(verb) and article.lexicon.introduces_quotes(tree.lower[verb])
    if not is_verb or cue is None or cue.end > tree.starts[verb]:
        return None
    subject = subject_beside(tree, verb, None, span)
    return None if subject is None else _attribution(verb, verb, subject)


def is_free(tagged: Tagged, linked: LinkedContent, span: Span) -> bool:
    """Return whether a content is a quoted sentence of its own, as other content lies between it and its linked cue."""
    article = tagged.article
    quotes = article.quotes_in(*span)
    is_sentence = quotes and quotes[0].start == span.start and quotes[-1].end == span.end
    if not is_sentence or linked.cue is None or linked.cue.first < linked.content.end:
        return False
    if not _SENTENCE.search(article.tree.text, span.end - 4, span.end):
        return False
    between = _within(tagged.contents, span.end, span_of(tagged.tags, linked.cue).start)
    return any(not article.quotes_in(max(0, other.start - 1), other.start + 1) for other in between)


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the spans, of some in order, that overlap a range."""
    return spans[bisect_right(spans, start, key=lambda s: s.end) : bisect_left(spans, end, key=lambda s: s.start)]


def subject_beside(tree: Tree, cue: int, source: Piece | None, content: Span) -> Piece | None:
    """Return the subject of a cue right before a quotation, if its source is missing or in another sentence.

    The parser takes the verb in *A sign on the gate read “Closed”* for a participle.
    """
    first, second = sorted([tree.span(*(source or (cue, cue))), tree.span(cue, cue)])
    is_next = tree.at(content.start) == cue + 1 and tree.text[content.start] in "\"'“‘«„"
    if not is_next or (source and not _PARTED.search(tree.text, first.end, second.start)):
        return None
    head = tree.heads[cue]
    is_main = tree.deps[cue] == "acl" and tree.deps[head] == "ROOT"
    subject = tree.kid(cue, "nsubj")
    head = head if is_main else subject if subject is not None else cue
    return None if head == cue else phrase(tree, head, cue)


def _introduced(text: str, tags: TaggerOutput, linked: LinkedContent, start: int) -> bool:
    """Return whether the linked cue stands before a content in its sentence: *He said: “…”*."""
    cue = span_of(tags, linked.cue) if linked.cue else None
    return cue is not None and cue.end <= start and _PARTED.search(text, cue.end, start) is None


def _with_tagged_source(tagged: Tagged, own: Attribution) -> Attribution:
    """Return an attribution with the tagger's source, if that overlaps its own: it knows appositives better."""
    tree = tagged.article.tree
    known = _within(tagged.sources, *tree.span(own.source[0], own.source[-1])) if own.source else ()
    return replace(own, source=tree.tokens_in(*known[0])) if known else own


def beside(article: ParsedArticle, quote: Quote) -> Attribution | None:
    """Return the verb and the subject that follow a quotation in its sentence, if any."""
    tree = article.tree
    closed = _CLOSED.match(tree.text, quote.end - 2) or _CLOSED.match(tree.text, quote.end - 1)
    first = tree.at(closed.end()) if closed else 0
    if closed is None or tree.starts[first] != closed.end():
        return None
    if tree.tags[first] in _FINITE and tree.words[first].islower():
        return _inverted(tree, first)
    if closed["after"] or closed["end"] in (",", "—", "–", "-"):
        return _in_order(tree, first)
    found = _in_order(tree, first) if closed["end"] else None
    return found if found and (tree.words[first].islower() or _is_speech(tree, found.cue, article.lexicon)) else None


def _inverted(tree: Tree, verb: int) -> Attribution | None:
    """Return the attribution of a verb before its subject: *asked Tran*, *piped up Ada Bell*."""
    last = _with_particle(tree, verb)
    is_alone = last + 1 >= len(tree) or tree.tags[last + 1] not in _STARTS
    if is_alone or tree.lower[verb] in _VERBS["auxiliary"]:
        return None
    heads = [kid for kid in tree.children[verb] if tree.left[kid] == last + 1 and tree.tags[kid] != "IN"]
    if not heads:
        return None
    return _attribution(verb, last, phrase(tree, heads[0], verb))


def _in_order(tree: Tree, first: int) -> Attribution | None:
    """Return the attribution of a subject before its verb: *her brother snapped*."""
    if tree.tags[first] not in _STARTS:
        return None
    i, end = first, min(first + _REACH, len(tree) - 1)
    while i < end and tree.tags[i] not in _FINITE:
        if tree.tags[i] in _WH:  # to the end of the relative clause
            i = next((j for j in range(i, end) if tree.words[j] == ","), end)
        elif tree.tags[i] not in _IN_A_NOUN or tree.words[i].isspace():
            return None
        i += 1
    subject = tree.balanced(first, i - 1)
    while i + 1 < len(tree) and tree.is_verb(i + 1) and tree.lower[i] in _VERBS["auxiliary"]:
        i += 1
    if subject is None or tree.tags[i] not in _FINITE or tree.lower[i] in _VERBS["auxiliary"]:
        return None
    return _attribution(i, _with_particle(tree, i), subject)


def _attribution(verb: int, last: int, source: Piece | None) -> Attribution:
    return Attribution(range(verb, last + 1), None if source is None else range(source[0], source[1] + 1))


def _with_particle(tree: Tree, verb: int) -> int:
    after = verb + 1
    is_one = after < len(tree) and tree.lower[after] in _PARTICLES and tree.tags[after] in ("RP", "RB", "IN")
    goes_on = after + 1 < len(tree) and tree.tags[after] == "IN" and tree.kid(after, "pobj") is not None
    return after if is_one and not goes_on else verb


def _is_speech(tree: Tree, cue: range, lexicon: CueLexicon) -> bool:
    """Return whether words that may begin a new sentence are speech: *Tran cut in*, not *Tran cut the rope*."""
    verb, last = cue[0], cue[-1]
    after = tree.tags[last + 1] if last + 1 < len(tree) else "."
    if last > verb:
        return f"{tree.lower[verb]}_{tree.lower[last]}" in _VERBS["with particle"] and after not in _STARTS
    if after in _STARTS and tree.lower[verb] not in _SPOKEN_TO:
        return False
    return tree.lower[verb] in _VERBS["alone"] or lexicon.introduces_quotes(tree.lower[verb])
