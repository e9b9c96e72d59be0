"""The exact bytes that each format writes for one tricky article: they are the contract.

After a change that is meant: `ONRECORD_WRITE_GOLDEN=1 pytest tests/formats/test_golden.py`, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotate.formats import FORMATS, Options
from annotate.model import Record

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_writes(name: str, tricky: Record, silent: Record) -> None:
    exported = FORMATS[name].export([tricky, silent], Options())
    expected = GOLDEN / f"{name}{FORMATS[name].suffix}"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        expected.write_bytes(exported.data)
    assert exported.data == expected.read_bytes()


def test_every_golden_file_belongs_to_a_format() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(FORMATS)
