"""Shared fixtures of the extraction tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotate.engine import analyse
from annotate.model import Claim, Record

Said = tuple[str, str, str, str]
"""Type, content, cue, source."""


@pytest.fixture(scope="session")
def said() -> Callable[[str], list[Said]]:
    """Return the engine's claims in a text, as words."""

    def words(record: Record, claim: Claim) -> Said:
        return claim.type, record.words(claim.content), record.words(claim.cue), record.words(claim.source)

    def find(text: str) -> list[Said]:
        record = analyse(text, engine="rules")
        return [words(record, claim) for claim in record.claims]

    return find
