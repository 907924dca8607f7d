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

#: Fewest degrees of freedom of a variance: with one, an interval of two stories spans a factor of 10,000 each way.
FREEDOM = 2


def percentile(replicates: Floats, level: float) -> Interval:
    """Return the percentile interval of resampled values."""
    resamples = replicates.shape[1]
    rank = _rank(resamples, (1 - level) / 2)
    ordered = np.sort(replicates, axis=1)
    return ordered[:, rank], ordered[:, resamples - 1 - rank]


def bca(replicates: Floats, estimate: Floats, skewness: Floats, level: float) -> Interval:
    """Return the bias-corrected and accelerated interval of resampled values."""
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

    estimate / f and estimate · f, where f = exp(t s), s² the sum of the variances, and t has the degrees of
    freedom of `freedom_of`. Missing where the estimate or a variance is.
    """
    total = np.sum(variances, axis=0)
    freedom = np.where(total > 0, freedom_of(variances, effective), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.exp(special.stdtrit(freedom, (1 + level) / 2) * np.sqrt(total))
        return estimate / factor, estimate * factor


def freedom_of(variances: Sequence[Floats], effective: Sequence[Floats]) -> Floats:
    """Return the degrees of freedom of a sum of variances (Satterthwaite 1946).

    Each variance has one less than its effective number of stories, but no fewer than `FREEDOM`. Missing where nothing
    varies.
    """
    total = np.sum(variances, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [
            (variance / total) ** 2 / np.maximum(units - 1, FREEDOM)
            for variance, units in zip(variances, effective, strict=True)
        ]
        return np.asarray(1 / np.sum(parts, axis=0))


def clopper_pearson(successes: Integers, trials: int, level: float) -> Interval:
    """Return the exact interval of a share."""
    tail = (1 - level) / 2
    good, bad = successes.astype(np.float64), (trials - successes).astype(np.float64)
    low = np.where(good > 0, special.betaincinv(np.maximum(good, 1), bad + 1, tail), 0.0)
    high = np.where(bad > 0, special.betaincinv(good + 1, np.maximum(bad, 1), 1 - tail), 1.0)
    return low, high


def wilson(successes: Integers, trials: int, level: float) -> Interval:
    """Return Wilson's interval of a share."""
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
