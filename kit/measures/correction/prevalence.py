"""The true rate behind an apparent one: what a test with known errors says of a corpus it was not measured on.

References
----------
Lang, Z. & Reiczigel, J. 2014. Confidence limits for prevalence of disease adjusted for estimated sensitivity and
specificity. Preventive Veterinary Medicine 113, 13-22.
Rogan, W. & Gladen, B. 1978. Estimating prevalence from the results of a screening test. American Journal of
Epidemiology 107, 71-76.

"""

from __future__ import annotations

import math

import scipy

from kit.measures.correction.strata import NONE, Estimate


def rogan_gladen(
    apparent: float, n: int, sensitivity: float, n_sensitivity: float, specificity: float, n_specificity: float,
    level: float = 0.95,
) -> Estimate:  # fmt: skip
    """Return the corrected rate with the interval of Lang and Reiczigel; none if the test is no better than chance.

    Parameters
    ----------
    apparent, n : float, int
        The share with a hit, and of how many.
    sensitivity, n_sensitivity, specificity, n_specificity : float
        The shares that the test gets right, and of how many passages each is known.
    level : float
        Of the interval.

    Examples
    --------
    >>> found = rogan_gladen(259 / 2971, 2971, 32 / 33, 33, 20 / 20, 20)
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.09, 0.0, 0.126)

    """
    gain = sensitivity + specificity - 1
    if not gain > 0 or n <= 0:
        return NONE
    z = float(scipy.special.ndtri((1 + level) / 2))
    a = (n * apparent + z**2 / 2) / (n + z**2)
    s, n_s = _added(sensitivity, n_sensitivity)
    p, n_p = _added(specificity, n_specificity)
    if s + p <= 1:
        return NONE
    rate = (a + p - 1) / (s + p - 1)
    of_s, of_p = s * (1 - s) / n_s, p * (1 - p) / n_p
    shift = 2 * z**2 * (rate * of_s - (1 - rate) * of_p)
    reach = z * math.sqrt(a * (1 - a) / (n + z**2) + rate**2 * of_s + (1 - rate) ** 2 * of_p) / (s + p - 1)
    value = min(max((apparent + specificity - 1) / gain, 0.0), 1.0)
    return Estimate(value, max(min(rate + shift - reach, value), 0.0), min(max(rate + shift + reach, value), 1.0))


def _added(share: float, n: float) -> tuple[float, float]:
    """Add one right and one wrong passage; a share that is known exactly stays."""
    return (share, n) if math.isinf(n) else ((n * share + 1) / (n + 2), n + 2)
