"""What the tagger's contents belong to: joined where a word was missed, each linked to its likeliest cue and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from annotate.extract.tree import Tree
from annotate.spans import Span
from annotate.tagger.decode import LEAST, Run, probabilities
from annotate.tagger.inference import TaggerOutput
from annotate.tagger.outputs import CONTENT, CUE, SOURCE, Link

_STRAY = 2
"""Words between two contents that the tagger left out by mistake rather than for a reason."""
_PARTING = re.compile(r"[.!?“”\"]")
"""What stands between two contents for a reason."""
_FAR = 2.0
"""How much a source in another paragraph loses against one in the content's own; log-probability."""


@dataclass(frozen=True)
class LinkedContent:
    """A content with what it belongs to, as runs of words."""

    content: Run
    cue: Run | None
    source: Run | None
    chance: float
    """Of its source among all there are, or of none."""


def linked_contents(tags: TaggerOutput, tree: Tree) -> list[LinkedContent]:
    """Return the likely contents of an article in order, each with its cue and source.

    A source is asked for by the content and by its cue; the two must agree on one. Contents do not nest: one whose cue
    is said inside another is part of that.
    """
    found = _flat(tags, tree, _all_linked(tags, tree.text))
    return [linked for linked in found if linked.content.mean >= LEAST]


def is_elsewhere(tags: TaggerOutput, content: Run, run: Run | None) -> bool:
    """Return whether a run stands in another paragraph than a content, or nowhere."""
    if run is None:
        return True
    first, second = sorted((run.first, content.first))
    return bool(tags.words.breaks[first + 1 : second + 1].any())


def span_of(tags: TaggerOutput, run: Run) -> Span:
    """Return a run of words as a stretch of text."""
    return Span(int(tags.words.starts[run.first]), int(tags.words.ends[run.end - 1]))


def _all_linked(tags: TaggerOutput, text: str) -> Iterator[LinkedContent]:
    cues, sources = tags.runs(CUE), tags.runs(SOURCE)
    cue_firsts, source_firsts = [run.first for run in cues], [run.first for run in sources]
    for content in _joined(tags, text, [*cues, *sources]):
        cue = _likeliest(cues, tags.links(Link.CONTENT_CUE, content.first, cue_firsts))
        scores = tags.links(Link.CONTENT_SOURCE, content.first, source_firsts)
        if cue is not None:
            scores = scores + tags.links(Link.CUE_SOURCE, cue.first, source_firsts)
        scores[:-1] -= [_FAR * is_elsewhere(tags, content, run) for run in sources]
        scores[:-1][[content.first <= first < content.end for first in source_firsts]] = -np.inf
        sure = float(probabilities(scores).max())
        yield LinkedContent(content, cue, _likeliest(sources, scores), sure)


def _likeliest(runs: Sequence[Run], scores: npt.NDArray[np.float64]) -> Run | None:
    best = int(np.argmax(scores))
    return runs[best] if best < len(runs) else None


def _flat(tags: TaggerOutput, tree: Tree, found: Iterable[LinkedContent]) -> list[LinkedContent]:
    """Return the contents without those that are said inside the one before, which goes on to their end."""
    out: list[LinkedContent] = []
    for linked in found:
        if out and _lies_inside(tags, tree, linked, out[-1]):
            outer = out[-1].content
            out[-1] = replace(out[-1], content=outer._replace(end=linked.content.end))
        else:
            out.append(linked)
    return out


def _lies_inside(tags: TaggerOutput, tree: Tree, inner: LinkedContent, outer: LinkedContent) -> bool:
    """Return whether a cue after a content is a word before a noun that hangs on it: `… despite an alleged agreement`.

    Verbs and nouns (`…, alleging that`, `in reply to a claim that`) begin claims of their own.
    """
    if inner.cue is None or inner.cue.first < outer.content.end or is_elsewhere(tags, inner.content, outer.content):
        return False
    said = tree.tokens_in(*span_of(tags, outer.content))
    cue = tree.at(span_of(tags, inner.cue).start)
    return tree.deps[cue] in ("amod", "det") and any(above in said for above in tree.above(cue))


def _joined(tags: TaggerOutput, text: str, others: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs of content, joined where only stray words of no cue and no source stand between two."""
    reserved = {word for run in others for word in range(run.first, run.end)}
    last: Run | None = None
    for run in tags.runs(CONTENT):
        if last is None:
            last = run
        elif _is_one(tags, text, last, run) and not reserved.intersection(range(last.end, run.first)):
            one, other = last.end - last.first, run.end - run.first
            mean = (last.mean * one + run.mean * other) / (one + other)
            last = Run(last.first, run.end, mean, min(last.least, run.least))
        else:
            yield last
            last = run
    if last is not None:
        yield last


def _is_one(tags: TaggerOutput, text: str, one: Run, other: Run) -> bool:
    """Return whether nothing but stray words parts two runs."""
    words = tags.words
    gap = other.first - one.end
    # With no word between them, it is the last word of the first that shows whether they are meant to be two.
    between = text[words.starts[one.end - (gap == 0)] : words.ends[other.first - 1]]
    apart = words.breaks[one.end : other.first + 1].any()
    return gap <= _STRAY and not apart and _PARTING.search(between) is None
