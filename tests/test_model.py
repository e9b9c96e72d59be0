from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import ModelError
from annotate.model import Claim, Record, sha256
from annotate.spans import Span

TEXT = "“We go,” said Bo Ra."


def sound() -> dict[str, Any]:
    return {
        "schema": "onrecord/1", "id": "a", "text": TEXT, "text_sha256": sha256(TEXT),
        "blocks": [{"start": 0, "end": 20, "kind": "body"}],
        "dates": [{"id": "d1", "start": None, "end": None, "type": "DATE", "value": "2031"}],
        "speakers": [{"id": "s1", "name": "Bo Ra", "mentions": [[14, 19]]}],
        "claims": [{"id": "c1", "type": "direct", "content": [[0, 8]], "speaker": "s1", "date": "d1"}],
    }  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_record_survives_json_with_all_unknown_keys(records: st.SearchStrategy[Record], data: st.DataObject) -> None:
    record = data.draw(records)
    again = Record.from_json(record.to_json())
    assert again == record
    assert json.loads(again.to_json()) == record.to_dict()


def test_the_json_has_the_order_and_names_of_the_contract() -> None:
    assert list(Record("a", "x").to_dict()) == [
        "schema", "id", "path", "url", "title", "date", "language", "text", "text_sha256",
        "blocks", "quotes", "dates", "speakers", "claims", "review",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        (["schema"], "onrecord/2", "not an onrecord/1 record"),
        (["text_sha256"], "0" * 64, "does not match its text_sha256"),
        (["id"], 7, "id: expected a string"),
        (["blocks", 0, "end"], 21, "outside the text"),
        (["blocks", 0, "kind"], "footer", "one of dateline"),
        (["dates", 0, "start"], 2, "empty or outside"),
        (["speakers", 0, "mentions", 0], [14, 14], "the start 14 is not before the end 14"),
        (["speakers", 0, "id"], "s2", "names the speaker s1"),
        (["dates", 0, "id"], "d2", "names the date d1"),
        (["claims", 0, "content", 0], [0, 21], r"outside the text \(0–20\)"),
        (["claims", 0, "content", 0], [-1, 3], "an offset of 0 or more"),
        (["claims", 0, "content", 0], [True, 3], "an offset of 0 or more"),
        (["claims", 0, "status"], "maybe", "one of suggested, accepted, rejected"),
        (["claims", 0, "confidence"], "high", "expected a number"),
        (["claims", 0], "c1", "expected an object"),
        (["claims"], {}, "expected a list"),
    ],
)
def test_what_contradicts_the_contract_is_refused_and_named(where: list[Any], value: Any, message: str) -> None:
    document = sound()
    Record.from_dict(document)
    place: Any = document
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = value
    with pytest.raises(ModelError, match=message):
        Record.from_dict(document)


def test_only_the_fields_that_are_needed_are_asked_for() -> None:
    document = sound()
    del document["claims"][0]["type"], document["claims"][0]["content"]
    with pytest.raises(ModelError, match=r"claims\[0\] has no type and no content$"):
        Record.from_dict(document)


@pytest.mark.parametrize("table", ["claims", "dates", "speakers"])
def test_an_id_used_twice_is_refused(table: str) -> None:
    document = sound()
    document[table].append(document[table][0])
    with pytest.raises(ModelError, match="is used twice"):
        Record.from_dict(document)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ModelError, match="invalid character at 1: half a surrogate pair"):
        Record("a", "x\ud83d").to_dict()


@pytest.mark.parametrize(
    ("claim", "touched"),
    [
        (Claim("c1", "direct", (Span(0, 1),), origin="engine:1"), False),
        (Claim("c1", "direct", (Span(0, 1),), decided_by="engine:1", status="accepted"), False),
        (Claim("c1", "direct", (Span(0, 1),), decided_by="human:Ada"), True),
        (Claim("c1", "direct", (Span(0, 1),), origin="human:Ada"), True),
        (Claim("c1", "direct", (Span(0, 1),), edited=("note",)), True),
        (Claim("c1", "direct", (Span(0, 1),), deleted=True), True),
    ],
)
def test_only_a_person_touches_a_claim(claim: Claim, touched: bool) -> None:
    assert claim.touched is touched


@pytest.mark.parametrize(
    ("value", "spans"),
    [
        ([[0, 4], [6, 9]], (Span(0, 4), Span(6, 9))),
        (None, ()),
        ("Radio Orlo", ()),
        ([[3, 3], [5, 2], ["0", 4], [0, True], [0, 1, 2], 7], ()),
    ],
)
def test_the_spans_under_via_are_read_and_anything_else_there_is_kept(value: Any, spans: tuple[Span, ...]) -> None:
    claim = Claim.from_dict({"id": "c1", "type": "direct", "content": [[0, 1]], "via": value})
    assert claim.via == spans
    assert claim.to_dict()["via"] == value
