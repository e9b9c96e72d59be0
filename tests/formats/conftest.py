from __future__ import annotations

from typing import Any

import pytest

from annotate.model import Record

TEXT = (
    "Harbour fees *double*\n\n"
    '😀 "Fees rose 3%," said Zoe\u0301 Ruiz of <Port & Sons> on Monday, "and wages_did_not."\n\n'
    "=SUM(A1) is what the ledger says, according to an aide.\n\n"
    "# The union denied it.\n"
)


def span(words: str, after: int = 0) -> list[int]:
    start = TEXT.index(words, after)
    return [start, start + len(words)]


@pytest.fixture
def tricky() -> Record:
    """An article with all that goes wrong in exports: emoji, combining accents, CRLF, overlap, several pieces."""
    claims: list[dict[str, Any]] = [
        {
            "id": "c2", "type": "indirect", "content": [span("=SUM(A1) is what the ledger says")],
            "cue": [span("according to")], "source": [span("an aide")], "speaker": "s2", "status": "accepted",
            "decided_by": "human:Ana", "confidence": 0.5, "note": "=cmd|' /C calc'!A0", "tags": ["@risk", "money"],
        },
        {
            "id": "c1", "type": "direct", "content": [span('"Fees rose 3%,"'), span('"and wages_did_not."')],
            "cue": [span("said")], "source": [span("Zoe\u0301 Ruiz of <Port & Sons>")], "speaker": "s1", "date": "d1",
            "status": "suggested", "origin": "engine:rules-0.1.0", "confidence": 0.93, "checkworthy": 0.4,
            "note": 'first line\r\n* second, "quoted"', "colour": "blue",
        },
        {
            "id": "c3", "type": "indirect", "content": [span("Fees rose 3%")], "speaker": "s1", "status": "rejected",
            "decided_by": "human:Ana",
        },
        {"id": "c4", "type": "indirect", "content": [span("The union")], "status": "accepted", "deleted": True},
        {
            "id": "c5", "type": "indirect", "content": [span("it", TEXT.index("denied"))], "cue": [span("denied")],
            "source": [span("The union")], "addressee": [span("Port & Sons")], "negated": True, "date": "d2",
        },
    ]  # fmt: skip
    return Record.from_dict(
        {
            "schema": "onrecord/1", "id": "harbour", "path": "news/harbour.txt", "url": "https://news.example/harbour",
            "title": "Harbour fees *double*", "date": "2026-02-03", "language": "en", "text": TEXT,
            "blocks": [{"start": 0, "end": 21, "kind": "title", "weight": 2}],
            "quotes": [{"start": span('"Fees')[0], "end": span('3%,"')[1], "kind": "speech"}],
            "dates": [
                {"id": "d1", "start": span("Monday")[0], "end": span("Monday")[1], "type": "DATE",
                 "value": "2026-02-02"},
                {"id": "d2", "start": None, "end": None, "type": "DATE", "value": "2026-02"},
            ],
            "speakers": [
                {"id": "s1", "name": "Zoe\u0301 Ruiz", "kind": "person", "description": "harbour master",
                 "mentions": [span("Zoe\u0301 Ruiz")]},
                {"id": "s2", "name": "an aide", "kind": "unnamed"},
            ],
            "claims": claims, "review": {"state": "in_progress", "by": "human:Ana"}, "desk": {"city": "Porto"},
        }
    )  # fmt: skip


@pytest.fixture
def silent() -> Record:
    """An article in which nobody says anything."""
    return Record(id="silent", text="Rain fell.\n")
