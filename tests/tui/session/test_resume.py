"""The resume point of a save file: remembered if possible, and never in the way."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import config
from tui.session.resume import ResumePoint, ResumePoints

HERE = ResumePoint("a", "c1")


def test_what_one_program_remembers_another_does_not_forget(tmp_path: Path) -> None:
    first, second = ResumePoints(tmp_path), ResumePoints(tmp_path)
    first.welcomed()
    first.put(tmp_path / "a.json", HERE)
    second.put(tmp_path / "b.json", ResumePoint("b", None))
    again = ResumePoints(tmp_path)
    assert again.get(tmp_path / "a.json") == HERE
    assert again.get(tmp_path / "b.json") == ResumePoint("b", None)
    assert not again.first_run


def test_a_name_that_is_no_text_is_remembered(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    ResumePoints(tmp_path).put(odd, HERE)
    assert ResumePoints(tmp_path).get(odd) == HERE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["places", "welcomed", "/a.json", "article", "claim"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(JSON | st.fixed_dictionaries({"places": st.fixed_dictionaries({"/a.json": JSON})}))
def test_whatever_the_file_holds_a_place_comes_of_it(tmp_path_factory: pytest.TempPathFactory, held: Any) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / "places.json").write_bytes(orjson.dumps(held))
    places = ResumePoints(folder)
    assert all(value is None or isinstance(value, str) for value in places.get(Path("/a.json")))
    assert places.first_run in {True, False}
    places.put(Path("/a.json"), HERE)
    assert ResumePoints(folder).get(Path("/a.json")) == HERE


def nobody(_: int) -> None:
    raise KeyError


@pytest.mark.parametrize("home", [None, "", "/dev/null", "/dev/null/at/all", "/proc"])
@pytest.mark.parametrize("known", [True, False])
def test_without_a_home_nothing_is_remembered_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None, known: bool
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    entry = pwd.struct_passwd(("ana", "x", 1, 1, "", "/dev/null/ana", ""))
    monkeypatch.setattr(pwd, "getpwuid", (lambda _: entry) if known else nobody)
    monkeypatch.chdir(tmp_path)
    assert config.load() == config.Config()
    places = ResumePoints()
    places.put(tmp_path / "a.json", HERE)
    assert places.get(tmp_path / "a.json") == HERE, "in this sitting"
    assert list(tmp_path.iterdir()) == []
