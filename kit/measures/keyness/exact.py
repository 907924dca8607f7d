"""Fisher's exact test and the conditional odds ratio of 2 × 2 tables; see `kit.measures.counts.contingency`.

The probability of a table with given totals is computed as exp(-G²/2 + R(totals) - R(n) - R(cells)), where
R(x) = ln x! - x ln x + x is small and smooth: nothing large is subtracted, so it stays exact in corpora of any size.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from kit.measures.counts.contingency import Cells, Floats, cells, expected, g2_4cell

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
        result[defined] = _two_sided(Cells(*(cell[defined] for cell in observed)))
    return result


def odds_ratio_conditional(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the odds ratio that R's fisher.test prints: the conditional maximum-likelihood estimate, not ad/bc.

    Computed table by table: for chosen items, not for whole vocabularies.

    Examples
    --------
    >>> odds_ratio_conditional(7, 9, 10, 19).round(4).item()  # the sample odds ratio is 8.1667
    7.1663

    """
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
    while (apart := far - near > 1).any():
        middle = np.floor((near + far) / 2)
        rare = _log_probability(middle, row, column, total) <= bound
        near, far = np.where(apart & ~rare, middle, near), np.where(apart & rare, middle, far)
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
