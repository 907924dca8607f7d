"""Logarithm and exponential with the same bits on every processor.

NumPy's own take another way on processors with AVX-512, and differ in the last bit. These are made of single additions,
multiplications and divisions, each of which IEEE 754 fixes.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LOG_2 = 0.6931471805599453
#: The same in two parts; whole multiples of the first have no rounding.
_HIGH, _LOW = 0.6931471803691238, 1.9082149292705877e-10
_ROOT_HALF = 0.7071067811865476
_TERMS = 11
_ORDER = 13
_LEAST = -700.0


def log(values: npt.ArrayLike) -> Floats:
    """Return the natural logarithm of positive numbers.

    log(m 2^e) = e log 2 + 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1)/(m + 1), with m between the roots of 1/2 and 2.
    """
    mantissa, exponent = np.frexp(np.asarray(values, np.float64))
    low = mantissa < _ROOT_HALF
    mantissa = np.where(low, mantissa * 2, mantissa)
    power = exponent - low
    s = (mantissa - 1) / (mantissa + 1)
    square = s * s
    series = np.zeros_like(s)
    for term in range(_TERMS, -1, -1):
        series = series * square + 1 / (2 * term + 1)
    return np.asarray(power * _LOG_2 + 2 * s * series, np.float64)


def exp(values: npt.ArrayLike) -> Floats:
    """Return e to the power of numbers up to 700; below -700 it is that of -700, about 1e-304.

    exp(x) = 2^n exp(r), r = x - n log 2, and the Taylor series of exp(r), since r is at most half of log 2 in size.
    """
    x = np.maximum(np.asarray(values, np.float64), _LEAST)
    power = np.rint(x / _LOG_2)
    rest = (x - power * _HIGH) - power * _LOW
    series = np.full_like(rest, 1 / math.factorial(_ORDER))
    for order in range(_ORDER - 1, -1, -1):
        series = series * rest + 1 / math.factorial(order)
    return np.asarray(np.ldexp(series, power.astype(np.int32)), np.float64)


def softmax(scores: Floats) -> Floats:
    """Return exp(scores) scaled so that each row adds up to 1."""
    weights = exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float64)
