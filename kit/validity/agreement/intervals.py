"""The interval of alpha, and how many more units bring it to a width.

The interval is symmetric on the scale of log(1 - alpha), the logarithm of observed over expected disagreement, whose
variance is linearised over units; the quantile is that of t, with one degree of freedom less than there are units in
which somebody used a rarer label. One unit on which two coders agree is added for each label, and half a unit on which
they differ for each two labels, as Agresti and Coull (1998) add to a share: without them a sample that happens to show
no disagreement would claim certainty, which is why the percentile bootstrap covers badly. `LEAST` is the smallest
number of units at which ``benchmarks/alpha_coverage.md`` shows 93 % or more for every prevalence, agreement and number
of coders tried.

References
----------
Agresti, A. & Coull, B. 1998. Approximate is better than "exact" for interval estimation of binomial proportions.
The American Statistician 52, 119-126.
Deville, J.-C. 1999. Variance estimation for complex statistics and estimators. Survey Methodology 25, 193-203.

"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from kit.validity.agreement.coefficients import Floats, alpha

#: Units coded at least twice that an interval needs, and units among them in which somebody used a rarer label.
LEAST, LEAST_RARER = 30, 2


def alpha_interval(counts: Floats, weights: Floats, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of nominal alpha of units that are there so many times; it holds the estimate.

    Examples
    --------
    >>> kinds, times = np.array([[2.0, 0], [1, 1], [0, 2]]), np.array([30.0, 4, 26])
    >>> low, high = alpha_interval(kinds, times)
    >>> round(low, 2), round(alpha(kinds, weights=times), 2), round(high, 2)
    (0.64, 0.87, 0.94)

    """
    twice = counts.sum(axis=1) >= 2
    agreed, half = 2 * np.eye(counts.shape[1]), np.eye(counts.shape[1])
    differing = [one + other for place, one in enumerate(half) for other in half[place + 1 :]]
    units = np.concatenate([counts[twice], agreed, np.reshape(differing, (-1, counts.shape[1]))])
    times = np.concatenate([weights[twice], np.ones(len(agreed)), np.full(len(differing), 0.5)])
    size = units.sum(axis=1)
    total, label = float(times @ size), times @ units
    observed = (size**2 - (units**2).sum(axis=1)) / (size - 1)
    seen, expected = float(times @ observed), total**2 - float(label @ label)
    slope = observed / seen - 2 * (total * size - units @ label) / expected + size / (total - 1)
    variance = float(times @ slope**2) - float(times @ slope) ** 2 / float(times.sum())
    quantile = float(special.stdtrit(max(rarer_units(counts, weights) - 1, 1), (1 + level) / 2))
    reach = quantile * math.sqrt(max(variance, 0.0))
    log, value = math.log((total - 1) * seen / expected), alpha(counts, weights=weights)
    return min(1 - math.exp(log + reach), value), max(1 - math.exp(log - reach), value)


def rarer_units(counts: Floats, weights: Floats) -> float:
    """Return the number of units coded at least twice in which somebody used another label than the commonest."""
    twice = counts.sum(axis=1) >= 2
    units, times = counts[twice], weights[twice]
    common = int(np.argmax(times @ units)) if len(units) else 0
    return float(times @ (units[:, common] < units.sum(axis=1))) if len(units) else 0.0


def more_units(counts: Floats, weights: Floats, within: float = 0.05, level: float = 0.95) -> int:
    """Return how many more units bring half the interval to `within`, if they look like those there are.

    Examples
    --------
    >>> more_units(np.array([[2.0, 0], [1, 1], [0, 2]]), np.array([30.0, 4, 26]))
    349

    """
    there = float(weights[counts.sum(axis=1) >= 2].sum())

    def wide(more: int) -> bool:
        low, high = alpha_interval(counts, weights * (1 + more / there), level)
        return high - low > 2 * within

    if not wide(0):
        return 0
    least, most = 0, int(there)
    while wide(most):
        least, most = most, most * 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if wide(middle) else (least, middle)
    return most
