"""Set fields of a claim by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotate.clock import now
from annotate.errors import ModelError, StoreError
from annotate.model import Claim, Record
from annotate.origin import is_human

_BOOKKEEPING = frozenset({"status", "decided_by", "updated", "edited", "deleted"})
"""Fields of a claim that record its handling, and are never named in `edited`."""


def updated(record: Record, claim_id: str, fields: dict[str, Any], by: str) -> tuple[Claim, Claim]:
    """Return a claim before and after some of its fields are set.

    Raises:
        StoreError: there is no such claim or field, or the value does not fit.
    """
    try:
        before = record.claim(claim_id)
    except KeyError:
        raise StoreError(f"article {record.id!r} has no claim {claim_id!r}") from None
    settable = set(Claim.schema) - {"id"}
    if unknown := sorted(set(fields) - settable):
        raise StoreError(
            f"a claim has no field {', '.join(unknown)} to set", f"choose from {', '.join(sorted(settable))}"
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
        replace(record, claims=claims).verify(record.id)
    except ModelError as error:
        raise StoreError(str(error)) from None
    return before, after
