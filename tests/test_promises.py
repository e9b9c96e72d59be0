"""The page of promises names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| promise", "|---"))]


@pytest.mark.parametrize("row", ROWS)
def test_every_promise_names_a_test_that_is_there(row: str) -> None:
    named = NAMED.findall(row.rpartition(" | ")[2])
    assert named
    for file, test in named:
        assert f"def {test}" in (ROOT / file).read_text("utf-8")
