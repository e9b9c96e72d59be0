"""Which claims are listed, and how a claim is copied. No Textual in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotate.caveat import caveat, own_words
from annotate.doubt import is_guess, rivals, sure
from annotate.model import Claim, Record
from tui.wording.estimates import is_doubtful, worth, worth_in_words
from tui.wording.fields import speaker_name


class Filter(NamedTuple):
    """Which claims the list shows."""

    name: str
    """Said in the list's title; empty for all claims."""
    keeps: Callable[[Record, Claim], bool]


ALL = Filter("", lambda _record, _claim: True)


class Order(NamedTuple):
    """In which order the list shows claims."""

    name: str
    """Said in the list's title, and of the key that leads there."""
    key: Callable[[Claim], tuple[bool, float]]
    """The smallest stand first; those of one key as in the article."""
    figure: Callable[[Claim], str] | None = None
    """What claims are sorted by, shown in their rows; of one length, blank where it is not known."""


def _least_sure(claim: Claim) -> tuple[bool, float]:
    """Return what puts decided claims behind all others, and those nobody has a figure for behind those with one."""
    chance = sure(claim)
    return claim.status != "suggested", 1.0 if chance is None else chance


def _most_worth(claim: Claim) -> tuple[bool, float]:
    """Return what puts rejected claims behind all others; what is accepted is still to be checked."""
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
"""What `O` goes through."""


def order_after(order: Order) -> Order:
    """Return the order that comes next."""
    return ORDERS[(ORDERS.index(order) + 1) % len(ORDERS)]


def filters(record: Record, claim: Claim | None) -> tuple[Filter, ...]:
    """Return the filters worth offering at a claim."""
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
        offered.insert(1, Filter(f"by {speaker.name}", lambda _record, c: c.speaker == speaker.id))
    return tuple(offered)


def with_words(words: str) -> Filter:
    """Return the filter for claims that hold all of some words, in content, cue, speaker, note or tags."""
    wanted = words.casefold().split()

    def keeps(record: Record, claim: Claim) -> bool:
        said = record.words(claim.cue), record.words(claim.content)
        parts = (*said, speaker_name(record, claim), claim.note, *claim.tags)
        held = " ".join(parts).casefold()
        return all(word in held for word in wanted)

    return Filter(f"“{words}”", keeps)


def citation(record: Record, claim: Claim) -> str:
    """Return a claim as a person would cite it: words, speaker, how it was said, day, where it stands."""
    said, whose = _parts(record, claim)
    return f"{said} — {whose}"


def quoted(record: Record, claim: Claim) -> str:
    """Return a claim's words on one line, as the text has them; before them in brackets how they were said."""
    how = caveat(record.text, claim)
    return f"[{how}] {_words(record, claim)}" if how else _words(record, claim)


def markdown(record: Record, claim: Claim) -> str:
    """Return a claim as a Markdown quotation."""
    said, whose = _parts(record, claim)
    return f"> {said}\n> — {whose}"


def _parts(record: Record, claim: Claim) -> tuple[str, str]:
    """Return what was said, and whose it is, when and where.

    Words that must not be read without how they were said follow on that, else an accusation stands before its denial.
    """
    where = record.title or record.path or record.id
    place = f"{where} <{record.url}>" if record.url else where
    when = f"{_when(record, claim)}. {place}"
    said, who = _words(record, claim), _who(record, claim)
    if own := own_words(record.text, claim):
        return f"{who} “{own}”: {said}", when
    if how := caveat(record.text, claim):
        is_nobodys = claim.hedged and claim.speaker is None
        return f"{how[0].upper() + how[1:] if is_nobodys else f'{who}, {how}'}: {said}", when
    return said, f"{who}, {when}"


def _words(record: Record, claim: Claim) -> str:
    return " ".join(record.words(claim.content).split())


def _who(record: Record, claim: Claim) -> str:
    """Return the speaker with what is known besides; that it is a guess, where it is one of the engine's."""
    speaker = record.speaker(claim.speaker)
    if speaker is None:
        return "unknown speaker"
    who = f"{speaker.name} ({speaker.description})" if speaker.description else speaker.name
    return ", perhaps ".join((f"probably {who}", *rivals(claim))) if is_guess(claim) else who


def _when(record: Record, claim: Claim) -> str:
    """Return when a claim was said, else when it was published, which nobody must take for the former."""
    date = record.date_mention(claim.date)
    if date is not None and date.value:
        return date.value
    return f"published {record.date}" if record.date else "no date"


def accepted(record: Record, _claim: Claim) -> str:
    """Return all accepted claims of an article as citations, a line each."""
    return "\n".join(citation(record, c) for c in record.live_claims() if c.status == "accepted")


def claim_json(record: Record, claim: Claim) -> str:
    """Return a claim as JSON, with its speaker and its date in full."""
    import orjson

    speaker, date = record.speaker(claim.speaker), record.date_mention(claim.date)
    value = claim.to_dict() | {
        "article": record.id,
        "text": record.words(claim.content),
        "speaker": speaker and speaker.to_dict(),
        "date": date and date.to_dict(),
    }
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


COPIES: tuple[tuple[str, Callable[[Record, Claim], str]], ...] = (
    ("citation", citation),
    ("words only", quoted),
    ("Markdown quotation", markdown),
    ("JSON", claim_json),
    ("all accepted claims of the article", accepted),
)
"""What `Y` offers."""
