"""How unsure the engine is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.doubt import doubt


@given(st.floats(0, 1))
def test_the_sure_leave_no_doubt_whether_right_or_wrong(confidence: float) -> None:
    assert 0 <= doubt(confidence) <= 0.5
    assert doubt(confidence) == pytest.approx(doubt(1 - confidence))


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [(1.0, 0), (0, 0), (0.5, 0.5), (0.75, 0.25), (None, 0.5), ("1", 0.5), (7, 0.5), (True, 0.5)],
)
def test_what_is_no_probability_is_all_doubt(confidence: object, expected: float) -> None:
    assert doubt(confidence) == expected
