"""The record of one article: its frozen text and everything known about it.

All offsets are Unicode code points into `Record.text`, end exclusive. Unknown keys survive a round trip at
every level, in `extra`. Spans of content, cue and source follow PolNeAR/PARC; dates follow TIMEX3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, cast, get_args

import orjson

from annotate import codec, safe_json
from annotate.codec import JsonObject
from annotate.errors import ModelError
from annotate.origin import is_human
from annotate.safe import visible
from annotate.spans import Span

__all__ = [
    "BLOCK_KINDS", "CLAIM_TYPES", "DATE_GUESS", "DATE_OR", "DATE_TYPES", "QUOTE_KINDS", "REVIEW_STATES", "SCHEMA",
    "SPEAKER_KINDS", "STATUSES", "UNANCHORED",
    "Block", "BlockKind", "Claim", "ClaimType", "DateMention", "DateType", "Quote", "QuoteKind", "Record", "Review",
    "ReviewState", "Speaker", "SpeakerKind", "Status", "position", "sha256",
]  # fmt: skip

SCHEMA = "onrecord/1"
UNANCHORED = "unanchored"
"""Tag of a claim some of whose words are no longer in the text; also the key in its `extra` for these words, by
part."""
DATE_OR = "date_or"
"""Key in a record's `extra`: the other reading of the text's numeric date of publication."""
DATE_GUESS = "date_guess"
"""Key in a record's `extra`: true where the year of publication is not in the text."""

BlockKind = Literal["dateline", "title", "heading", "byline", "body", "caption", "credit", "noise"]
QuoteKind = Literal["speech", "scare", "title"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
SpeakerKind = Literal["person", "organisation", "place", "group", "document", "unnamed", "unknown"]
ClaimType = Literal["direct", "indirect", "mixed"]
Status = Literal["suggested", "accepted", "rejected"]
ReviewState = Literal["new", "suggested", "in_progress", "done"]

BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
QUOTE_KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
DATE_TYPES: tuple[DateType, ...] = get_args(DateType)
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
CLAIM_TYPES: tuple[ClaimType, ...] = get_args(ClaimType)
VIA = "via"
"""Optional key of a claim: the spans of whoever reports it, if not the article itself; absent where empty."""
STATUSES: tuple[Status, ...] = get_args(Status)
REVIEW_STATES: tuple[ReviewState, ...] = get_args(ReviewState)

_spans = codec.list_of(codec.span)
_opt_text = codec.optional(codec.text)
_opt_number = codec.optional(codec.number)
_opt_offset = codec.optional(codec.offset)
_status = codec.one_of(STATUSES)
_edited = codec.list_of(
    codec.one_of(
        (
            "type", "content", "cue", "source", "addressee", "speaker", "date", "negated", "hedged", "confidence",
            "checkworthy", "origin", "note", "tags", "status", "decided_by", "deleted", "updated",
            "speaker_or", "co_speakers", "via", "verdict",
        ),
        "the name of a claim's field",
    )
)  # fmt: skip
"""Decoder of the names of fields that a person changed; other words are refused, as they are shown. The last four are
in `extra`."""


@dataclass(frozen=True, eq=False, repr=False)
class Block(JsonObject):
    """A paragraph-sized part of the text, with its kind."""

    start: int
    end: int
    kind: BlockKind
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {"start": codec.offset, "end": codec.offset, "kind": codec.one_of(BLOCK_KINDS)}


@dataclass(frozen=True, eq=False, repr=False)
class Quote(JsonObject):
    """A span in quotation marks, the marks included."""

    start: int
    end: int
    kind: QuoteKind
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {"start": codec.offset, "end": codec.offset, "kind": codec.one_of(QUOTE_KINDS)}


@dataclass(frozen=True, eq=False, repr=False)
class DateMention(JsonObject):
    """A temporal expression with its TIMEX3 type and value."""

    id: str
    start: int | None
    """Null, as is `end`, if a person typed the date and it is nowhere in the text."""
    end: int | None
    type: DateType
    value: str | None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    begin: str | None = None
    end_point: str | None = None
    anchor: str | None = None
    status: Status = "suggested"
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {
        "id": codec.text, "start": _opt_offset, "end": _opt_offset, "type": codec.one_of(DATE_TYPES),
        "value": _opt_text,
        "mod": _opt_text, "quant": _opt_text, "freq": _opt_text, "begin": _opt_text, "end_point": _opt_text,
        "anchor": _opt_text, "status": _status, "origin": codec.text,
    }  # fmt: skip
    omitted_when_none = frozenset({"mod", "quant", "freq", "begin", "end_point", "anchor"})

    @property
    def span(self) -> Span | None:
        """Its span in the text, if it has one."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)


@dataclass(frozen=True, eq=False, repr=False)
class Speaker(JsonObject):
    """Someone or something that claims are attributed to; one per article and identity."""

    id: str
    name: str
    kind: SpeakerKind = "unknown"
    description: str | None = None
    mentions: tuple[Span, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {
        "id": codec.text, "name": codec.text, "kind": codec.one_of(SPEAKER_KINDS), "description": _opt_text,
        "mentions": _spans,
    }  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Claim(JsonObject):
    """A statement with its attribution: content, cue, source and speaker, addressee, date."""

    id: str
    type: ClaimType
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    speaker: str | None = None
    date: str | None = None
    negated: bool = False
    hedged: bool = False
    confidence: float | None = None
    checkworthy: float | None = None
    status: Status = "suggested"
    decided_by: str | None = None
    origin: str = ""
    edited: tuple[str, ...] = ()
    deleted: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    updated: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {
        "id": codec.text, "type": codec.one_of(CLAIM_TYPES), "content": _spans, "cue": _spans, "source": _spans,
        "addressee": _spans, "speaker": _opt_text, "date": _opt_text, "negated": codec.flag, "hedged": codec.flag,
        "confidence": _opt_number, "checkworthy": _opt_number, "status": _status, "decided_by": _opt_text,
        "origin": codec.text, "edited": _edited, "deleted": codec.flag, "note": codec.text,
        "tags": codec.list_of(codec.text), "updated": _opt_text,
    }  # fmt: skip

    @property
    def start(self) -> int:
        """Offset of the first word of content, or of any part if it has no content."""
        return min((s.start for s in self.content or self.spans()), default=0)

    @property
    def touched(self) -> bool:
        """True if a person decided, edited, made or deleted it: the engine must leave it alone."""
        by_person = is_human(self.decided_by) or is_human(self.origin)
        return by_person or bool(self.edited) or self.deleted

    @property
    def lost(self) -> str:
        """Words of its content that only an earlier version of the text had; empty if none are missing."""
        kept = self.extra.get(UNANCHORED)
        return " … ".join(map(str, kept.get("content", ()))) if isinstance(kept, Mapping) else ""

    @property
    def via(self) -> tuple[Span, ...]:
        """Whose report the claim is, in *“…,” X said, according to Z*; under the optional key `via`."""
        return codec.spans_in(self.extra.get(VIA))

    def spans(self) -> tuple[Span, ...]:
        """All spans of the claim: content, cue, source, addressee."""
        return self.content + self.cue + self.source + self.addressee


@dataclass(frozen=True, eq=False, repr=False)
class Review(JsonObject):
    """The review state of an article."""

    state: ReviewState = "new"
    by: str | None = None
    updated: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {"state": codec.one_of(REVIEW_STATES), "by": _opt_text, "updated": _opt_text}


def _objects(cls: type[JsonObject]) -> codec.Decoder:
    return codec.list_of(cls.from_dict)


@dataclass(frozen=True, eq=False, repr=False)
class Record(JsonObject):
    """One article and all that is known about it (JSON schema `onrecord/1`)."""

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    """ISO date of publication, the anchor of relative dates."""
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    """Sorted and disjoint; white space between blocks belongs to none."""
    quotes: tuple[Quote, ...] = ()
    dates: tuple[DateMention, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...] = ()
    review: Review = field(default_factory=Review)
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema = {
        "id": codec.text, "text": codec.text, "path": _opt_text, "url": _opt_text, "title": _opt_text,
        "date": _opt_text,
        "language": codec.text, "blocks": _objects(Block), "quotes": _objects(Quote), "dates": _objects(DateMention),
        "speakers": _objects(Speaker), "claims": _objects(Claim), "review": Review.from_dict,
    }  # fmt: skip

    @classmethod
    def from_dict(cls, value: Any, where: str = "record") -> Self:
        """Build from a JSON object and verify it.

        Raises:
            ModelError: wrong schema, a text that does not match its hash, an offset outside the text, an id
                used twice, or a reference to a missing item.
        """
        if not isinstance(value, Mapping):
            raise ModelError(f"{where}: expected an object, not {value!r:.60}")
        rest = dict(value)
        if rest.pop("schema", None) != SCHEMA:
            raise ModelError(f"{where}: not an {SCHEMA} record", "export it again with this version of onrecord")
        digest = rest.pop("text_sha256", None)
        record = super().from_dict(rest, where)
        actual = sha256(record.text)
        if digest not in (None, actual):
            raise ModelError(
                f"{where}: the text of {record.id!r} does not match its text_sha256",
                "restore the text that the offsets were made for, or remove text_sha256 if they still fit",
            )
        record.verify(where)
        return record

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Build from JSON text.

        Raises:
            ModelError: not JSON, or not what the contract says.
        """
        try:
            value = safe_json.loads(line)
        except orjson.JSONDecodeError as error:
            raise ModelError(f"not JSON: {error}") from None
        return cls.from_dict(value)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON types, in the contract's order."""
        body = super().to_dict()
        head = {key: body.pop(key) for key in ("id", "path", "url", "title", "date", "language", "text")}
        return {"schema": SCHEMA, **head, "text_sha256": sha256(self.text), **body}

    def to_json(self) -> str:
        """Return the record as one line of JSON, with control characters as JSON escapes."""
        return visible(orjson.dumps(self.to_dict())).decode()

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by its id; KeyError where there is none."""
        return cast("Claim", _by_id(self.claims, claim_id))

    def speaker(self, speaker_id: str | None) -> Speaker | None:
        """Return a speaker by id; None for None."""
        return None if speaker_id is None else cast("Speaker", _by_id(self.speakers, speaker_id))

    def date_mention(self, date_id: str | None) -> DateMention | None:
        """Return a date by id; None for None."""
        return None if date_id is None else cast("DateMention", _by_id(self.dates, date_id))

    def words(self, spans: tuple[Span, ...]) -> str:
        """Return the text of spans, joined by ` … ` where they are apart."""
        return " … ".join(self.text[start:end] for start, end in spans)

    def said(self, claim: Claim) -> str:
        """Return the words of a claim's content; words lost when the text changed follow in brackets."""
        gone = f"[no longer in the text: {claim.lost}]" if claim.lost else ""
        return " ".join(filter(None, (self.words(claim.content), gone)))

    def live_claims(self) -> tuple[Claim, ...]:
        """Return the claims that are not deleted, in reading order."""
        return tuple(sorted((c for c in self.claims if not c.deleted), key=lambda c: c.start))

    def verify(self, where: str) -> None:
        """Raise ModelError with the first problem, `where` in front, if the record contradicts itself."""
        for problem in self.problems():
            raise ModelError(f"{where}: {problem}")

    def problems(self) -> Iterator[str]:
        """Yield the record's contradictions with the text or itself, one sentence each."""
        yield from self._misplaced_blocks()
        for owner, span in self._spans():
            if not 0 <= span.start < span.end <= len(self.text):
                yield f"{owner} {span.start}–{span.end} is empty or outside the text (0–{len(self.text)})"
        known: dict[str, set[str]] = {}
        for kind, items in (("speaker", self.speakers), ("date", self.dates), ("claim", self.claims)):
            known[kind] = {item.id for item in items}
            if len(known[kind]) < len(items):
                yield f"an id of a {kind} is used twice"
        for claim in self.claims:
            if claim.speaker is not None and claim.speaker not in known["speaker"]:
                yield f"claim {claim.id} names the speaker {claim.speaker}, who is not in the record"
            if claim.date is not None and claim.date not in known["date"]:
                yield f"claim {claim.id} names the date {claim.date}, which is not in the record"

    def _misplaced_blocks(self) -> Iterator[str]:
        end_of_last = 0
        for i, block in enumerate(self.blocks):
            if not end_of_last <= block.start < block.end <= len(self.text):
                yield f"blocks[{i}] {block.start}–{block.end} is out of order or outside the text"
            end_of_last = block.end

    def _spans(self) -> Iterator[tuple[str, Span]]:
        for i, quote in enumerate(self.quotes):
            yield f"quotes[{i}]", Span(quote.start, quote.end)
        for date in self.dates:
            if date.start is not None or date.end is not None:
                yield f"date {date.id}", Span(date.start or 0, date.end or 0)
        for speaker in self.speakers:
            for span in speaker.mentions:
                yield f"mention of speaker {speaker.id}", span
        for claim in self.claims:
            for span in claim.spans():
                yield f"span of claim {claim.id}", span


def position(items: tuple[Any, ...], wanted: str) -> int:
    """Return the index of the item with an id; KeyError if there is none.

    Ids count from 1 in the order of the items until something is moved, so the first place to look is nearly always
    the right one: a record of 20,000 claims answers as quickly as one of 20.
    """
    number = wanted[1:]
    likely = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 9 else 0
    if 0 <= likely < len(items) and items[likely].id == wanted:
        return likely
    for at, item in enumerate(items):
        if item.id == wanted:
            return at
    raise KeyError(wanted)


def _by_id(items: tuple[Any, ...], wanted: str) -> Any:
    return items[position(items, wanted)]


def sha256(text: str) -> str:
    """Return the hex SHA-256 of a text's UTF-8 bytes.

    Raises:
        ModelError: the text holds half of a surrogate pair, which no encoding of Unicode can carry.
    """
    import hashlib

    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ModelError(
            f"the text has an invalid character at {error.start}: half a surrogate pair", "remove it from the text"
        ) from None
