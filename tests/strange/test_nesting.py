"""JSON nested to any depth: deeper than the package can write is refused, without a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import safe_json
from annotate.errors import StoreError
from annotate.model import Record
from annotate.store import Store

ROW = b'{"schema":"onrecord/1","id":"one","text":"Fees rose."}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.jsonl").write_bytes(ROW)
    return tmp_path


def nested(levels: int) -> Any:
    value: Any = []
    for level in range(levels - 1):
        value = [value] if level % 2 else {"a": value}
    return value


@pytest.mark.parametrize("levels", [1, 2, 99, 100, 101, 102, 253])
def test_json_has_as_many_levels_as_allowed(levels: int) -> None:
    text = orjson.dumps(nested(levels))
    for data in (text, text.decode()):
        if levels <= safe_json.RECORD:
            assert safe_json.loads(data) == nested(levels)
        else:
            with pytest.raises(orjson.JSONDecodeError, match="nested more than 100 levels deep"):
                safe_json.loads(data)


@settings(deadline=None, max_examples=50)
@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_other_json_is_as_ever(value: Any) -> None:
    assert safe_json.loads(orjson.dumps(value)) == value
    assert safe_json.dumps(value) == orjson.dumps(value)


@pytest.mark.parametrize("levels", [90, 150, 197, 198, 199, 200, 201, 250, 300])
def test_what_is_saved_can_be_read_again(tmp_path: Path, levels: int) -> None:
    path = tmp_path / "annotations.json"
    with Store.open(path, by="human:Ana") as store:
        store.put(Record("one", "Fees rose."))
        try:
            store.put(Record("deep", "Fees sank.", extra={"x_deep": nested(levels)}))
        except StoreError as error:
            assert "cannot be saved as JSON" in error.message  # noqa: PT017 # it may be saved, too
            assert levels >= safe_json.DOCUMENT
    with Store.open(path, read_only=True) as store:
        assert store.ids()[0] == "one"
        assert all(store.get(id_) for id_ in store.ids())


@pytest.mark.parametrize("levels", [150, 900, 100_000])
@pytest.mark.parametrize("table", ["articles", "meta", "history", "others"])
def test_a_save_file_nested_too_deeply_is_damaged_and_can_be_repaired(
    folder: Path, apart: Any, table: str, levels: int
) -> None:
    assert apart.run("import", "one.jsonl", "--format", "jsonl", cwd=folder).code == 0
    db = folder / "annotations.json"
    deep = b'{"x_deep":' + b"[" * levels + b"]" * levels
    if table == "others":
        db.write_bytes(db.read_bytes().replace(b'"articles"', b'"others":{\n"1":' + deep + b'}\n},"articles"', 1))
    else:
        head, mark, rest = db.read_bytes().partition(b'"%s":{\n"1":{' % table.encode())
        db.write_bytes(head + mark[:-1] + deep + b"," + rest)
    before = db.read_bytes()
    commands = (("stats",), ("check",), ("export", "--format", "csv"), ("check", "--repair", "out.json"))
    for argv in commands:
        said = apart.run(*argv, cwd=folder)
        assert said.code in (0, 1)
        if levels > safe_json.DOCUMENT and "--repair" not in argv:
            assert said.code == 1
            assert "is damaged" in said.err + said.out
    assert db.read_bytes() == before
    assert apart.run("check", "--db", "out.json", cwd=folder).code == 0


def test_records_nested_too_deeply_are_named_and_the_rest_is_read(folder: Path, apart: Any) -> None:
    deep = [ROW.replace(b'"one"', b'"two"')[:-2] + b',"x":' + b"[" * n + b"]" * n + b"}\n" for n in (150, 900, 10**5)]
    (folder / "x.jsonl").write_bytes(b"".join(deep) + ROW)
    said = apart.run("import", "x.jsonl", "--format", "jsonl", cwd=folder)
    assert said.code == 1
    assert said.err.count("nested more than 100 levels deep") + said.err.count("depth limit exceeded") == 3
    assert "1 article added" in said.err


def test_settings_nested_too_deeply_are_no_settings(folder: Path, apart: Any) -> None:
    config = apart.home / "onrecord" / "config.toml"
    config.parent.mkdir(exist_ok=True)
    config.write_bytes(b"keys = " + b"[" * 100_000)
    said = apart.run("import", "one.jsonl", "--format", "jsonl", cwd=folder)
    config.unlink()
    assert said.code == 1
    assert "config.toml: not TOML" in said.err
