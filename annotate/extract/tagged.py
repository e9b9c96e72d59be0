"""Claims from what the tagger says of each word: contents put together, tied to cue and source, edges by the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from annotate.extract.cue import apart, is_hedged, is_negated
from annotate.extract.draft import Draft, Reading, overlaps
from annotate.extract.sources import addressee_of, source_of
from annotate.extract.tree import Piece, Tree
from annotate.model import Span
from annotate.spans import union
from annotate.tagger.decode import Run
from annotate.tagger.layout import CONTENT, CUE, SOURCE, Link
from annotate.tagger.reading import Reading as Tags

LEAST = 0.65
"""Contents whose words are less likely than this, on average, are no claims: where F is best on PolNeAR's dev part."""
_STRAY = 2
"""Words between two contents that the tagger left out by mistake rather than for a reason."""
_PARTING = re.compile(r"[.!?“”\"]")
"""What stands between two contents for a reason."""
_MOST = 0.8
"""The share of a quotation from which on a content that ends inside it means all of it."""
_OPENING = "\"'“‘«„"
_BEFORE_A_NOUN = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss"})
_AROUND_A_VERB = frozenset({"advmod", "aux", "auxpass", "neg", "punct"})


@dataclass(frozen=True)
class _Tied:
    """A content with what it belongs to, as runs of words, and how likely all that is."""

    content: Run
    cue: Run | None
    source: Run | None
    chance: float


def tagged(reading: Reading, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims that the tagger finds outside those found already; none where it has not read the article.

    Contents of one cue are one claim. Content, cue and source are tied by the network's own links between words; a
    source is asked for by the content and by its cue, and both must agree on one.
    """
    tags = reading.tags
    if tags is None:
        return []
    taken = sorted(span for draft in earlier for span in draft.content)
    claims: dict[Run, Draft] = {}
    for tied in _tied(tags, reading.tree.text):
        span = _to_marks(reading, _span(tags, tied.content))
        if overlaps(taken, *span):
            continue
        key = tied.cue or tied.content
        if (known := claims.get(key)) is not None:
            claims[key] = replace(known, content=union((*known.content, span)))
        else:
            claims[key] = _draft(reading, tags, tied, span)
    return list(claims.values())


def _tied(tags: Tags, text: str) -> Iterator[_Tied]:
    """Yield the likely contents in order, each with its likeliest cue and the likeliest source of both."""
    cues, sources = tags.runs(CUE), tags.runs(SOURCE)
    cue_firsts, source_firsts = [run.first for run in cues], [run.first for run in sources]
    for content in _joined(tags, text, [*cues, *sources]):
        if content.mean < LEAST:
            continue
        cue = _likeliest(cues, tags.links(Link.CONTENT_CUE, content.first, cue_firsts))
        scores = tags.links(Link.CONTENT_SOURCE, content.first, source_firsts)
        if cue is not None:
            scores = scores + tags.links(Link.CUE_SOURCE, cue.first, source_firsts)
        sure = float(1 / np.exp(scores - scores.max()).sum())
        source = _likeliest(sources, scores)
        is_quote = text[tags.words.starts[content.first]] in _OPENING
        if is_quote and all(_is_elsewhere(tags, content, run) for run in (cue, source)):
            cue = source = None
        yield _Tied(content, cue, source, content.mean * sure)


def _is_elsewhere(tags: Tags, content: Run, run: Run | None) -> bool:
    """Return whether a run stands in another paragraph than a content, or nowhere.

    A quotation with neither cue nor source in its paragraph is its speaker's words going on: as in our guidelines it is
    a claim of its own, whose speaker is worked out from the ones before.
    """
    if run is None:
        return True
    first, second = sorted((run.first, content.first))
    return bool(tags.words.breaks[first + 1 : second + 1].any())


def _likeliest(runs: Sequence[Run], scores: npt.NDArray[np.float32]) -> Run | None:
    best = int(np.argmax(scores))
    return runs[best] if best < len(runs) else None


def _joined(tags: Tags, text: str, others: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs of content, joined where only stray words of no cue and no source stand between two."""
    reserved = {word for run in others for word in range(run.first, run.end)}
    last: Run | None = None
    for run in tags.runs(CONTENT):
        if (
            last is not None
            and _is_one(tags, text, last, run)
            and not reserved.intersection(range(last.end, run.first))
        ):
            mean = np.average([last.mean, run.mean], weights=[last.end - last.first, run.end - run.first])
            last = Run(last.first, run.end, float(mean), min(last.least, run.least))
        else:
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last


def _is_one(tags: Tags, text: str, one: Run, other: Run) -> bool:
    """Return whether nothing but stray words parts two runs."""
    words = tags.words
    gap = other.first - one.end
    # With no word between them, it is the last word of the first that shows whether they are meant to be two.
    between = text[words.starts[one.end - (gap == 0)] : words.ends[other.first - 1]]
    apart = words.breaks[one.end : other.first + 1].any()
    return gap <= _STRAY and not apart and _PARTING.search(between) is None


def _to_marks(reading: Reading, span: Span) -> Span:
    """Return a content that ends inside a quotation, near its edge, as going on to that edge, marks included."""
    start, end = span
    for quote in reading.quotes_in(start, end):
        covered = min(end, quote.end) - max(start, quote.start)
        if quote.kind != "title" and covered >= _MOST * (quote.end - quote.start):
            start, end = min(start, quote.start), max(end, quote.end)
    return Span(start, end)


def _draft(reading: Reading, tags: Tags, tied: _Tied, content: Span) -> Draft:
    tree, cue = reading.tree, tied.cue
    source = None if tied.source is None else _phrase(tree, _tokens(tree, tags, tied.source))
    if cue is None:
        return Draft((content,), source=_spans(tree, source), confidence=tied.chance)
    tokens = _tokens(tree, tags, cue)
    at = next((i for i in tokens if tree.heads[i] not in tokens or tree.heads[i] == i), tokens[0])
    inside = ((tree.at(content.start), tree.at(content.end - 1)),)
    source = source or apart(source_of(tree, at), inside)
    heard = apart(addressee_of(tree, at), inside)
    addressee = heard if source is None else apart(heard, (source,))
    return Draft(
        content=(content,),
        cue=_spans(tree, _bare(tree, tokens)),
        source=_spans(tree, source),
        addressee=_spans(tree, addressee),
        confidence=tied.chance,
        negated=is_negated(reading, at),
        hedged=is_hedged(reading, at),
        at=at,
    )


def _phrase(tree: Tree, tokens: range) -> Piece | None:
    """Return a source without punctuation at its ends, and with the noun that an article or adjective belongs to."""
    piece = tree.trimmed(tokens[0], tokens[-1])
    if piece is None:
        return None
    first, last = piece
    while tree.deps[last] in _BEFORE_A_NOUN and tree.heads[last] > last:
        last = tree.heads[last]
    return first, last


def _bare(tree: Tree, tokens: range) -> Piece | None:
    """Return a cue without auxiliaries, adverbs and punctuation at its ends."""
    first, last = tokens[0], tokens[-1]
    while first < last and tree.deps[first] in _AROUND_A_VERB and tree.heads[first] in tokens:
        first += 1
    while last > first and tree.deps[last] in _AROUND_A_VERB and tree.heads[last] in tokens:
        last -= 1
    return tree.trimmed(first, last) or (first, last)


def _tokens(tree: Tree, tags: Tags, run: Run) -> range:
    return tree.tokens_in(*_span(tags, run))


def _spans(tree: Tree, piece: Piece | None) -> tuple[Span, ...]:
    return () if piece is None else (tree.span(*piece),)


def _span(tags: Tags, run: Run) -> Span:
    return Span(int(tags.words.starts[run.first]), int(tags.words.ends[run.end - 1]))
