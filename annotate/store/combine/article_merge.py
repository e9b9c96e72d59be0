"""Merge two versions of one article, by two people or by one person on two machines.

Where one side has an item as the other side had it before, the other is taken: it went on from there. What only one
side touched is that side's. What both touched differently is a conflict: both are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import uuid4

from annotate.changes import CONFLICT, CONFLICT_GROUP, LAST_CLAIM, EditKind, Item, claim_number, last_claim
from annotate.model import Claim, DateMention, Record, Review, Speaker
from annotate.spans import Span
from annotate.store.combine.relabel import is_decided, place_of
from annotate.store.memory.history import HistoryEntry

M = TypeVar("M", Claim, DateMention, Speaker)
Past = Mapping[tuple[EditKind, str], Sequence[Any]]


class Side(NamedTuple):
    """An article as one file has it."""

    record: Record
    past: Past
    """Earlier states of each of its items, as far as its history tells."""


class Conflict(NamedTuple):
    """An item or field that two people decided differently."""

    article: str
    kind: EditKind
    first: str
    """Id of the item in the first file; for a field of the article itself, the field's name."""
    second: str
    """Id in the merged file of the second file's item; for a field of the article itself, the value not used."""


@dataclass(frozen=True)
class MergedArticle:
    """An article merged from two."""

    record: Record
    ids: Mapping[tuple[EditKind, str], str]
    """Kind and id of an item of the second file → its id in the merged one, if that is different."""
    conflicts: tuple[Conflict, ...]


def past_of(entries: Iterable[HistoryEntry]) -> dict[tuple[EditKind, str], list[Item | None]]:
    """Return the states of an article's items in its history, oldest first; None where one was deleted.

    The article's own fields stand under an empty id.
    """
    past: dict[tuple[EditKind, str], list[Item | None]] = {}
    for edit in filter(None, (entry.edit() for entry in entries)):
        states = past.setdefault((edit.kind, getattr(edit.before or edit.after, "id", "")), [])
        states += [edit.after] if edit.before is None else [edit.before, edit.after]
    return past


def merge_articles(a: Side, b: Side) -> MergedArticle:
    """Merge the article of two files; where both agree, the first file's version stays."""
    ids: dict[tuple[EditKind, str], str] = {}
    conflicts: list[Conflict] = []
    disputed: dict[tuple[EditKind, str], str] = {}
    article = a.record.id

    def joined(kind: EditKind, table: str, second: Sequence[M], rules: _Rules[M]) -> tuple[M, ...]:
        first: tuple[M, ...] = getattr(a.record, table)
        join = _Join(kind, first, second, a.past, b.past, rules)
        items, new_ids, both = join.done()
        disputed.update({(kind, theirs): ours for theirs, ours in join.disputed.items()})
        ids.update({(kind, old): new for old, new in new_ids.items() if old != new})
        conflicts.extend(Conflict(article, kind, *pair) for pair in both)
        return items

    speakers = joined("speaker", "speakers", b.record.speakers, _SPEAKERS)
    dates = joined("date", "dates", b.record.dates, _DATES)
    claims = joined("claim", "claims", [renamed(c, ids) for c in b.record.claims], _claim_rules(a, b, ids, disputed))
    claims = _in_conflict(claims, [(c.first, c.second) for c in conflicts if c.kind == "claim"])
    fields, differing = _fields(a, b)
    conflicts += [Conflict(article, "article", *pair) for pair in differing]
    record = replace(a.record, **fields, speakers=speakers, dates=dates, claims=claims)
    extra = {**b.record.extra, **a.record.extra}
    last = max(last_claim(a.record), last_claim(b.record))
    if last > max((claim_number(claim.id) for claim in claims), default=0):
        extra[LAST_CLAIM] = last
    return MergedArticle(replace(record, extra=extra, review=_review(a, b, record)), ids, tuple(conflicts))


def renamed(claim: Claim, ids: Mapping[tuple[EditKind, str], str]) -> Claim:
    """Return a claim of the second file with the merged file's ids of its speaker and date."""
    speaker, date = claim.speaker, claim.date
    return replace(
        claim,
        speaker=speaker and ids.get(("speaker", speaker), speaker),
        date=date and ids.get(("date", date), date),
    )


class _Rules(NamedTuple, Generic[M]):
    """Rules for comparing items of one kind."""

    letter: str
    highest: int
    """Highest number in use: new ids have higher ones."""
    bare: Callable[[M], M]
    """Returns the item without the fields ignored in comparisons."""
    touched: Callable[[M], bool]
    place: Callable[[M], object]
    """Returns the item's place; items with the same place are the same item."""
    covers: Callable[[M, M], bool]
    """Tells whether an untouched item repeats another one."""
    agreed: Callable[[M], M]
    """Returns the item with references to the first file's speakers and dates, conflicting ones included."""
    renamed: Callable[[M], M]
    """Returns an older state of an item of the second file, with the merged file's ids of speaker and date."""


class _Join(Generic[M]):
    """Merges the items of one kind."""

    def __init__(
        self, kind: EditKind, first: Sequence[M], second: Sequence[M], a: Past, b: Past, rules: _Rules[M]
    ) -> None:
        self.kind = kind
        self.first: Sequence[M] = first
        self.second: Sequence[M] = second
        self.rules: _Rules[M] = rules
        self.disputed: dict[str, str] = {}
        """Id in the merged file of an item of the second → id of the first file's item in conflict with it, now or in
        an earlier merge."""
        self._past_a = a
        self._past_b = b
        numbers = count(max([rules.highest, *(_number(item.id) for item in (*first, *second))]) + 1)
        self._fresh = (f"{rules.letter}{n}" for n in numbers)

    def done(self) -> tuple[tuple[M, ...], dict[str, str], list[tuple[str, str]]]:
        """Return the merged items, the new id of each item of the second file, and the pairs in conflict."""
        items: dict[str, M] = {item.id: item for item in self.first}
        ids: dict[str, str] = {}
        conflicts: list[tuple[str, str]] = []
        free = dict(items)
        alone: list[M] = []
        for item in self.second:
            twin = free.get(item.id)
            if twin is not None and self._same(twin, item):
                del free[item.id]
                self._settle(twin, item, items, ids, conflicts)
            else:
                alone.append(item)
        by_place = {self.rules.place(item): item for item in reversed(free.values())}
        for item in alone:
            twin = by_place.pop(self.rules.place(item), None)
            if twin is not None:
                del free[twin.id]
                self._settle(twin, item, items, ids, conflicts)
            elif self._was_taken_away(item, self._past_a):
                ids[item.id] = item.id
            elif self.rules.touched(item) or not any(self.rules.covers(item, other) for other in self.first):
                ids[item.id] = self._add(item, items)
        theirs = {item.id for item in self.second}
        for item in free.values():
            if item.id not in theirs and self._was_taken_away(item, self._past_b):
                del items[item.id]
        return tuple(items.values()), ids, conflicts

    def _settle(self, a: M, b: M, items: dict[str, M], ids: dict[str, str], conflicts: list[tuple[str, str]]) -> None:
        ids[b.id] = a.id
        if self._wins(a, b):
            return
        if self._wins(b, a):
            items[a.id] = replace(b, id=a.id)
        elif known := next((item for item in self.first if self._says(item, b)), None):  # of a merge before
            ids[b.id] = known.id
            self.disputed[known.id] = a.id
        else:
            ids[b.id] = self._add(b, items)
            self.disputed[ids[b.id]] = a.id
            conflicts.append((a.id, ids[b.id]))

    def _add(self, item: M, items: dict[str, M]) -> str:
        id_ = next(self._fresh) if item.id in items else item.id
        items[id_] = replace(item, id=id_)
        return id_

    def _wins(self, item: M, other: M) -> bool:
        """Tell whether an item replaces another: it says the same or is a later version of it."""
        touched = self.rules.touched
        if self._says(item, other) or (touched(item) and not touched(other)) or not (touched(item) or touched(other)):
            return True
        return self._was(item, other) and not self._was(other, item)

    def _says(self, item: M, other: M) -> bool:
        """Tell whether two items are the same but for ids and authors."""
        return self.rules.bare(replace(other, id=item.id)) == self.rules.bare(item)

    def _was_taken_away(self, item: M, past: Past) -> bool:
        """Tell whether the other side had exactly this claim and then deleted it."""
        return self.kind == "claim" and [*past.get((self.kind, item.id), ())][-2:] == [item, None]

    def _was(self, item: M, other: M) -> bool:
        """Tell whether an item is a later version of the other: it once was exactly that, author and time included."""
        agreed = self.rules.agreed
        return any(agreed(state) == agreed(other) for state in self._states(item))

    def _same(self, a: M, b: M) -> bool:
        """Tell whether two items with one id are the same: they have the same place, or once had the same content."""
        if self.rules.place(a) == self.rules.place(b):
            return True
        once = [self.rules.bare(a), *map(self.rules.bare, self._states(a))]
        return self.rules.bare(b) in once or any(self.rules.bare(state) in once for state in self._states(b))

    def _states(self, item: M) -> Iterator[M]:
        is_first = any(item is known for known in self.first)
        for state in filter(None, (self._past_a if is_first else self._past_b).get((self.kind, item.id), ())):
            yield state if is_first else self.rules.renamed(state)


def _bare_claim(claim: Claim) -> Claim:
    """Return a claim without author, time and conflict tag: two people agree if only those differ."""
    tags = tuple(tag for tag in claim.tags if tag != CONFLICT)
    extra = {key: value for key, value in claim.extra.items() if key != CONFLICT_GROUP}
    return replace(claim, updated=None, decided_by=None, edited=(), tags=tags, extra=extra)


def _number(id_: str) -> int:
    number = id_[1:]
    return int(number) if number.isdecimal() and len(number) <= 18 else 0


def _claim_rules(
    a: Side, b: Side, ids: Mapping[tuple[EditKind, str], str], disputed: Mapping[tuple[EditKind, str], str]
) -> _Rules[Claim]:
    def agreed(claim: Claim) -> Claim:
        return renamed(claim, disputed)

    return _Rules(
        "c",
        max(last_claim(a.record), last_claim(b.record)),
        lambda c: _bare_claim(agreed(c)),
        lambda c: c.touched,
        lambda c: (c.content, c.cue),
        lambda c, other: _overlap(c.content, other.content) >= 0.5,
        agreed,
        lambda c: renamed(c, ids),
    )


_DATES: _Rules[DateMention] = _Rules(
    "d",
    0,
    lambda d: d,
    is_decided,
    place_of,
    lambda _date, _other: False,
    lambda d: d,
    lambda d: d,
)
_SPEAKERS: _Rules[Speaker] = _Rules(
    "s",
    0,
    lambda s: s,
    lambda s: "edited" in s.extra,
    lambda s: s.name.casefold(),
    lambda _s, _other: False,
    lambda s: s,
    lambda s: s,
)


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Return the share of characters common to both, among those in either (Jaccard)."""
    one, other = ({i for start, end in spans for i in range(start, end)} for spans in (a, b))
    return len(one & other) / len(one | other) if one or other else 0.0


def _in_conflict(claims: Sequence[Claim], pairs: Iterable[tuple[str, str]]) -> tuple[Claim, ...]:
    """Return the claims; those in conflict are tagged, and each set of them gets one group id."""
    found = {claim.id: claim for claim in claims}
    for pair in pairs:
        group = next((known for id_ in pair if (known := found[id_].extra.get(CONFLICT_GROUP))), uuid4().hex)
        for id_ in pair:
            claim = found[id_]
            tags = claim.tags if CONFLICT in claim.tags else (*claim.tags, CONFLICT)
            found[id_] = replace(claim, tags=tags, extra={**claim.extra, CONFLICT_GROUP: group})
    return tuple(found.values())


def _fields(a: Side, b: Side) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the merged article's fields that differ from the first file's, and the fields in conflict."""
    fields: dict[str, Any] = {}
    differing: list[tuple[str, str]] = []
    for name in ("title", "url", "date"):
        ours, theirs = getattr(a.record, name), getattr(b.record, name)
        before = [[s[name] for s in side.past.get(("article", ""), ()) if s and name in s] for side in (a, b)]
        ours_is_later, theirs_is_later = theirs in before[0], ours in before[1]
        if ours == theirs or (ours_is_later and not theirs_is_later):
            continue
        if not ours or (theirs_is_later and not ours_is_later):
            fields[name] = theirs
        elif theirs and all(before):
            differing.append((name, theirs))
    if not a.record.blocks:
        fields |= {name: getattr(b.record, name) for name in ("blocks", "quotes", "language")}
    if a.record.path is None:
        fields["path"] = b.record.path
    return fields, differing


def _review(a: Side, b: Side, joined: Record) -> Review:
    """Return the state of the review: done if it was done in one file and no claim is left to decide."""
    for side, other in ((a, b), (b, a)):
        if other.record.review.by is None and not any(c.touched for c in other.record.claims):
            return side.record.review
    reviews = sorted((a.record.review, b.record.review), key=lambda r: (r.by is not None, r.updated or ""))
    latest = reviews[-1]
    live = [c for c in joined.claims if not c.deleted]
    decided = all(c.status != "suggested" and CONFLICT not in c.tags for c in live)
    if any(r.state == "done" for r in reviews) and decided:
        return replace(latest, state="done")
    return replace(latest, state="in_progress")
