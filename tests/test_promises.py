"""The pages that name tests name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PAGES = [(ROOT / "docs" / name).read_text("utf-8") for name in ("promises.md", "textual.md")]
ROWS = [
    line for page in PAGES for line in page.splitlines() if line.startswith("| ") and not line.endswith(" | test |")
]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_names_a_test_that_is_there(row: str) -> None:
    named = NAMED.findall(row.rpartition(" | ")[2])
    assert named
    for file, test in named:
        assert f"def {test}" in (ROOT / file).read_text("utf-8")
