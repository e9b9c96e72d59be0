"""The data of an article's row in the library."""

from __future__ import annotations

from typing import NamedTuple

from annotate.changes import Change
from annotate.model import Claim, Record, ReviewState
from annotate.read import Article, Source
from annotate.store import Summary
from annotate.uncertainty import uncertainty


class ArticleEntry(NamedTuple):
    """An article of the library, opened or not."""

    name: str
    """Title, or file name."""
    source: Source | Article | None
    """Source of the text; None for an article only in the save file."""
    id: str | None = None
    """Id; None until the text has been read for the first time."""
    date: str | None = None
    state: ReviewState = "new"
    claims: int = 0
    decided: int = 0
    doubt: float = 0.0
    """The engine's uncertainty, summed over undecided claims."""
    error: str = ""
    """Reason why it cannot be opened; empty if it can."""

    @classmethod
    def stored(cls, s: Summary) -> ArticleEntry:
        """Return the entry of an article in the save file."""
        return cls(s.title or s.path or s.id, None, s.id, s.date, s.state, s.claims, s.decided, s.uncertainty)

    @property
    def is_unread(self) -> bool:
        """True if the engine can read the article but has not."""
        return self.state == "new" and not self.error

    @property
    def unsure(self) -> float:
        """The engine's mean uncertainty of an undecided claim, from 0 to 0.5; 0 without undecided claims."""
        left = self.claims - self.decided
        return self.doubt / left if left else 0.0

    def counted(self, record: Record) -> ArticleEntry:
        """Return the entry with title, date, state and counts of its record."""
        return self._replace(
            name=record.title or self.name,
            date=record.date,
            state=record.review.state,
            claims=sum(map(_live, record.claims)),
            decided=sum(map(_decided, record.claims)),
            doubt=sum(map(_doubt, record.claims)),
        )

    def changed(self, change: Change) -> ArticleEntry:
        """Return the entry after a change, in time proportional to the change."""
        edits = [(e.before, e.after) for e in change.edits if e.kind == "claim"]
        return self._replace(
            claims=self.claims + sum(_live(after) - _live(before) for before, after in edits),
            decided=self.decided + sum(_decided(after) - _decided(before) for before, after in edits),
            doubt=self.doubt + sum(_doubt(after) - _doubt(before) for before, after in edits),
        )


def _live(item: object) -> bool:
    return isinstance(item, Claim) and not item.deleted


def _decided(item: object) -> bool:
    return isinstance(item, Claim) and not item.deleted and item.status != "suggested"


def _doubt(item: object) -> float:
    return uncertainty(item) if isinstance(item, Claim) else 0.0
