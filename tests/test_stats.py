from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.model import Claim, Record, Review, Speaker
from annotate.spans import Span
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


EARLY, LATE = "2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z"
ACCEPTED: dict[str, Any] = {"status": "accepted", "decided_by": ANA, "updated": EARLY}
REJECTED: dict[str, Any] = {"status": "rejected", "decided_by": "human:Bo", "updated": LATE}


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ACCEPTED, REJECTED, Judged(wrong=1)),
        (ACCEPTED | {"updated": LATE}, REJECTED | {"updated": EARLY}, Judged(right=1)),
        (ACCEPTED | {"edited": ("speaker",)}, ACCEPTED | {"updated": LATE}, Judged(right=1)),
        (ACCEPTED, REJECTED | {"deleted": True}, Judged(right=1)),
        (ACCEPTED | {"deleted": True}, REJECTED | {"deleted": True}, Judged(wrong=1)),
        (ACCEPTED, {"edited": ("note",), "updated": LATE}, Judged(right=1)),
        ({"origin": ANA} | ACCEPTED, {"origin": ANA} | ACCEPTED | {"updated": LATE}, Judged(missed=1)),
    ],
)
@pytest.mark.parametrize("known_by", [{"extra": {"conflict_group": "x"}}, {"tags": ("conflict",)}])
def test_claims_in_conflict_are_one_judgement(
    one: dict[str, Any], other: dict[str, Any], expected: Judged, known_by: dict[str, Any], swap: bool
) -> None:
    pair = [claim(**fields, **known_by) for fields in (one, other)]
    assert stats([record(*(reversed(pair) if swap else pair))]).engine == expected


def test_a_conflict_is_known_where_its_tag_is_gone_and_its_words_are_changed() -> None:
    group = {"extra": {"conflict_group": "x"}}
    changed = claim(**REJECTED, **group, content=(Span(4, 7),))
    assert stats([record(claim(**ACCEPTED, **group), changed)]).engine == Judged(wrong=1)


@pytest.mark.parametrize("group", [{}, None, 1])
def test_other_claims_are_judged_one_by_one(group: Any) -> None:
    once = record(claim(**ACCEPTED), claim(**REJECTED), claim(**ACCEPTED, extra={"conflict_group": group}))
    apart = record(*(claim(**ACCEPTED, tags=("conflict",), content=(Span(n, n + 3),)) for n in (0, 4)))
    assert stats([once, apart]).engine == Judged(right=4, wrong=1)
    tagged = record(claim(**ACCEPTED, extra={"conflict_group": "x"}))
    assert stats([tagged, tagged]).engine == Judged(right=2), "each in an article of its own"


def test_precision_counts_mended_suggestions_as_kept() -> None:
    assert Judged(right=2, mended=1, wrong=1, missed=5).precision == 0.75


def test_the_counts_are_plain_json_in_falling_order() -> None:
    plain = stats([record(claim(), claim(speaker="s2"), claim(speaker="s2"))]).to_dict()
    assert list(json.loads(json.dumps(plain))["speakers"].items()) == [("Cy", 2), ("(speaker not known)", 1)]
    assert plain["engine"]["decided"] == 0
