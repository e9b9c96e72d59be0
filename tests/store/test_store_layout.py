from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.store.disk import layout

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=3,
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TABLES = st.dictionaries(
    NAMES,
    st.dictionaries(st.integers(1, 999).map(str), st.dictionaries(NAMES, JSON, max_size=3), max_size=4),
    max_size=4,
)


def written(tables: dict[str, dict[str, Any]]) -> bytes:
    lines = {name: [layout.line(n, d) for n, d in table.items()] for name, table in tables.items()}
    return b"".join(layout.render(lines))


@settings(deadline=None, max_examples=60)
@given(tables=TABLES)
def test_the_file_is_json_and_is_read_back_line_by_line(tables: dict[str, dict[str, Any]]) -> None:
    data = written(tables)
    assert json.loads(data) == tables
    rows = list(layout.rows(io.BytesIO(data))) if tables else []
    assert [(r.table, layout.key(r.line), r.document) for r in rows] == [
        (name, n, d) for name, table in tables.items() for n, d in table.items()
    ]
    assert all(layout.document(r.line) == r.document for r in rows)
    assert rows == list(layout.rows_of(data))


@settings(deadline=None, max_examples=100)
@given(tables=TABLES.filter(bool), data=st.data())
def test_reading_line_by_line_takes_only_what_is_json(tables: dict[str, dict[str, Any]], data: st.DataObject) -> None:
    whole = written(tables)
    start = data.draw(st.integers(0, len(whole)))
    changed = whole[:start] + data.draw(st.sampled_from([b"", b",", b"}", b"\n", b'"', b"{"])) + whole[start + 1 :]
    try:
        rows = list(layout.rows(io.BytesIO(changed)))
    except layout.OtherLayoutError:
        return
    again = json.loads(changed)
    assert {(r.table, layout.key(r.line)) for r in rows} == {(t, n) for t, table in again.items() for n in table}


def test_a_large_file_is_joined_from_pieces_in_order() -> None:
    lines = [layout.line(i, {"text": "x" * 400}) for i in range(1, 2001)]
    pieces = list(layout.render({"articles": lines}))
    assert max(map(len, pieces)) < sum(map(len, lines)) / 4
    assert list(json.loads(b"".join(pieces))["articles"]) == [str(i) for i in range(1, 2001)]
