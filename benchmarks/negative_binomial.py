"""The negative binomial model of counts over documents: how far they scatter beyond chance.

A document of n words has x ~ NB(mean = rate · n, size = k): var(x) = mean + mean² / k. The smaller k, the more an item
keeps to a few documents that repeat it; k = infinity is a Poisson count, the same chance at every word.

References
----------
Church, K. & Gale, W. 1995. Poisson mixtures. Natural Language Engineering 1, 163-190.
Mosteller, F. & Wallace, D. 1964. Inference and Disputed Authorship: The Federalist. Addison-Wesley.

"""

from __future__ import annotations

import numpy as np

from kit.measures.uncertainty.samples import Floats, Sample


def size_by_moments(sample: Sample) -> Floats:
    """Estimate k of each item by the method of moments.

    Parameters
    ----------
    sample : Sample

    Returns
    -------
    float64 array, one per item
        k = sum(mean²) / sum((x - mean)² · n / (n - 1) - mean) over n stories, mean = rate · size. Infinite where the
        counts scatter no more than Poisson counts; missing (nan) where an item does not occur or n < 2.

    Examples
    --------
    Four documents of equal size with 0, 0, 0 and 8: mean 2, sum of squares 48, so k = 16 / (64 - 8).

    >>> from scipy import sparse
    >>> sample = Sample(sparse.csr_array(np.array([[0], [0], [0], [8]])), np.full(4, 100))
    >>> size_by_moments(sample).round(6).tolist()
    [0.285714]

    """
    found = _excess(sample)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(found > 0, 1 / found, np.where(np.isnan(found), np.nan, np.inf))


def _excess(sample: Sample) -> Floats:
    """Return 1 / k of each item, below zero where counts scatter less than Poisson counts."""
    items, n, words = sample.matrix.shape[1], len(sample), sample.words
    count = sample.totals.astype(np.float64)
    rate = count / words if words else np.full(items, np.nan)
    squares = float(sum(int(size) ** 2 for size in sample.sizes))
    item, value = sample.matrix.indices, sample.matrix.data.astype(np.float64)
    size = np.repeat(sample.sizes.astype(np.float64), np.diff(sample.matrix.indptr))
    mean = rate[item] * size
    scatter = np.bincount(item, (value - mean) ** 2, items) + rate**2 * (squares - np.bincount(item, size**2, items))
    with np.errstate(divide="ignore", invalid="ignore"):
        excess = (scatter * (n / (n - 1) if n > 1 else np.nan) - count) / (rate**2 * squares)
    return np.asarray(np.where(count > 0, excess, np.nan))
