"""Set fields of a claim as a person or a program names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from annotate.errors import ModelError, StoreError
from annotate.model import Claim, Record
from annotate.origin import is_human

_BOOKKEEPING = frozenset({"status", "decided_by", "updated", "edited", "deleted"})
"""Fields of a claim that say what was done to it: they are not among those in `edited`."""


def verified(records: Iterable[Record]) -> list[Record]:
    """Return some records.

    Raises:
        ModelError: one of them contradicts itself.
    """
    records = list(records)
    for record in records:
        for problem in record.problems():
            raise ModelError(f"{record.id}: {problem}")
    return records


def updated(record: Record, claim_id: str, fields: dict[str, Any], by: str) -> tuple[Claim, Claim]:
    """Return a claim before and after a person or the engine sets fields of it."""
    try:
        before = record.claim(claim_id)
    except KeyError:
        raise StoreError(f"article {record.id!r} has no claim {claim_id!r}") from None
    settable = set(Claim.schema) - {"id"}
    if unknown := sorted(set(fields) - settable):
        raise StoreError(
            f"a claim has no field {', '.join(unknown)} to set", f"there are {', '.join(sorted(settable))}"
        )
    given = dict(fields)
    if "status" in fields:
        given.setdefault("decided_by", None if fields["status"] == "suggested" else by)
    given.setdefault("updated", now())
    try:
        after = Claim.from_dict(before.to_dict() | given, f"claim {claim_id}")
        changed = [f for f in fields if f not in _BOOKKEEPING and getattr(before, f) != getattr(after, f)]
        if is_human(by) and "edited" not in fields:
            after = replace(after, edited=(*before.edited, *(f for f in changed if f not in before.edited)))
        claims = tuple(after if c.id == claim_id else c for c in record.claims)
        verified((replace(record, claims=claims),))
    except ModelError as error:
        raise StoreError(str(error)) from None
    return before, after


def now() -> str:
    """Return the time, UTC, as records have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
