from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from annotate.store import AtomicJSONStorage, layout

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


def test_anybodys_tinydb_can_be_kept_in_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    db = TinyDB(path, storage=AtomicJSONStorage)
    assert db.all() == []
    assert not path.exists()
    db.insert({"a": "“ü”"})
    db.table("t").insert_multiple({"n": n} for n in range(3))
    db.update({"b": [1]}, where("a") == "“ü”")
    assert TinyDB(path, storage=AtomicJSONStorage).all() == [{"a": "“ü”", "b": [1]}]
    plain = TinyDB(path, encoding="utf-8")
    assert [d["n"] for d in plain.table("t")] == [0, 1, 2]
    plain.close()
    db.drop_tables()
    assert TinyDB(path, storage=AtomicJSONStorage).tables() == set()


def test_what_is_no_json_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    db = TinyDB(path, storage=AtomicJSONStorage)
    db.insert({"a": 1})
    before = path.read_bytes()
    with pytest.raises(TypeError):
        db.insert({"a": object()})
    assert path.read_bytes() == before
    path.write_bytes(before[:-5])
    with pytest.raises(orjson.JSONDecodeError):
        AtomicJSONStorage(path).read()
