"""Tests of a difference that take articles for what they are: the units drawn, each with all its words.

Tests of 2 × 2 tables (`kit.measures.counts.contingency`) take every word as drawn by itself, and find differences
between any two halves of one corpus (Kilgarriff 2005; Lijffijt et al. 2016). Here the units are stories: an article and
its copies.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from kit.measures.uncertainty.samples import Floats, Moments, Sample


class RankSums(NamedTuple):
    """What the rank-sum test found; one value per item."""

    rank_sum: Floats
    p: Floats


def log_ratio_p(target: Moments, reference: Moments | Floats) -> Floats:
    """Test whether two relative frequencies differ, by a t test on the logarithm of their ratio.

    The test that belongs to `kit.log_ratio_intervals`: p is below 1 - level where the interval leaves 0 out.

    Two-sided p-values. t is |ln(r1 / r2)| / √(s1² + s2²), its degrees of freedom Satterthwaite's (1946) of the
    effective numbers of stories less one. NaN where the item is missing from a side, or nothing varies.
    """
    rate = reference.rate if isinstance(reference, Moments) else reference
    samples = [target, reference] if isinstance(reference, Moments) else [target]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.asarray(sum(sample.variance for sample in samples), np.float64)
        total = np.where(total > 0, total, np.nan)
        parts = [(sample.variance / total) ** 2 / np.maximum(sample.effective - 1, 1) for sample in samples]
        freedom = 1 / np.asarray(sum(parts), np.float64)
        distance = np.abs(np.log(target.rate / rate)) / np.sqrt(total)
    return np.asarray(2 * special.stdtr(freedom, -np.where(np.isfinite(distance), distance, np.nan)), np.float64)


def mann_whitney(target: Sample, reference: Sample) -> RankSums:
    """Test by Wilcoxon's rank sum, item by item, whether stories of the target have higher or lower rates.

    Stories are ranked by the item's relative frequency; ties share their mean rank. Stories of all lengths count alike,
    so it is misled where those of one side are much longer: a short story often lacks a word that its like would use.

    `rank_sum` (float64): of the target's stories, U + m (m + 1) / 2 for m stories. `p` (float64): two-sided, normal
    approximation with corrections for ties and continuity; NaN where all rates are equal.
    """
    items = target.matrix.shape[1]
    here, there = (sample.matrix[np.flatnonzero(sample.sizes)].tocoo() for sample in (target, reference))
    m, n = here.shape[0], there.shape[0]
    sizes = np.concatenate([target.sizes[target.sizes > 0][here.row], reference.sizes[reference.sizes > 0][there.row]])
    item = np.concatenate([here.col, there.col]).astype(np.int64)
    rate = np.concatenate([here.data, there.data]) / np.maximum(sizes, 1)
    ours = np.concatenate([np.ones(here.nnz, bool), np.zeros(there.nnz, bool)])
    order = np.lexsort((rate, item))
    item, rate, ours = item[order], rate[order], ours[order]
    held = np.bincount(item, minlength=items)
    absent = m + n - held
    place = np.arange(len(item)) - (np.cumsum(held) - held)[item] + 1
    tie = np.cumsum(np.concatenate([[True], (np.diff(item) != 0) | (np.diff(rate) != 0)])[: len(item)]) - 1
    times = np.bincount(tie) if len(tie) else np.zeros(0, np.int64)
    rank = absent[item] + (np.bincount(tie, place) / np.maximum(times, 1))[tie] if len(tie) else place
    zeros = (m - np.bincount(item[ours], minlength=items)) * (absent + 1) / 2
    rank_sum: Floats = np.bincount(item[ours], rank[ours], items) + zeros
    first = item[np.concatenate([[True], np.diff(tie) != 0])[: len(tie)]]
    cubes = np.bincount(first, times.astype(np.float64) ** 3 - times, items) + absent.astype(np.float64) ** 3 - absent
    total = float(m + n)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = m * n / 12 * (total + 1 - cubes / (total * (total - 1)))
        distance = np.maximum(np.abs(rank_sum - m * (total + 1) / 2) - 0.5, 0)
        score = distance / np.sqrt(np.where(variance > 1e-9 * m * n, variance, np.nan))
    return RankSums(rank_sum, np.minimum(2 * special.ndtr(-score), 1.0))
