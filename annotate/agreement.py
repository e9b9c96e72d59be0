"""Compare records with gold: precision, recall and F for each kind of label.

The unit of content is a fragment: a run of words that are all content of one claim, punctuation left out, so that
a quotation interrupted by "he said" counts as two. Fragments are paired one to one, best word overlap (Jaccard)
first; a pair that shares half of its words or more is a hit. Content, end-to-end and quoted scores are those of
Newell, Margolin and Ruths (LREC 2018) as usual for PolNeAR; dates are scored as in TempEval-3 (UzZaman et al., 2013).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from annotate.errors import ModelError
from annotate.model import CLAIM_TYPES, Claim, DateMention, Record
from annotate.spans import Span, meet

HIT = 0.5
"""Jaccard overlap of words from which two fragments count as the same content."""

_WORD = re.compile(r"\w+")
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """Precision and recall for one kind of label."""

    label: str
    gold: int = 0
    """Labels in the gold."""
    predicted: int = 0
    """Labels predicted."""
    found: int = 0
    """Labels in the gold that were predicted."""
    right: int = 0
    """Predicted labels that are in the gold. Differs from `found` where gold and predicted labels are filtered
    separately."""

    @property
    def precision(self) -> float:
        """Share of the predicted labels that are right, 0 where there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold labels that were found, 0 where there are none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.label,
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.found + other.found,
            self.right + other.right,
        )

    def to_dict(self) -> dict[str, float | int]:
        """Return the figures as plain JSON types, shares as percentages with one decimal."""
        shares = {"precision": self.precision, "recall": self.recall, "f": self.f}
        counts = {"gold": self.gold, "predicted": self.predicted, "found": self.found, "right": self.right}
        return {name: round(100 * share, 1) for name, share in shares.items()} | counts


@dataclass(frozen=True)
class Scores:
    """Scores of all kinds of labels over a set of articles."""

    rows: tuple[Score, ...]
    articles: int
    """Articles in the gold."""
    missing: tuple[str, ...] = ()
    """Ids of gold articles without a prediction; they count as predictions without any label."""

    def __getitem__(self, label: str) -> Score:
        """Return the row of a label; KeyError where there is none."""
        for row in self.rows:
            if row.label == label:
                return row
        raise KeyError(label)

    def table(self) -> str:
        """Return the scores as aligned plain text, percentages first, then the counts behind them."""
        width = max((len(row.label) for row in self.rows), default=0)
        head = f"{'':{width}}  {'P':>5}  {'R':>5}  {'F':>5}  {'gold':>6}  {'predicted':>9}"
        lines = [
            f"{row.label:{width}}  {100 * row.precision:5.1f}  {100 * row.recall:5.1f}  {100 * row.f:5.1f}"
            f"  {row.gold:6}  {row.predicted:9}"
            for row in self.rows
        ]
        foot = [f"{self.articles} article{'' if self.articles == 1 else 's'}"]
        if self.missing:
            foot.append(f"not predicted, counted as empty: {', '.join(self.missing)}")
        return "\n".join([head, *lines, *foot])

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as plain JSON types."""
        labels = {row.label: row.to_dict() for row in self.rows}
        return {"articles": self.articles, "missing": list(self.missing), "labels": labels}


def score(gold: Iterable[Record], predicted: Iterable[Record]) -> Scores:
    """Score predicted records against gold records of the same ids; predicted ones without gold are left out.

    Claims and dates that were rejected or deleted count on neither side.

    Raises:
        ModelError: an id stands twice on one side, or an article's two texts differ.
    """
    wanted, given = _by_id(gold, "gold"), _by_id(predicted, "predicted")
    totals: dict[str, Score] = {}
    for article in wanted.values():
        other = given.get(article.id, _bare(article))
        if other.text != article.text:
            raise ModelError(
                f"the text of {article.id!r} differs from the text its gold labels were made for",
                "score predictions for the labelled text",
            )
        for row in _rows(article, other):
            totals[row.label] = totals.get(row.label, Score(row.label)) + row
    missing = tuple(name for name in wanted if name not in given)
    return Scores(tuple(totals.values()), len(wanted), missing)


def _by_id(records: Iterable[Record], side: str) -> dict[str, Record]:
    out: dict[str, Record] = {}
    for record in records:
        if record.id in out:
            raise ModelError(
                f"the article {record.id!r} is in the {side} records twice", "give each article its own id"
            )
        out[record.id] = record
    return out


def _bare(record: Record) -> Record:
    return replace(record, blocks=(), quotes=(), dates=(), speakers=(), claims=())


def _rows(gold: Record, predicted: Record) -> Iterator[Score]:
    words = [Span(*match.span()) for match in _WORD.finditer(gold.text)]
    wanted, given = _fragments(gold, words), _fragments(predicted, words)
    pairs = _pairs(wanted, given)
    yield from _content_rows(wanted, given, pairs)
    claims = [(wanted[i].claim, given[j].claim) for overlap, i, j in pairs if overlap >= HIT]
    yield from _claim_rows(gold, predicted, {(a.id, b.id): (a, b) for a, b in claims}.values())
    yield from _date_rows(_dates(gold), _dates(predicted))
    yield _same("blocks", gold.blocks, predicted.blocks, lambda block: (block.start, block.end, block.kind))
    yield _same("quotes", gold.quotes, predicted.quotes, lambda quote: (quote.start, quote.end))


class _Fragment(NamedTuple):
    claim: Claim
    words: frozenset[int]
    source: frozenset[int]


class _Pair(NamedTuple):
    rank: Any
    """For fragments, their Jaccard overlap."""
    gold: int
    predicted: int
    """Index of the prediction; `gold` is the index of the gold label."""


def _fragments(record: Record, words: Sequence[Span]) -> list[_Fragment]:
    out: list[_Fragment] = []
    for claim in record.live_claims():
        if claim.status != "rejected":
            source = frozenset(_touched(words, claim.source))
            runs = _runs(_touched(words, claim.content))
            out += [_Fragment(claim, run, source) for run in runs]
    return out


def _touched(words: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    """Return the indices of the words that the spans touch."""
    out: set[int] = set()
    for start, end in spans:
        first = bisect_right(words, start, key=lambda word: word.end)
        out.update(range(first, bisect_left(words, end, key=lambda word: word.start)))
    return out


def _runs(numbers: set[int]) -> Iterator[frozenset[int]]:
    """Yield the runs of consecutive numbers, each as a set."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        yield frozenset(number for _, number in run)


def _pairs(gold: Sequence[_Fragment], predicted: Sequence[_Fragment]) -> list[_Pair]:
    """Pair fragments that share words."""
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for j, fragment in enumerate(predicted):
        for word in fragment.words:
            owners[word].append(j)
    candidates: list[_Pair] = []
    for i, fragment in enumerate(gold):
        shared = Counter(j for word in fragment.words for j in owners[word])
        candidates += [_Pair(n / (len(fragment.words) + len(predicted[j].words) - n), i, j) for j, n in shared.items()]
    return _one_to_one(candidates)


def _one_to_one(candidates: Iterable[_Pair]) -> list[_Pair]:
    """Choose pairs greedily, best first, so that no item is in two pairs."""
    out: list[_Pair] = []
    gold: set[int] = set()
    predicted: set[int] = set()
    for pair in sorted(candidates, reverse=True):
        if pair.gold not in gold and pair.predicted not in predicted:
            out.append(pair)
            gold.add(pair.gold)
            predicted.add(pair.predicted)
    return out


def _content_rows(gold: Sequence[_Fragment], predicted: Sequence[_Fragment], pairs: Sequence[_Pair]) -> Iterator[Score]:
    hits = [(gold[i], predicted[j]) for overlap, i, j in pairs if overlap >= HIT]
    exact = sum(pair.rank == 1 for pair in pairs)
    yield Score("content hit", len(gold), len(predicted), len(hits), len(hits))
    yield Score("content exact", len(gold), len(predicted), exact, exact)
    yield _end_to_end(gold, predicted, pairs)
    for label, types in (("quoted hit", ("direct", "mixed")), *((f"{kind} hit", (kind,)) for kind in CLAIM_TYPES)):
        yield Score(
            label,
            sum(fragment.claim.type in types for fragment in gold),
            sum(fragment.claim.type in types for fragment in predicted),
            sum(found.claim.type in types for found, _ in hits),
            sum(right.claim.type in types for _, right in hits),
        )


def _end_to_end(gold: Sequence[_Fragment], predicted: Sequence[_Fragment], pairs: Sequence[_Pair]) -> Score:
    """Count the hits whose sources share a word with the gold source.

    Gold fragments without a source in the text are left out, and with them the predicted ones paired to them.
    """
    right = sum(overlap >= HIT and bool(gold[i].source & predicted[j].source) for overlap, i, j in pairs)
    sourceless = sum(not gold[pair.gold].source for pair in pairs)
    return Score("end-to-end", sum(bool(g.source) for g in gold), len(predicted) - sourceless, right, right)


def _claim_rows(gold: Record, predicted: Record, pairs: Collection[tuple[Claim, Claim]]) -> Iterator[Score]:
    """Score the attributes of claims with a content hit, each among the claims that have it."""

    def row(label: str, a: Sequence[Any], b: Sequence[Any], same: Callable[[Any, Any], bool]) -> Score:
        agree = sum(bool(x) and bool(y) and same(x, y) for x, y in zip(a, b, strict=True))
        return Score(label, sum(map(bool, a)), sum(map(bool, b)), agree, agree)

    left, right = zip(*pairs, strict=True) if pairs else ((), ())
    yield row("speaker", [_speaker(gold, c) for c in left], [_speaker(predicted, c) for c in right], str.__eq__)
    for part in ("cue", "source", "addressee"):
        yield row(part, [getattr(c, part) for c in left], [getattr(c, part) for c in right], _overlap)
    yield row("type", [c.type for c in left], [c.type for c in right], str.__eq__)
    yield row("date said", [_said(gold, c) for c in left], [_said(predicted, c) for c in right], str.__eq__)
    for flag in ("negated", "hedged"):
        yield row(flag, [getattr(c, flag) for c in left], [getattr(c, flag) for c in right], bool.__eq__)


def _speaker(record: Record, claim: Claim) -> str:
    speaker = record.speaker(claim.speaker)
    return _LEADING_ARTICLE.sub("", " ".join(speaker.name.split())).casefold() if speaker else ""


def _said(record: Record, claim: Claim) -> str:
    date = record.date_mention(claim.date)
    return (date and date.value) or ""


def _overlap(a: Iterable[Span], b: Sequence[Span]) -> bool:
    return any(meet(x, y) for x in a for y in b)


def _dates(record: Record) -> list[tuple[Span, DateMention]]:
    return [(date.span, date) for date in record.dates if date.span and date.status != "rejected"]


def _date_rows(
    gold: Sequence[tuple[Span, DateMention]], predicted: Sequence[tuple[Span, DateMention]]
) -> Iterator[Score]:
    pairs = _one_to_one(
        _Pair((min(a.end, b.end) - max(a.start, b.start), -abs(a.start - b.start) - abs(a.end - b.end)), i, j)
        for i, (a, _) in enumerate(gold)
        for j, (b, _) in enumerate(predicted)
        if _overlap([a], [b])
    )
    values = sum(gold[i][1].value == predicted[j][1].value for _, i, j in pairs)
    yield _same("dates strict", gold, predicted, lambda pair: pair[0])
    yield Score("dates relaxed", len(gold), len(predicted), len(pairs), len(pairs))
    yield Score("dates value", len(gold), len(predicted), values, values)


def _same(label: str, gold: Sequence[Any], predicted: Sequence[Any], key: Callable[[Any], Hashable]) -> Score:
    common = (Counter(map(key, gold)) & Counter(map(key, predicted))).total()
    return Score(label, len(gold), len(predicted), common, common)
