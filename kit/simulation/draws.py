"""Overdispersed counts: the negative binomial as a Poisson count whose rate varies between documents.

A document of n words has x ~ NB(mean = rate · n, size = k): var(x) = mean + mean² / k. The smaller k, the more an item
keeps to a few documents that repeat it; k = infinity is a Poisson count, the same chance at every word.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def draw_counts(
    generator: np.random.Generator,
    mean: float | npt.NDArray[np.float64],
    size: float,
    shape: tuple[int, ...],
) -> npt.NDArray[np.int64]:
    """Draw counts.

    Parameters
    ----------
    generator : numpy.random.Generator
        First one gamma number per count (none if `size` is infinite), then one Poisson number per count.
    mean : float or float64 array
        Expected counts; must broadcast to `shape`.
    size : float
        k, above 0; infinite for Poisson counts.
    shape : tuple of int

    Returns
    -------
    int64 array of `shape`

    Examples
    --------
    >>> counts = draw_counts(np.random.default_rng(0), 2.0, 0.5, (100_000,))
    >>> bool(abs(counts.mean() - 2) < 0.05), bool(abs(counts.var() - (2 + 2**2 / 0.5)) < 0.5)
    (True, True)

    """
    factor = np.ones(shape) if np.isinf(size) else generator.gamma(size, 1 / size, shape)
    return np.asarray(generator.poisson(mean * factor, shape), np.int64)
