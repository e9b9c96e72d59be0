"""Label an article again without undoing a person's work.

What a person decided, edited, made or deleted stays as it is and is not suggested again; all other suggestions give
way to the new ones. Ids of claims are never used for another claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from annotate.changes import LAST_CLAIM, claim_number, last_claim
from annotate.directory import aliases_of, ids_of, moved
from annotate.model import UNANCHORED, VIA, Claim, DateMention, Record, Review, Speaker
from annotate.origin import is_human
from annotate.spans import WORD, Span
from annotate.store.combine.anchor import Anchors

_ENOUGH_OVERLAP = 0.5
_PARTS = ("content", "cue", "source", "addressee")

Mention = TypeVar("Mention", DateMention, Speaker)
Keys = Callable[[Any], Iterable[Hashable]]


def relabel(old: Record, new: Record) -> Record:
    """Return the record of an article known as `old` that has been analysed again as `new`.

    A `new` that nobody has labelled yet (state `new`, no claims) takes no suggestion away unless the text changed.
    Doing it twice changes nothing more.
    """
    if old == new:
        return old
    changed = old.text != new.text
    if changed:
        old = _on_new_text(old, new.text)
    elif new.review.state == "new" and not new.claims:
        return _described(old, new)
    touched = [c for c in old.claims if c.touched]
    described = _described(old, new)
    redated = described.date != old.date  # what is relative is resolved anew, also where a decided claim refers to it
    speakers, speaker_ids = _reconciled(
        old.speakers,
        new.speakers,
        "s",
        {c.speaker for c in touched} | {s.id for s in old.speakers if "edited" in s.extra},
        (lambda s: [(s.id, s.name)], lambda s: [s.name.casefold()], lambda s: s.mentions),
        heirs={alias.casefold(): s.id for s in old.speakers for alias in aliases_of(s)},
        joined=[id_ for s in old.speakers for id_ in ids_of(s)],
    )
    dates, date_ids = _reconciled(
        old.dates,
        new.dates,
        "d",
        {c.date for c in touched} | {d.id for d in old.dates if is_decided(d)},
        (lambda d: [(d.id, place_of(d))], lambda d: [place_of(d)]),
        whole={d.id for d in old.dates if is_decided(d)} if redated else None,
    )
    suggested = [
        replace(c, speaker=speaker_ids.get(c.speaker or ""), date=date_ids.get(c.date or "")) for c in new.claims
    ]
    claims = _merged(old.claims, suggested, new.text, last_claim(old))
    merged = replace(described, blocks=new.blocks, quotes=new.quotes, text=new.text)
    merged = replace(merged, speakers=speakers, dates=dates, claims=claims)
    return replace(merged, review=_review(old, new, merged, changed=changed), extra=_extra(old, merged))


def _described(old: Record, new: Record) -> Record:
    """Return `old` with the metadata of `new`; a person's date of publication stays."""
    return replace(
        old,
        path=new.path or old.path,
        url=new.url or old.url,
        title=new.title or old.title,
        date=(old.date or new.date) if _by_person(old) else (new.date or old.date),
        language=new.language,
        extra={**old.extra, **new.extra},
    )


def _by_person(record: Record) -> bool:
    return is_human(record.review.by)


def is_decided(date: DateMention) -> bool:
    """Tell whether a person decided a date, or typed it."""
    return date.status != "suggested" or is_human(date.origin)


def place_of(date: DateMention) -> Hashable:
    """Return a date's span; of a typed date, its value."""
    return date.span or (date.type, date.value)


def _reconciled(
    old: tuple[Mention, ...],
    new: tuple[Mention, ...],
    letter: str,
    kept: set[str | None],
    keys: tuple[Keys, ...],
    *,
    whole: set[str] | None = None,
    heirs: Mapping[str, str] = MappingProxyType({}),
    joined: Iterable[str] = (),
) -> tuple[tuple[Mention, ...], dict[str, str]]:
    """Return the merged items, and the id given to each item of `new`.

    An item of `new` that is the same as one of `old`, by the first of `keys` that matches, takes its id. Items to keep
    are never dropped, and stay unchanged if they are in `whole`, which is all of them by default. A new speaker with a
    name in `heirs` (folded name → id) becomes that one; no new item gets one of the ids in `joined`.
    """
    same: dict[str, Mention] = {}
    for keys_of in keys:
        given = {item.id for item in same.values()}
        by_key = {key: item for item in reversed(old) if item.id not in given for key in keys_of(item)}
        for item in new:
            match = next((by_key[key] for key in keys_of(item) if key in by_key), None)
            if item.id not in same and match and match.id not in given:
                same[item.id] = match
                given.add(match.id)
    taken = {item.id for item in old} | set(joined)
    free = _free_ids(letter, taken | {item.id for item in new})
    items: list[Mention] = []
    ids: dict[str, str] = {}
    for item in new:
        match = same.get(item.id)
        heir = heirs.get(getattr(item, "name", "").casefold()) if match is None else None
        if heir is not None:
            ids[item.id] = heir
            continue
        ids[item.id] = match.id if match else next(free) if item.id in taken else item.id
        stays = match is not None and match.id in (kept if whole is None else whole)
        extra = {**(match.extra if match else {}), **item.extra}
        items.append(match if match and stays else replace(item, id=ids[item.id], extra=extra))
    matched = {item.id for item in same.values()}
    items += [item for item in old if item.id in kept and item.id not in matched]
    return tuple(items), ids


def _free_ids(letter: str, taken: set[str]) -> Iterator[str]:
    number = len(taken)
    while True:
        number += 1
        if f"{letter}{number}" not in taken:
            yield f"{letter}{number}"


def _merged(old: tuple[Claim, ...], suggested: list[Claim], text: str, last: int) -> tuple[Claim, ...]:
    """Return the touched claims of `old` and the suggestions that repeat none; known claims keep their ids."""
    known: dict[Hashable, list[Claim]] = {}
    for claim in old:
        known.setdefault((claim.content, claim.cue), []).append(claim)
    touched = _Overlaps(text, [c for c in old if c.touched])
    old_ids = {c.id for c in old}
    numbers = iter(range(max([last, *(claim_number(c.id) for c in suggested)], default=last) + 1, 1 << 62))
    out: dict[str, Claim] = {}
    for claim in suggested:
        twin = _twin(claim, known.get((claim.content, claim.cue), []))
        kept = (twin if twin.touched else None) if twin else touched.match(claim)
        if kept:
            out[kept.id] = kept
        elif twin:
            out[twin.id] = replace(claim, id=twin.id, extra={**twin.extra, **claim.extra})
        elif claim.id in old_ids or 0 < claim_number(claim.id) <= last:
            fresh = f"c{next(numbers)}"
            out[fresh] = replace(claim, id=fresh)
        else:
            out[claim.id] = claim
    for claim in old:
        if claim.touched:
            out.setdefault(claim.id, claim)
    return tuple(out.values())


def _twin(claim: Claim, same: list[Claim]) -> Claim | None:
    """Take the claim that a suggestion most likely repeats, among those with the same words; each is taken once."""
    likely = max(same, key=lambda c: (c.id == claim.id, c.touched == claim.touched), default=None)
    if likely:
        same.remove(likely)
    return likely


class _Overlaps:
    """Finds the touched claim that a suggestion repeats."""

    def __init__(self, text: str, touched: list[Claim]) -> None:
        self._starts = [hit.start() for hit in WORD.finditer(text)]
        self._touched = [(c, self._words(c.content), self._words(c.cue)) for c in touched]
        self._at: dict[int, list[int]] = {}
        for i, (_, content, _) in enumerate(self._touched):
            for word in content:
                self._at.setdefault(word, []).append(i)

    def match(self, claim: Claim) -> Claim | None:
        """Return the claim that shares half the words, or the cue and some words."""
        content, cue = self._words(claim.content), self._words(claim.cue)
        best: tuple[float, int] = (0.0, 0)
        for i in {i for word in content for i in self._at.get(word, ())}:
            _, other, other_cue = self._touched[i]
            overlap = len(content & other) / len(content | other)
            if overlap >= _ENOUGH_OVERLAP or cue & other_cue:
                best = max(best, (overlap, -i))
        return self._touched[-best[1]][0] if best[0] else None

    def _words(self, spans: Iterable[Span]) -> frozenset[int]:
        starts = self._starts
        return frozenset(
            word for start, end in spans for word in starts[bisect_left(starts, start) : bisect_left(starts, end)]
        )


def _extra(old: Record, merged: Record) -> dict[str, Any]:
    """Return the record's unknown keys; `last_claim` keeps the highest id after its claim is gone."""
    last = max(last_claim(old), last_claim(merged))
    extra = {name: value for name, value in merged.extra.items() if name != LAST_CLAIM}
    highest = max((claim_number(c.id) for c in merged.claims), default=0)
    return extra | ({LAST_CLAIM: last} if last > highest else {})


def _review(old: Record, new: Record, merged: Record, *, changed: bool) -> Review:
    """Return the state of the review: new suggestions reopen an article that was done, a new text needs labelling."""
    if not (_by_person(old) or any(c.touched for c in old.claims)):
        return new.review
    if new.review.state == "new" and (changed or old.review.state == "new"):
        return replace(old.review, state="new")
    before = {c.id for c in old.claims}
    reopened = any(
        (c.id not in before and c.status == "suggested") or (changed and UNANCHORED in c.tags) for c in merged.claims
    )
    opens = old.review.state == "new" or (old.review.state == "done" and reopened)
    return replace(old.review, state="in_progress") if opens else old.review


def _on_new_text(old: Record, text: str) -> Record:
    """Move the items that a person touched, and those they refer to, to their words in a new text."""
    anchors = Anchors(old.text, text)
    return replace(
        old,
        text=text,
        blocks=(),
        quotes=(),
        claims=tuple(_moved_claim(c, old, anchors) for c in old.claims if c.touched),
        speakers=tuple(moved(s, anchors.find) for s in old.speakers),
        dates=tuple(_moved_date(d, old, anchors) for d in old.dates),
        extra={**old.extra, LAST_CLAIM: last_claim(old)},
    )


def _moved_claim(claim: Claim, old: Record, anchors: Anchors) -> Claim:
    moved: int | None = None
    parts: dict[str, Any] = {}
    lost: dict[str, Any] = dict(claim.extra.get(UNANCHORED, {}))
    for part in _PARTS:
        spans: tuple[Span, ...] = getattr(claim, part)
        found = anchors.find_all(spans, moved)
        shifts = [place.start - span.start for span, place in zip(spans, found, strict=True) if place]
        moved = shifts[0] if moved is None and shifts else moved
        parts[part] = tuple(place for place in found if place)
        words = [old.words((span,)) for span, place in zip(spans, found, strict=True) if not place]
        if words:
            lost[part] = [*lost.get(part, []), *words]
    if claim.via:
        via = [list(place) for place in anchors.find_all(claim.via, moved) if place]
        kept = {name: value for name, value in claim.extra.items() if name != VIA}
        claim = replace(claim, extra={**kept, VIA: via} if via else kept)
    if not lost:
        return replace(claim, **parts)
    tags = claim.tags if UNANCHORED in claim.tags else (*claim.tags, UNANCHORED)
    return replace(claim, **parts, tags=tags, extra={**claim.extra, UNANCHORED: lost})


def _moved_date(date: DateMention, old: Record, anchors: Anchors) -> DateMention:
    if date.span is None:
        return date
    place = anchors.find(date.span)
    if place:
        return replace(date, start=place.start, end=place.end)
    return replace(date, start=None, end=None, extra={**date.extra, UNANCHORED: old.words((date.span,))})
