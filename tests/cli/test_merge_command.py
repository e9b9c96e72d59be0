from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.store import Store

Run = Callable[..., Any]


class TestMerge:
    @pytest.fixture
    def two(self, labelled: Run, here: Path) -> Run:
        """The commands, where a.json and b.json are copies that two people went on with."""
        for name, status in (("a.json", "accepted"), ("b.json", "rejected")):
            (here / name).write_bytes((here / "annotations.json").read_bytes())
            with Store.open(here / name, by=f"human:{name}") as store:
                store.update_claim("harbour", "c1", status=status)
        return labelled

    def test_what_differs_is_listed(self, two: Run, here: Path) -> None:
        ran = two("merge", "a.json", "b.json", "-o", "c.json")
        assert ran.code == 0
        assert ran.out.splitlines() == [
            "harbour: claim c1 and c3",
            "1 conflict: both versions are kept, and the claims are tagged conflict",
            "c.json: 2 articles and 4 claims",
        ]
        with Store.open(here / "c.json", read_only=True) as store:
            assert [c.status for c in store.get("harbour").claims] == ["accepted", "suggested", "rejected"]

    def test_a_summary_for_programs(self, two: Run) -> None:
        result = json.loads(two("merge", "a.json", "b.json", "-o", "c.json", "--json").out)
        assert result["conflicts"] == [{"article": "harbour", "kind": "claim", "first": "c1", "second": "c3"}]

    def test_nothing_is_overwritten(self, two: Run) -> None:
        ran = two("merge", "a.json", "b.json", "-o", "b.json")
        assert ran.code == 1
        assert "b.json exists already" in ran.err

    def test_a_missing_file_is_named(self, two: Run, here: Path) -> None:
        ran = two("merge", "a.json", "d.json", "-o", "c.json")
        assert ran.code == 1
        assert "d.json does not exist" in ran.err
        assert not (here / "c.json").exists()


class TestBackups:
    def test_the_newest_states_are_kept(self, labelled: Run, here: Path) -> None:
        for n in range(4):
            (here / "news" / f"{n}.txt").write_text(f"Di hopes so, {n}", encoding="utf-8")
            assert labelled("label", "news", "--backups", "2").code == 0
        assert len(list(here.glob("annotations.json.*.bak"))) == 2

    @pytest.mark.parametrize("number", ["-1", "two", ""])
    def test_another_number_is_refused(self, labelled: Run, number: str) -> None:
        ran = labelled("label", "news", "--backups", number)
        assert ran.code == 2
        assert "whole number of 0 or more" in ran.err

    def test_0_keeps_none(self, labelled: Run, here: Path) -> None:
        assert labelled("label", "news", "--backups", "0").code == 0
        assert not list(here.glob("*.bak"))
