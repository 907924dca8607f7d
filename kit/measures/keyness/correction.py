"""p-values of many tests at once, adjusted so that they can be read one by one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def holm(p: npt.ArrayLike) -> Floats:
    """Adjust p-values by Holm's (1979) step-down method: the chance of one false finding or more among all tests.

    The k-th smallest of m values is multiplied by m - k + 1; no adjusted value is below that of a smaller p, none above
    1.
    """
    values, order, result = _ordered(p)
    factors = np.arange(len(order), 0, -1)
    result[order] = np.minimum(np.maximum.accumulate(values[order] * factors), 1)
    return result


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Adjust p-values by Benjamini & Hochberg's (1995) method: the share of false findings among those reported.

    The k-th smallest of m values is multiplied by m / k; no adjusted value is above that of a larger p, or above 1. It
    holds where the tests are independent or positively dependent.
    """
    values, order, result = _ordered(p)
    factors = len(order) / np.arange(1, len(order) + 1)
    scaled = values[order] * factors
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return result


def _ordered(p: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.intp], Floats]:
    """Return the values, the places of those that are there from smallest to largest, and an empty result."""
    values = np.asarray(p, np.float64)
    order = np.argsort(values, kind="stable")
    return values, order[: int((~np.isnan(values)).sum())], np.full(values.shape, np.nan)
