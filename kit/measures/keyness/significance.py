"""Whether a difference is more than chance: exact tests of words, tests of stories, and p-values of many tests at once.

Tests of 2 × 2 tables (`kit.measures.counts.contingency`) take every word as drawn by itself, and find differences
between any two halves of one corpus (Kilgarriff 2005; Lijffijt et al. 2016). The tests of stories take articles for
what they are: the units drawn, each with all its words, an article and its copies once.

Fisher's test and the conditional odds ratio compute the probability of a table with given totals as
exp(-G²/2 + R(totals) - R(n) - R(cells)), where R(x) = ln x! - x ln x + x is small and smooth: nothing large is
subtracted, so it stays exact in corpora of any size.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from kit.measures.counts.contingency import Cells, cells, distinct, expected, g2_4cell
from kit.measures.uncertainty.intervals import freedom_of
from kit.measures.uncertainty.samples import Floats, Moments, Sample

#: Probabilities that differ by less than this factor count as equal in Fisher's test (the rule of R's fisher.test).
_EQUAL = 1 + 1e-7
#: A tail ends where its terms have become this small beside their sum.
_NEGLIGIBLE = 1e-18
#: From here on Stirling's series is exact to the last digit.
_SERIES_FROM = 20.0


def fisher_p(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the two-sided p-value of Fisher's exact test.

    The probability of all tables with the same totals that are no more probable than the one observed (the rule of R's
    fisher.test and scipy's fisher_exact; probabilities within a factor of 1 + 1e-7 count as equal).

    Examples
    --------
    >>> fisher_p(7, 9, 10, 19).round(6).item()
    0.069779

    """
    observed = cells(o11, r1, c1, n)
    defined = np.isfinite(expected(o11, r1, c1, n).o11)
    defined &= np.logical_and.reduce([cell == np.floor(cell) for cell in observed])
    result = np.full(defined.shape, np.nan)
    if defined.any():
        # Most words are rare: many items have the same table, which is worked out once.
        four = [cell[defined] for cell in observed]
        rows, place = distinct(*four)
        result[defined] = _two_sided(Cells(*(cell[rows] for cell in four)))[place]
    return result


def odds_ratio_conditional(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the odds ratio that R's fisher.test prints: the conditional maximum-likelihood estimate, not ad/bc.

    Computed table by table: for chosen items, not for whole vocabularies.

    Examples
    --------
    >>> odds_ratio_conditional(7, 9, 10, 19).round(4).item()  # the sample odds ratio is 8.1667
    7.1663

    """
    from scipy import stats  # noqa: PLC0415 - it takes a second to load, and nothing else here asks for it

    observed = cells(o11, r1, c1, n)
    defined = np.isfinite(expected(o11, r1, c1, n).o11)
    defined &= np.logical_and.reduce([cell == np.floor(cell) for cell in observed])
    result = np.full(defined.shape, np.nan)
    tables = np.stack([cell[defined] for cell in observed], axis=-1).astype(np.int64).reshape(-1, 2, 2)
    result[defined] = [stats.contingency.odds_ratio(table, kind="conditional").statistic for table in tables]
    return result


def _two_sided(observed: Cells) -> Floats:
    """Add the tail that starts at the observed table to the tail beyond the mode that is no more probable."""
    row, column = observed.o11 + observed.o12, observed.o11 + observed.o21
    total = row + observed.o21 + observed.o22
    mode = np.floor((row + 1) * (column + 1) / (total + 2))
    # Mirror the tables whose first cell lies above the mode, so that every observed tail runs downwards.
    above = observed.o11 > mode
    column = np.where(above, total - column, column)
    first = np.where(above, observed.o12, observed.o11)
    mode = np.floor((row + 1) * (column + 1) / (total + 2))
    bound = _log_probability(first, row, column, total) + np.log(_EQUAL)
    near, far = np.maximum(first, mode - 1), np.minimum(row, column) + 1
    while len(apart := np.flatnonzero(far - near > 1)):
        middle = np.floor((near[apart] + far[apart]) / 2)
        rare = _log_probability(middle, row[apart], column[apart], total[apart]) <= bound[apart]
        near[apart[~rare]], far[apart[rare]] = middle[~rare], middle[rare]
    lower = _tail(row - first, row, total - column, total)
    return np.minimum(lower + _tail(far, row, column, total), 1.0)


def _log_probability(o11: Floats, r1: Floats, c1: Floats, n: Floats) -> Floats:
    """Return the logarithm of the probability of tables, given their totals."""
    result = -_remainder(n) - g2_4cell(o11, r1, c1, n) / 2
    for total in (r1, n - r1, c1, n - c1):
        result = result + _remainder(total)
    for cell in (o11, r1 - o11, c1 - o11, n - r1 - c1 + o11):
        result = result - _remainder(cell)
    return result


def _remainder(x: Floats) -> Floats:
    """Return ln x! - x ln x + x, by Stirling's series where x is large."""
    large = np.maximum(x, _SERIES_FROM)
    square = large * large
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / large
    small = np.minimum(x, _SERIES_FROM)
    exact: Floats = special.gammaln(small + 1) - special.xlogy(small, small) + small
    return np.where(x < _SERIES_FROM, exact, np.log(2 * np.pi * large) / 2 + series)


def _tail(start: Floats, r1: Floats, c1: Floats, n: Floats) -> Floats:
    """Return the probability of a first cell of `start` or more, where `start` lies at the mode or above it."""
    result = np.zeros(start.shape)
    active = np.flatnonzero(start <= np.minimum(r1, c1))
    first = np.exp(_log_probability(start[active], r1[active], c1[active], n[active]))
    o11, o12, o21 = start[active], (r1 - start)[active], (c1 - start)[active]
    o22 = (n - r1 - c1 + start)[active]
    term, total = np.ones(len(active)), np.ones(len(active))
    while len(active):
        term = term * (o12 * o21) / ((o11 + 1) * (o22 + 1))
        total = total + term
        o11, o12, o21, o22 = o11 + 1, o12 - 1, o21 - 1, o22 + 1
        more = term > _NEGLIGIBLE * total
        result[active[~more]] = (first * total)[~more]
        active, first, term, total = active[more], first[more], term[more], total[more]
        o11, o12, o21, o22 = o11[more], o12[more], o21[more], o22[more]
    return result


class RankSums(NamedTuple):
    """What the rank-sum test found; one value per item."""

    rank_sum: Floats
    p: Floats


def log_ratio_p(target: Moments, reference: Moments | Floats) -> Floats:
    """Test whether two relative frequencies differ, by a t test on the logarithm of their ratio.

    The test that belongs to `kit.log_ratio_intervals`: p is below 1 - level where the interval leaves 0 out.

    Two-sided p-values. t is |ln(r1 / r2)| / √(s1² + s2²), its degrees of freedom those of the
    interval. NaN where the item is missing from a side, or nothing varies.
    """
    rate = reference.rate if isinstance(reference, Moments) else reference
    samples = [target, reference] if isinstance(reference, Moments) else [target]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.asarray(sum(sample.variance for sample in samples), np.float64)
        total = np.where(total > 0, total, np.nan)
        distance = np.abs(np.log(target.rate / rate)) / np.sqrt(total)
    freedom = freedom_of([sample.variance for sample in samples], [sample.effective for sample in samples])
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
