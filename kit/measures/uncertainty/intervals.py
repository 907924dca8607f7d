"""Formulas of intervals, on plain arrays: from resamples, from a linearised variance, and exact ones.

References
----------
Brown, L., Cai, T. & DasGupta, A. 2001. Interval estimation for a binomial proportion. Statistical Science 16, 101-133.
Clopper, C. & Pearson, E. 1934. The use of confidence or fiducial limits. Biometrika 26, 404-413.
Davison, A. & Hinkley, D. 1997. Bootstrap Methods and their Application. Cambridge.
Efron, B. 1987. Better bootstrap confidence intervals. Journal of the American Statistical Association 82, 171-185.
Kish, L. 1965. Survey Sampling. Wiley.
Satterthwaite, F. 1946. An approximate distribution of estimates of variance components. Biometrics Bulletin 2, 110-114.

"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from kit.measures.uncertainty.samples import Floats, Integers

Interval = tuple[Floats, Floats]


def percentile(replicates: Floats, level: float) -> Interval:
    """Return the percentile interval of resampled values.

    Parameters
    ----------
    replicates : float64 array, items × resamples
    level : float
        Between 0 and 1: 0.95 leaves 2.5 % of the resamples on either side.

    Returns
    -------
    low, high : float64 arrays, one per item
        The values of rank (R + 1) a, rounded down, from below and from above; a = (1 - level) / 2. No interpolation
        (Davison & Hinkley 1997: 5.2).

    Examples
    --------
    >>> low, high = percentile(np.arange(1.0, 40.0)[None, :], 0.95)
    >>> low.tolist(), high.tolist()
    ([1.0], [39.0])

    """
    resamples = replicates.shape[1]
    rank = _rank(resamples, (1 - level) / 2)
    ordered = np.sort(replicates, axis=1)
    return ordered[:, rank], ordered[:, resamples - 1 - rank]


def bca(replicates: Floats, estimate: Floats, skewness: Floats, level: float) -> Interval:
    """Return the bias-corrected and accelerated interval of resampled values.

    Parameters
    ----------
    replicates : float64 array, items × resamples
    estimate : float64 array, one per item
        The value of the whole sample; resamples equal to it count half as below it.
    skewness : float64 array, one per item
        Sum of the cubes of the influence values over the 3/2th power of the sum of their squares; the acceleration is
        a sixth of it (Efron 1987: 6.6).
    level : float

    Returns
    -------
    low, high : float64 arrays, one per item
        Missing (nan) where the estimate lies outside all resamples or the skewness is missing.

    Examples
    --------
    With no bias and no skewness it is the percentile interval.

    >>> values = np.arange(1.0, 40.0)[None, :]
    >>> [end.tolist() for end in bca(values, np.array([20.0]), np.array([0.0]), 0.95)]
    [[1.0], [39.0]]

    """
    resamples = replicates.shape[1]
    ordered = np.sort(replicates, axis=1)
    below = (replicates < estimate[:, None]).sum(axis=1) + (replicates == estimate[:, None]).sum(axis=1) / 2
    bias = special.ndtri(below / resamples)
    ends = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        shifted = bias + special.ndtri(tail)
        share = special.ndtr(bias + shifted / (1 - skewness / 6 * shifted))
        usable = np.isfinite(share) & np.isfinite(bias)
        # The same ranks, counted from the nearer end, as `percentile` takes.
        rank = [
            (_rank(resamples, part) if part <= 0.5 else resamples - 1 - _rank(resamples, 1 - part))
            for part in np.where(usable, share, 0.5).tolist()
        ]
        ends.append(np.where(usable, ordered[np.arange(len(ordered)), rank], np.nan))
    return ends[0], ends[1]


def log_t(estimate: Floats, variances: Sequence[Floats], effective: Sequence[Floats], level: float) -> Interval:
    """Return a t interval on the scale of logarithms, for a rate or a ratio of independent rates.

    Parameters
    ----------
    estimate : float64 array, one per item
        The rate or ratio.
    variances : sequence of float64 arrays, one per sample
        Variance of the logarithm of each rate.
    effective : sequence of float64 arrays, one per sample
        Effective number of stories: one more than the degrees of freedom; taken as 2 below 2.
    level : float

    Returns
    -------
    low, high : float64 arrays, one per item
        estimate / f and estimate · f, where f = exp(t s), s² the sum of the variances, and t has the degrees of
        freedom of Satterthwaite (1946). Missing where the estimate or a variance is.

    Examples
    --------
    >>> low, high = log_t(np.array([2.0]), [np.array([0.01])], [np.array([11.0])], 0.95)
    >>> round(low[0], 3), round(high[0], 3)
    (np.float64(1.601), np.float64(2.499))

    """
    total = np.sum(variances, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [
            (variance / total) ** 2 / np.maximum(units - 1, 1)
            for variance, units in zip(variances, effective, strict=True)
        ]
        freedom = np.where(total > 0, 1 / np.sum(parts, axis=0), 1.0)
        factor = np.exp(special.stdtrit(freedom, (1 + level) / 2) * np.sqrt(total))
        return estimate / factor, estimate * factor


def clopper_pearson(successes: Integers, trials: int, level: float) -> Interval:
    """Return the exact interval of a share.

    Parameters
    ----------
    successes : int64 array
    trials : int
        At least 1.
    level : float

    Returns
    -------
    low, high : float64 arrays
        Covers in at least `level` of samples, usually more (Clopper & Pearson 1934).

    Examples
    --------
    >>> low, high = clopper_pearson(np.array([0, 10]), 10, 0.95)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.6915], [0.3085, 1.0])

    """
    tail = (1 - level) / 2
    good, bad = successes.astype(np.float64), (trials - successes).astype(np.float64)
    low = np.where(good > 0, special.betaincinv(np.maximum(good, 1), bad + 1, tail), 0.0)
    high = np.where(bad > 0, special.betaincinv(good + 1, np.maximum(bad, 1), 1 - tail), 1.0)
    return low, high


def wilson(successes: Integers, trials: int, level: float) -> Interval:
    """Return Wilson's interval of a share.

    Parameters
    ----------
    successes : int64 array
    trials : int
        At least 1.
    level : float

    Returns
    -------
    low, high : float64 arrays
        Covers in about `level` of samples on average; narrower than the exact one (Brown, Cai & DasGupta 2001).

    Examples
    --------
    >>> low, high = wilson(np.array([5]), 10, 0.95)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.2366], [0.7634])

    """
    z = special.ndtri((1 + level) / 2)
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    low = np.where(successes > 0, centre - half, 0.0)
    high = np.where(successes < trials, centre + half, 1.0)
    return low, high


def _rank(resamples: int, tail: float) -> int:
    """Return the position, from 0, of the value that cuts a tail off."""
    return min(max(int((resamples + 1) * tail + 1e-9) - 1, 0), resamples - 1)
