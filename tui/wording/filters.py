"""Filters and orders of the claim list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from annotate.model import UNANCHORED, Claim, Record, Speaker
from annotate.uncertainty import sure
from tui.wording.estimates import is_doubtful, worth, worth_in_words
from tui.wording.fields import speaker_name


class Filter(NamedTuple):
    """A filter of the claim list."""

    name: str
    """Name in the list's title; empty for all claims."""
    keeps: Callable[[Record, Claim], bool]


ALL = Filter("", lambda _record, _claim: True)


class Order(NamedTuple):
    """An order of the claim list."""

    name: str
    """Name in the list's title, and beside the key that selects this order."""
    key: Callable[[Claim], tuple[bool, float]]
    """Sort key, the smallest first; equal ones in the order of the article."""
    figure: Callable[[Claim], str] | None = None
    """Text of the sort value for rows; all of one length, blank if unknown."""


def _least_sure(claim: Claim) -> tuple[bool, float]:
    """Return the sort key: lowest confidence first, then claims without a figure, then decided ones."""
    chance = sure(claim)
    return claim.status != "suggested", 1.0 if chance is None else chance


def _most_worth(claim: Claim) -> tuple[bool, float]:
    """Return the sort key: most check-worthy first, rejected claims last; accepted ones still need the check."""
    return claim.status == "rejected", -(worth(claim) or 0.0)


def _sureness(claim: Claim) -> str:
    chance = sure(claim)
    return f"{'' if chance is None else f'{chance:.0%} sure':>9}"


AS_WRITTEN = Order("as in the article", lambda _claim: (False, 0.0))
ORDERS = (
    AS_WRITTEN,
    Order("least sure first", _least_sure, _sureness),
    Order("most worth a fact-check first", _most_worth, lambda claim: f"{worth_in_words(claim):>7}"),
)
"""All orders, in the sequence in which the key `O` selects them."""


LOST_FIRST = Order("lost words first", lambda claim: (UNANCHORED not in claim.tags, 0.0))
"""The order in which an article opens that no longer contains words of some claims."""


def order_after(order: Order) -> Order:
    """Return the next order."""
    return AS_WRITTEN if order is LOST_FIRST else ORDERS[(ORDERS.index(order) + 1) % len(ORDERS)]


def filters(record: Record, claim: Claim | None) -> tuple[Filter, ...]:
    """Return the filters to offer at the current claim."""
    offered = [
        Filter("all", ALL.keeps),
        Filter("undecided", lambda _record, c: c.status == "suggested"),
        Filter("accepted", lambda _record, c: c.status == "accepted"),
        Filter("rejected", lambda _record, c: c.status == "rejected"),
        Filter("without a speaker", lambda _record, c: c.speaker is None),
        Filter("without a date", lambda _record, c: c.date is None),
        Filter("with a note", lambda _record, c: bool(c.note)),
        Filter("negated", lambda _record, c: c.negated),
        Filter("hedged", lambda _record, c: c.hedged),
        Filter("doubtful (~)", lambda _record, c: is_doubtful(c)),
        Filter("corrected by a person", lambda _record, c: bool(c.edited)),
    ]
    speaker = record.speaker(claim.speaker) if claim else None
    if speaker is not None:
        offered.insert(1, _by(speaker))
    counts = Counter(c.speaker for c in record.live_claims())
    others = [s for s in record.speakers if counts[s.id] and (speaker is None or s.id != speaker.id)]
    offered += [_by(other) for other in sorted(others, key=lambda s: -counts[s.id])]
    return tuple(offered)


def _by(speaker: Speaker) -> Filter:
    return Filter(f"by {speaker.name}", lambda _record, claim: claim.speaker == speaker.id)


def with_words(words: str) -> Filter:
    """Return the filter for claims with all of some words in content, cue, speaker, note or tags."""
    wanted = words.casefold().split()

    def keeps(record: Record, claim: Claim) -> bool:
        said = record.words(claim.cue), record.words(claim.content)
        parts = (*said, speaker_name(record, claim), claim.note, *claim.tags)
        held = " ".join(parts).casefold()
        return all(word in held for word in wanted)

    return Filter(f"“{words}”", keeps)
