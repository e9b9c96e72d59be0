"""Contents from the tagger's output, stray gaps closed, each linked to its likeliest cue and source."""

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
"""Maximum number of words between two contents that the tagger may have missed by mistake."""
_PARTING = re.compile(r"[.!?“”\"]")
"""Marks between two contents that keep them apart."""
_FAR = 2.0
"""Penalty on the log-probability of a source in another paragraph than the content."""


@dataclass(frozen=True)
class LinkedContent:
    """A content with its cue and source, as runs of words."""

    content: Run
    cue: Run | None
    source: Run | None
    chance: float
    """Probability of the chosen source among all candidates, including "no source"."""


def linked_contents(tags: TaggerOutput, tree: Tree) -> list[LinkedContent]:
    """Return the likely contents of an article in order, each with its cue and source.

    Content and cue are each linked to a source; their scores are added so that they agree on one. Contents do not nest:
    one whose cue depends on a word of the content before is part of that content.
    """
    found = _flat(tags, tree, _all_linked(tags, tree.text))
    return [linked for linked in found if linked.content.mean >= LEAST]


def is_elsewhere(tags: TaggerOutput, content: Run, run: Run | None) -> bool:
    """Return whether a run is missing or in another paragraph than the content."""
    if run is None:
        return True
    first, second = sorted((run.first, content.first))
    return bool(tags.words.breaks[first + 1 : second + 1].any())


def span_of(tags: TaggerOutput, run: Run) -> Span:
    """Return a run of words as a span."""
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
    """Merge contents that belong inside the one before, extending it to their end."""
    out: list[LinkedContent] = []
    for linked in found:
        if out and _lies_inside(tags, tree, linked, out[-1]):
            outer = out[-1].content
            out[-1] = replace(out[-1], content=outer._replace(end=linked.content.end))
        else:
            out.append(linked)
    return out


def _lies_inside(tags: TaggerOutput, tree: Tree, inner: LinkedContent, outer: LinkedContent) -> bool:
    """Return whether a cue after a content only modifies a noun in that content: `… despite an alleged agreement`.

    Verbs and nouns (`…, alleging that`, `in reply to a claim that`) begin claims of their own.
    """
    if inner.cue is None or inner.cue.first < outer.content.end or is_elsewhere(tags, inner.content, outer.content):
        return False
    said = tree.tokens_in(*span_of(tags, outer.content))
    cue = tree.at(span_of(tags, inner.cue).start)
    return tree.deps[cue] in ("amod", "det") and any(above in said for above in tree.above(cue))


def _joined(tags: TaggerOutput, text: str, others: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs of content, joined where only stray words that are neither cue nor source lie between two."""
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
    """Return whether only stray words separate two runs."""
    words = tags.words
    gap = other.first - one.end
    # With no word in between, the last word of the first run shows whether they are meant to be two.
    between = text[words.starts[one.end - (gap == 0)] : words.ends[other.first - 1]]
    apart = words.breaks[one.end : other.first + 1].any()
    return gap <= _STRAY and not apart and _PARTING.search(between) is None
