from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.changes import LAST_CLAIM, Change, Edit, apply
from annotate.errors import ModelError
from annotate.model import Claim, Record, Review, Speaker
from annotate.spans import Span


def draw_edit(data: st.DataObject, record: Record) -> Edit:
    """Draw something a person can do to a record: to a claim, a speaker or the article itself."""
    kind = data.draw(st.sampled_from(["claim", "speaker", "article", "new claim"]))
    if kind == "claim" and record.claims:
        claim = data.draw(st.sampled_from(record.claims))
        gone = data.draw(st.booleans())
        return Edit("claim", claim, None if gone else replace(claim, note="n", status="accepted"))
    if kind == "speaker":
        return Edit("speaker", None, Speaker(f"s{len(record.speakers) + 7}", "Zoë"))
    if kind == "article":
        return Edit("article", {"review": record.review}, {"review": Review("done", "human:Ada")})
    return Edit("claim", None, Claim(f"c{len(record.claims) + 7}", "indirect", (Span(0, 1),)))


def by_id(record: Record) -> dict[str, Any]:
    """Return a record without order and used ids, which removing and restoring an item may change."""
    document = record.to_dict()
    document.pop(LAST_CLAIM, None)
    for table in ("claims", "speakers", "dates"):
        document[table] = {item["id"]: item for item in document[table]}
    return document


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_change_and_its_inverse_change_nothing(records: st.SearchStrategy[Record], data: st.DataObject) -> None:
    record = data.draw(records)
    edits: list[Edit] = []
    after = record
    for _ in range(data.draw(st.integers(1, 4))):
        edits.append(draw_edit(data, after))
        after = apply(after, Change(record.id, "test", (edits[-1],)))
    change = Change(record.id, "test", tuple(edits))
    assert apply(record, change) == after
    assert by_id(apply(after, change.inverted())) == by_id(record)
    assert change.inverted().inverted() == change


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_an_edit_survives_json(records: st.SearchStrategy[Record], data: st.DataObject) -> None:
    edit = draw_edit(data, data.draw(records))
    assert Edit.from_dict(json.loads(json.dumps(edit.to_dict()))) == edit


def test_an_item_replaced_keeps_its_place() -> None:
    first, second = (Claim(f"c{i}", "direct", (Span(0, 1),)) for i in (1, 2))
    record = Record("a", "x", claims=(first, second))
    changed = replace(first, note="n")
    assert apply(record, Change("a", "note", (Edit("claim", first, changed),))).claims == (changed, second)


def test_a_change_names_its_claims() -> None:
    claim = Claim("c4", "direct", (Span(0, 1),))
    edits = (Edit("speaker", None, Speaker("s1", "Bo Ra")), Edit("claim", claim, None))
    assert Change("a", "delete", edits).claim_ids() == ("c4",)


@pytest.mark.parametrize(
    "value", [{"kind": "picture"}, {"kind": "claim", "after": {"id": "c1"}}, {"kind": "article", "after": [1]}]
)
def test_an_edit_that_makes_no_sense_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        Edit.from_dict(value)
