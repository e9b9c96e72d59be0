from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.model import Claim, Record, Review, Span, Speaker
from annotate.stats import Judged, stats

ENGINE = "engine:rules-0.1.0"
ANA = "human:Ana"


def claim(**fields: Any) -> Claim:
    fields = {"type": "indirect", "content": (Span(0, 3),), "origin": ENGINE} | fields
    return Claim("c1", **fields)


def record(*claims: Claim, **fields: Any) -> Record:
    speakers = (Speaker("s1", "Bo"), Speaker("s2", "Cy"))
    numbered = tuple(Claim.from_dict(c.to_dict() | {"id": f"c{n}"}) for n, c in enumerate(claims, 1))
    return Record(id="a", text="one two three", speakers=speakers, claims=numbered, **fields)


def test_nothing_is_counted_of_nothing() -> None:
    counted = stats([])
    assert (counted.articles, counted.claims, counted.engine.precision) == (0, 0, None)


def test_articles_words_and_states_are_counted() -> None:
    counted = stats([record(), record(review=Review("done")), record(review=Review("done"))])
    assert (counted.articles, counted.words) == (3, 9)
    assert counted.reviews == {"new": 1, "done": 2}


def test_claims_are_counted_by_status_type_and_speaker() -> None:
    counted = stats(
        [
            record(claim(speaker="s1"), claim(speaker="s1", type="direct", status="accepted", decided_by=ANA)),
            record(claim(speaker="s2", status="rejected", decided_by=ANA), claim(), claim(speaker="s2", deleted=True)),
        ]
    )
    assert counted.claims == 4
    assert counted.statuses == {"suggested": 2, "accepted": 1, "rejected": 1, "deleted": 1}
    assert counted.types == {"indirect": 3, "direct": 1}
    assert counted.speakers == {"Bo": 2, "(speaker not known)": 1}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Judged()),
        ({"status": "accepted", "decided_by": ANA}, Judged(right=1)),
        ({"status": "accepted", "decided_by": ANA, "edited": ("speaker",)}, Judged(mended=1)),
        ({"status": "rejected", "decided_by": ANA}, Judged(wrong=1)),
        ({"deleted": True}, Judged(wrong=1)),
        ({"status": "accepted", "decided_by": ENGINE}, Judged(accepted_itself=1)),
        ({"edited": ("note",)}, Judged()),
        ({"origin": ANA, "status": "accepted", "decided_by": ANA}, Judged(missed=1)),
        ({"origin": ANA, "deleted": True}, Judged()),
    ],
)
def test_what_a_claim_says_of_the_engine(fields: dict[str, Any], expected: Judged) -> None:
    assert stats([record(claim(**fields))]).engine == expected


def test_precision_counts_mended_suggestions_as_kept() -> None:
    assert Judged(right=2, mended=1, wrong=1, missed=5).precision == 0.75


def test_the_counts_are_plain_json_in_falling_order() -> None:
    plain = stats([record(claim(), claim(speaker="s2"), claim(speaker="s2"))]).to_dict()
    assert list(json.loads(json.dumps(plain))["speakers"].items()) == [("Cy", 2), ("(speaker not known)", 1)]
    assert plain["engine"]["decided"] == 0
