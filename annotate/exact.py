"""Exponential and logarithm that are the same on every machine.

The C library and NumPy choose among versions that differ in the last bit by the processor. Here each is a polynomial of
additions and multiplications, which IEEE 754 rounds in one way only, and as exact as theirs to one unit in the last
place or two (argument reduction as in Cody & Waite, Software Manual for the Elementary Functions, 1980).
"""

from __future__ import annotations

import math
from typing import overload

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

_LN2_HIGH, _LN2_LOW = float.fromhex("0x1.62e42fefa0000p-1"), float.fromhex("0x1.cf79abc9e3b3ap-40")
"""The natural logarithm of 2 in two parts; the first has so few bits that its multiples are exact."""
_TAYLOR = tuple(1 / math.factorial(n) for n in range(14, 1, -1))
"""Taylor coefficients of the exponential, from the highest power down to the square; enough up to ½ ln 2."""
_ATANH = tuple(2 / n for n in range(23, 1, -2))
"""Coefficients of twice the inverse hyperbolic tangent, from the highest odd power down to the cube."""
_ROOT = math.sqrt(0.5)
_MOST = 700.0


@overload
def exp(x: float) -> float: ...
@overload
def exp(x: Doubles) -> Doubles: ...
def exp(x: float | Doubles) -> float | Doubles:
    """Return e to the power of a number or of an array; inputs are clamped to ±700."""
    values = np.clip(np.asarray(x, dtype=np.float64), -_MOST, _MOST)
    twos = np.rint(values / (_LN2_HIGH + _LN2_LOW))
    rest = (values - twos * _LN2_HIGH) - twos * _LN2_LOW
    total = np.full_like(rest, _TAYLOR[0])
    for factor in _TAYLOR[1:]:
        total = total * rest + factor
    return _like(x, np.ldexp(total * (rest * rest) + rest + 1.0, twos.astype(np.int32)))


@overload
def log(x: float) -> float: ...
@overload
def log(x: Doubles) -> Doubles: ...
def log(x: float | Doubles) -> float | Doubles:
    """Return the natural logarithm of a positive number or of an array of them."""
    mantissas, exponents = np.frexp(np.asarray(x, dtype=np.float64))
    low = mantissas < _ROOT
    mantissas, twos = np.where(low, mantissas * 2.0, mantissas), (exponents - low).astype(np.float64)
    ratio = (mantissas - 1.0) / (mantissas + 1.0)
    square = ratio * ratio
    total = np.full_like(ratio, _ATANH[0])
    for factor in _ATANH[1:]:
        total = total * square + factor
    return _like(x, twos * _LN2_HIGH + (twos * _LN2_LOW + (total * (square * ratio) + 2.0 * ratio)))


def logistic(log_odds: float) -> float:
    """Return the probability of some log-odds."""
    return 1.0 / (1.0 + exp(-log_odds))


def _like(x: float | Doubles, values: Doubles) -> float | Doubles:
    return values if isinstance(x, np.ndarray) else float(values)
