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
    """Draw counts."""
    factor = np.ones(shape) if np.isinf(size) else generator.gamma(size, 1 / size, shape)
    return np.asarray(generator.poisson(mean * factor, shape), np.int64)
