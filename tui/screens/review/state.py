"""The state of the review, without widgets: the current claim, the claims listed, the selection, the matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from annotate.changes import Change, Edit
from annotate.edit import PARTS, Part
from annotate.model import Claim, DateMention, Record
from annotate.spans import Span, tidied
from tui.text.date_offsets import DateOffsets
from tui.text.labels import Label
from tui.text.motions import Selection, match_at, matches, paragraph_at, word_at
from tui.text.record_index import ById
from tui.wording.filters import ALL, AS_WRITTEN, Filter, Order

Mode = Literal["reviewing", "selecting", "marking", "matches", "jumping"]
AnyPart = Part | Literal["date"]
PartSpan = tuple[AnyPart, int]
"""A span of a claim: its part, and the index among the part's spans."""
PlaceKind = Literal["speaker", "cue", "quotation", "date"]
CONTENT: PartSpan = ("content", 0)
_RECENT = 5
"""Number of speakers remembered."""


class Sitting(Protocol):
    """The owner of the open article."""

    record: Record | None


class ReviewState:
    """The state of the review.

    Args:
        sitting: The owner of the open article; edits and the engine's news replace the record there.
    """

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self.opening = False
        """True while an article is being loaded."""
        self.claim_id: str | None = None
        self.part: PartSpan = CONTENT
        """The span of the current claim that the brackets move."""
        self.filter: Filter = ALL
        self.order: Order = AS_WRITTEN
        self.listed: list[str] = []
        """Ids of the listed claims, in the order of the list."""
        self.marked_from: str | None = None
        """The claim at which marking began; the marked ones reach from there to the current one."""
        self.selection: Selection | None = None
        self.matches: list[Span] = []
        """Matches of the search."""
        self.match_index = 0
        """Index of the current match."""
        self.last_edit: tuple[str, str] | None = None
        """Field and value of the last edit, in whatever article."""
        self.recent_speakers: list[str] = []
        """Names of the speakers chosen last in this sitting, the newest first."""
        self.labels: Sequence[Label] = ()
        """Labels over places to jump to."""
        self._rows: dict[str, int] = {}
        self._claims: ById[Claim] = ById()
        self._live: tuple[tuple[Claim, ...], tuple[Claim, ...]] = ((), ())
        """The article's claims, and those not removed in reading order: sorting takes as long as drawing a frame."""
        self._dates = DateOffsets()

    @property
    def record(self) -> Record | None:
        """The open article."""
        return self._sitting.record

    @property
    def mode(self) -> Mode:
        """The mode that decides the meaning of keys."""
        if self.labels:
            return "jumping"
        if self.selection is not None:
            return "selecting"
        if self.marked_from is not None:
            return "marking"
        return "matches" if self.matches else "reviewing"

    # ------------------------------------------------------------------ claims

    @property
    def claim(self) -> Claim | None:
        """The current claim."""
        return self.claim_with(self.claim_id)

    def claim_with(self, claim_id: str | None) -> Claim | None:
        """Return the claim with an id, removed ones included; None if there is none."""
        record = self.record
        self._claims.take(record.claims if record else ())
        return self._claims.get(claim_id)

    def take(self, change: Change) -> None:
        """Update the index of claims at the cost of a change, not of the article."""
        if self.record is not None:
            self._claims.take(self.record.claims, change.ids())

    def note_edit(self, name: str, value: str) -> None:
        """Remember an edit of a field, to be repeated, and a chosen speaker, to be offered."""
        self.last_edit = name, value
        if name == "speaker" and value:
            others = (known for known in self.recent_speakers if known.casefold() != value.casefold())
            self.recent_speakers = [value, *others][:_RECENT]

    def live_claims(self) -> tuple[Claim, ...]:
        """Return the claims that are not removed, in reading order."""
        record = self.record
        if record is None:
            return ()
        if self._live[0] is not record.claims:
            self._live = record.claims, record.live_claims()
        return self._live[1]

    def list_claims(self) -> list[Claim]:
        """List the claims that the filter keeps, in order, and return them.

        The current claim stays current while it is listed; else the first one is.
        """
        record = self.record
        claims = [c for c in self.live_claims() if self.filter is ALL or self.filter.keeps(record, c)] if record else []
        if self.order is not AS_WRITTEN:
            claims.sort(key=self.order.key)
        self.listed = [claim.id for claim in claims]
        self._rows = {claim_id: row for row, claim_id in enumerate(self.listed)}
        if self.claim_id not in self._rows:
            self.claim_id = self.listed[0] if self.listed else None
        if self.marked_from not in self._rows:
            self.marked_from = None
        return claims

    def lists(self, claim_id: str | None) -> bool:
        """Return True if a claim is listed."""
        return claim_id in self._rows

    def needs_listing(self, change: Change) -> bool:
        """Return True if a change may alter other rows than those of its own claims."""
        return self.filter is not ALL or any(map(_changes_rows, change.edits))

    @property
    def row(self) -> int:
        """The row of the current claim; 0 without one."""
        return self._rows.get(self.claim_id or "", 0)

    @property
    def marked_rows(self) -> range:
        """The rows of the marked claims."""
        if self.marked_from is None:
            return range(0)
        first, last = sorted((self._rows[self.marked_from], self.row))
        return range(first, last + 1)

    @property
    def marked(self) -> list[str]:
        """Ids of the marked claims, in the order of the list."""
        rows = self.marked_rows
        return self.listed[rows.start : rows.stop]

    def undecided(self) -> list[str]:
        """Return the ids of the listed claims that are undecided, in the order of the list."""
        record = self.record
        found = {claim.id for claim in record.claims if claim.status == "suggested"} if record else set()
        return [claim_id for claim_id in self.listed if claim_id in found]

    @property
    def left(self) -> int:
        """The number of undecided claims in the article, listed or not."""
        return sum(claim.status == "suggested" for claim in self.live_claims())

    def next_undecided(self, row: int) -> str | None:
        """Return the first undecided claim from a row on, from the top again after the last."""
        record = self.record
        undecided = {claim.id for claim in record.claims if claim.status == "suggested"} if record else set()
        return next((id_ for id_ in (*self.listed[row:], *self.listed[:row]) if id_ in undecided), None)

    def claim_around(self, offset: int) -> str | None:
        """Return the listed claim whose content has an offset: the current one if it has, else the shortest."""
        around = [
            (claim.id != self.claim_id, end - start, claim.id)
            for claim in (self.record.claims if self.record is not None else ())
            for start, end in claim.content
            if start <= offset < end and self.lists(claim.id)
        ]
        return min(around)[-1] if around else None

    # ------------------------------------------------------------------ parts

    def parts(self) -> list[PartSpan]:
        """Return the spans of the current claim that the brackets can move, in the order of `p`."""
        claim = self.claim
        if claim is None:
            return []
        parts: list[AnyPart] = [*PARTS, "date"]
        return [(part, index) for part in parts for index in range(len(self._spans(claim, part)))]

    def paragraph_of_part(self, side: Literal["start", "end"]) -> Span | None:
        """Return the paragraph that one end of the chosen part is in."""
        record, claim, (part, index) = self.record, self.claim, self.part
        spans = self._spans(claim, part) if claim is not None else ()
        if record is None or index >= len(spans):  # joined with the one beside it
            return None
        return paragraph_at(record, spans[index].end - 1 if side == "end" else spans[index].start)

    def _spans(self, claim: Claim, part: AnyPart) -> Sequence[Span]:
        if part != "date":
            spans: Sequence[Span] = getattr(claim, part)
            return spans
        date = self.record.date_mention(claim.date) if self.record else None
        return (date.span,) if date is not None and date.span is not None else ()

    # ------------------------------------------------------------------ words and dates

    def word(self, offset: int) -> Span | None:
        """Return the word that a motion starts from: the last one selected, else the one at an offset."""
        if self.record is None:
            return None
        return self.selection.head if self.selection else word_at(self.record.text, offset)

    def whole_at(self, offset: int) -> Span | None:
        """Return the match or quotation that starts at an offset, or the date that has it."""
        match, date = self.match, self.date_at(offset)
        if match is not None and match.start == offset:
            return match
        if date is not None:
            return date.span
        return next((quote for quote in self.places("quotation") if quote.start == offset), None)

    def select(self, span: Span) -> bool:
        """Select a span as it is; False where there is nothing to select."""
        record = self.record
        if record is None or span.start >= span.end:
            return False
        first, last = word_at(record.text, span.start), word_at(record.text, span.end - 1)
        self.selection = Selection(
            Span(span.start, max(span.start + 1, min(first.end, span.end))),
            Span(max(last.start, span.start), span.end),
        )
        return True

    def move(self, span: Span) -> int:
        """Return the offset to put the cursor at for a motion to a span; a selection is extended over it."""
        record, selection = self.record, self.selection
        if record is None or selection is None:
            return span.start
        ahead = span.start >= selection.anchor.start
        self.selection = selection.to(word_at(record.text, span.end - 1 if ahead else span.start))
        return self.selection.head.start

    def places(self, kind: PlaceKind) -> list[Span]:
        """Return the places of a kind in the article, in no order; only named speakers and kept claims."""
        record = self.record
        if record is None:
            return []
        if kind == "speaker":
            return [Span(*m) for s in record.speakers if s.kind != "unnamed" for m in s.mentions]
        if kind == "cue":
            return [Span(*s) for claim in record.live_claims() if claim.status != "rejected" for s in claim.cue]
        if kind == "quotation":
            return [Span(quote.start, quote.end) for quote in record.quotes]
        return [date.span for date in record.dates if date.span is not None and date.status != "rejected"]

    def place_beside(self, kind: PlaceKind, offset: int, by: int) -> Span | None:
        """Return the place some places after an offset, or with a negative number before it; None where none is."""
        starts = sorted({span.start: span for span in self.places(kind)}.items())
        ahead = [span for start, span in starts if (start > offset if by > 0 else start < offset)]
        if not ahead:
            return None
        return ahead[min(by, len(ahead)) - 1] if by > 0 else ahead[max(by, -len(ahead))]

    @property
    def selected_words(self) -> Span | None:
        """The selected words, without punctuation at the ends that does not belong to them; None without any."""
        if self.record is None or self.selection is None:
            return None
        return tidied(self.record.text, self.selection.span)

    def search(self, words: str, offset: int) -> None:
        """Find words in the article; the first match from an offset on is the current one."""
        self.matches = matches(self.record.text, words) if self.record is not None else []
        self.match_index = match_at(self.matches, offset)

    @property
    def match(self) -> Span | None:
        """The current match; None without a search."""
        return self.matches[self.match_index] if self.matches else None

    def leave_modes(self) -> None:
        """Drop the selection, the marks, the search and the labels."""
        self.labels = ()
        self.marked_from = None
        self.selection = None
        self.matches = []

    def date_at(self, offset: int) -> DateMention | None:
        """Return the date at an offset."""
        self._dates.take(self.record.dates if self.record is not None else ())
        return self._dates.at(offset)


def _changes_rows(edit: Edit) -> bool:
    """Return True if an edit alters more than the row of its claim: the rows there are, their order, shared names."""
    before, after = edit.before, edit.after
    if isinstance(before, Claim) and isinstance(after, Claim):
        return before.deleted != after.deleted or before.start != after.start
    if edit.kind == "article":
        return after is None or set(after) != {"review"}  # type: ignore[arg-type] # of an article: a dict
    return edit.kind == "claim" or before is not None
