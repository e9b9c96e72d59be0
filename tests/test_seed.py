"""The article the project began with: everything its gold annotation names is found, and at most one claim too many."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotate import analyse
from annotate.engine import ENGINES
from annotate.model import Claim, Record

Gold = dict[str, Any]


@pytest.fixture(scope="module", params=list(ENGINES))
def seed(request: pytest.FixtureRequest, shared: Path) -> tuple[Record, Gold]:
    folder = shared / "seed"
    text = (folder / "article.txt").read_text("utf-8")
    return analyse(text, engine=request.param), json.loads((folder / "gold.json").read_text("utf-8"))


def words(record: Record, spans: Any) -> set[int]:
    """Return the words of spans, each as the offset at which it starts."""
    return {m.start() for start, end in spans for m in re.compile(r"\w+").finditer(record.text, start, end)}


def overlap(record: Record, ours: Any, gold: Any) -> float:
    a, b = words(record, ours), words(record, gold)
    return len(a & b) / len(a | b)


def name_of(record: Record, claim: Claim) -> str | None:
    speaker = record.speaker(claim.speaker)
    return speaker.name if speaker else None


def test_every_claim_is_found_with_its_words_cue_source_and_speaker(seed: tuple[Record, Gold]) -> None:
    record, gold = seed
    wanted = [claim for claim in gold["claims"] if not claim.get("optional")]
    assert len(wanted) == 12
    for claim in wanted:
        ours = max(record.claims, key=lambda c: overlap(record, c.content, claim["content"]))
        assert overlap(record, ours.content, claim["content"]) >= 0.8, claim["content_text"]
        assert [list(s) for s in ours.cue] == claim["cue"]
        assert [list(s) for s in ours.source] == claim["source"]
        assert [list(s) for s in ours.addressee] == claim.get("addressee", [])
        assert (ours.type, name_of(record, ours)) == (claim["type"], claim["speaker"])
        date = record.date_mention(ours.date)
        assert (date and date.value) == claim["date"]


def test_at_most_one_claim_is_spurious(seed: tuple[Record, Gold]) -> None:
    record, gold = seed
    spurious = [
        record.words(ours.content)
        for ours in record.claims
        if all(overlap(record, ours.content, claim["content"]) < 0.5 for claim in gold["claims"])
    ]
    assert len(spurious) <= 1, spurious


def test_blocks_dates_and_quotes_are_exact(seed: tuple[Record, Gold]) -> None:
    record, gold = seed
    assert record.date == gold["date"]
    assert [[b.start, b.end, b.kind] for b in record.blocks] == [
        [b["start"], b["end"], b["kind"]] for b in gold["blocks"]
    ]
    assert [[d.start, d.end, d.type, d.value] for d in record.dates] == [
        [d["start"], d["end"], d["type"], d["value"]] for d in gold["dates"]
    ]
    assert [[q.start, q.end] for q in record.quotes] == gold["quotes"]
