"""Statistics over records: totals, review progress, and the engine's precision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from annotate.changes import CONFLICT, CONFLICT_GROUP
from annotate.model import Claim, Record
from annotate.origin import is_human

_NOBODY = "(speaker not known)"
_BY_A_PERSON = frozenset({"right", "mended", "wrong", "missed"})


@dataclass(frozen=True)
class Judged:
    """People's verdicts on the engine's suggestions; for a suggestion that a merge kept twice, only the final one."""

    right: int = 0
    """Accepted unchanged."""
    mended: int = 0
    """Accepted after an edit."""
    wrong: int = 0
    """Rejected or deleted."""
    missed: int = 0
    """Claims that people made."""
    accepted_itself: int = 0
    """Accepted automatically (`label --accept-above`) and reviewed by nobody."""

    @property
    def decided(self) -> int:
        """Suggestions that a person reviewed."""
        return self.right + self.mended + self.wrong

    @property
    def precision(self) -> float | None:
        """Share of reviewed suggestions that were accepted, edited ones included; None before any was reviewed."""
        return (self.right + self.mended) / self.decided if self.decided else None


@dataclass(frozen=True)
class Stats:
    """Counts over records. A deleted claim counts only as deleted, and for the engine's precision."""

    articles: int = 0
    words: int = 0
    claims: int = 0
    reviews: Counter[str] = field(default_factory=Counter)
    """Articles by state of review."""
    statuses: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    """Claims by speaker's name, over all articles; rejected ones left out."""
    engine: Judged = field(default_factory=Judged)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types, counts in falling order."""
        plain = asdict(self)
        for name in ("reviews", "statuses", "types", "speakers"):
            plain[name] = dict(getattr(self, name).most_common())
        plain["engine"] |= {"decided": self.engine.decided, "precision": self.engine.precision}
        return plain


def stats(records: Iterable[Record]) -> Stats:
    """Count over records."""
    reviews: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    types: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    articles = words = 0
    for record in records:
        articles += 1
        words += len(record.text.split())
        reviews[record.review.state] += 1
        verdicts.update(map(_verdict, _standing(record.claims)))
        for claim in record.claims:
            statuses["deleted" if claim.deleted else claim.status] += 1
            if not claim.deleted:
                types[claim.type] += 1
            if not claim.deleted and claim.status != "rejected":
                speaker = record.speaker(claim.speaker)
                speakers[speaker.name if speaker else _NOBODY] += 1
    judged = Judged(**{item.name: verdicts[item.name] for item in fields(Judged)})
    claims = statuses.total() - statuses["deleted"]
    return Stats(articles, words, claims, reviews, statuses, types, speakers, judged)


def _standing(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims that the engine is judged by; of conflicting versions of one suggestion, only the final one.

    In order of preference: not deleted, reviewed by a person, changed last.
    """
    groups: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        place = ("place", claim.content, claim.cue) if CONFLICT in claim.tags else ("id", claim.id)
        group = claim.extra.get(CONFLICT_GROUP)
        groups[group if isinstance(group, str) else place].append(claim)
    for same in groups.values():
        yield max(same, key=lambda claim: (not claim.deleted, _verdict(claim) in _BY_A_PERSON, claim.updated or ""))


def _verdict(claim: Claim) -> str:
    """Return a claim's verdict on the engine: the name of a field of `Judged`, or `nothing`."""
    if is_human(claim.origin):
        return "nothing" if claim.deleted or claim.status == "rejected" else "missed"
    if claim.deleted:
        return "wrong"
    if not is_human(claim.decided_by):
        return "accepted_itself" if claim.status == "accepted" else "nothing"
    if claim.status == "rejected":
        return "wrong"
    if claim.status == "accepted":
        return "mended" if claim.edited else "right"
    return "nothing"
