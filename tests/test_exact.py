"""Exponential and logarithm: right, and the same bits everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.exact import exp, log, logistic


@given(st.floats(-699, 699))
def test_the_exponential_is_right_to_two_units_in_the_last_place(x: float) -> None:
    assert abs(exp(x) - math.exp(x)) <= 2 * math.ulp(math.exp(x))


@given(st.floats(1e-300, 1e300))
def test_the_logarithm_is_right_to_two_units_in_the_last_place(x: float) -> None:
    assert abs(log(x) - math.log(x)) <= 2 * max(math.ulp(math.log(x)), 2**-54)


def test_known_values_have_the_stored_bits() -> None:
    numbers = [0.1, 0.7, 1.5, 2.0, 9.75]
    assert [exp(x).hex() for x in numbers] == [
        "0x1.1aec7b35a00d4p+0", "0x1.01c2a61268987p+1", "0x1.1ed3fe64fc541p+2", "0x1.d8e64b8d4ddaep+2",
        "0x1.0c08ea4cfb973p+14",
    ]  # fmt: skip
    assert [log(x).hex() for x in numbers] == [
        "-0x1.26bb1bbb55515p+1", "-0x1.6d3c324e13f50p-2", "0x1.9f323ecbf984cp-2", "0x1.62e42fefa39efp-1",
        "0x1.237d7e90af0dfp+1",
    ]  # fmt: skip


@given(st.lists(st.floats(1e-6, 600), min_size=1, max_size=20))
def test_an_array_gives_what_its_numbers_give(numbers: list[float]) -> None:
    assert exp(np.array(numbers)).tolist() == [exp(x) for x in numbers]
    assert log(np.array(numbers)).tolist() == [log(x) for x in numbers]


def test_what_is_far_below_does_not_vanish_into_errors() -> None:
    with np.errstate(all="raise"):
        assert exp(-np.inf) == exp(-1e9) == pytest.approx(0)
        assert logistic(-1e9) == pytest.approx(0)
        assert logistic(1e9) == 1
        assert logistic(0.0) == 0.5
