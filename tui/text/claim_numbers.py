"""Numbers of claims: their positions in reading order."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import count

from annotate.model import Claim
from annotate.spans import Span


class ClaimNumbers:
    """The claims in the order of their first words; a claim's number is its position, counted from 1."""

    def __init__(self) -> None:
        self._order: list[tuple[int, int, str]] = []
        self._turns: dict[str, int] = {}
        """Order of creation, for claims with the same start, as in `Record.live_claims`."""
        self._next_turn = count()

    def __len__(self) -> int:
        return len(self._order)

    def take(self, changes: list[tuple[Claim | None, Claim | None]]) -> bool:
        """Apply changes, as claims before and after; return True if any number may have changed."""
        for _, after in changes:
            if after is not None and after.id not in self._turns:
                self._turns[after.id] = next(self._next_turn)
        if not self._order:
            self._order = sorted(self._entry(after) for _, after in changes if after is not None and not after.deleted)
            return True
        moved = [self._move(before, after) for before, after in changes]
        return any(moved)

    def of(self, claim: Claim) -> int:
        """Return the number of a claim that is not deleted."""
        return bisect_left(self._order, self._entry(claim)) + 1

    def at(self, span: Span) -> list[tuple[int, str]]:
        """Return number and id of the claims that start in a span."""
        first, last = (bisect_left(self._order, (offset,)) for offset in span)
        return [(nth + 1, self._order[nth][2]) for nth in range(first, last)]

    def _move(self, before: Claim | None, after: Claim | None) -> bool:
        old = None if before is None or before.deleted else self._entry(before)
        new = None if after is None or after.deleted else self._entry(after)
        if after is None and before is not None:
            self._turns.pop(before.id, None)
        if old == new:
            return False
        if old is not None:
            del self._order[bisect_left(self._order, old)]
        if new is not None:
            insort(self._order, new)
        return True

    def _entry(self, claim: Claim) -> tuple[int, int, str]:
        return claim.start, self._turns[claim.id], claim.id
