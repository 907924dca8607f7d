r"""Tests of 2 × 2 tables, shared by keyness and collocation.

Every function takes four numbers or arrays of one shape (counts; they may be fractional unless said otherwise):

======  ==============================================  ===========================================
        keyness                                         collocation
======  ==============================================  ===========================================
`o11`   item in the target                              collocate near the node
`r1`    item in both corpora (first row's total)        collocate anywhere (first row's total)
`c1`    size of the target (first column's total)       positions near the node (first column's total)
`n`     size of both corpora                            size of the corpus
======  ==============================================  ===========================================

The other cells follow: o12 = r1 - o11, o21 = c1 - o11, o22 = n - r1 - c1 + o11. Where a table cannot be (a cell below
zero) or says nothing (a row or column of zeros) the result is NaN. Statistics are not signed; the sign of the log ratio
(`kit.measures.keyness.effects`) tells the direction. Fisher's exact test is in `kit.measures.keyness.significance`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

Floats = npt.NDArray[np.float64]


class Cells(NamedTuple):
    """The four cells of tables, row by row; float64 arrays, NaN where the table cannot be."""

    o11: Floats
    o12: Floats
    o21: Floats
    o22: Floats


def cells(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Cells:
    """Return the four cells.

    Examples
    --------
    >>> [cell.tolist() for cell in cells(7, 9, 10, 19)]
    [7.0, 2.0, 3.0, 7.0]

    """
    first, row, column, total = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in (o11, r1, c1, n)))
    four = (first, row - first, column - first, total - row - column + first)
    impossible = ~np.isfinite(total) | np.logical_or.reduce([~(cell >= 0) for cell in four])
    return Cells(*(np.where(impossible, np.nan, cell) for cell in four))


def distinct(*columns: npt.NDArray[Any]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows whose values stand in no row before, and which of them each row is like.

    Most words are rare, and many have the same table, which has to be worked out once.

    Examples
    --------
    >>> rows, place = distinct(np.array([1, 2, 1]), np.array([5, 0, 5]))
    >>> rows.tolist(), place.tolist()
    ([0, 1], [0, 1, 0])

    """
    code = np.zeros(len(columns[0]), np.intp)
    for column in columns:
        more, values = pd.factorize(column, use_na_sentinel=False)
        code = pd.factorize(code * len(values) + more)[0]
    return np.flatnonzero(~pd.Index(code).duplicated()), code


def expected(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Cells:
    """Return what the cells would hold if rows and columns were independent: row total × column total / total.

    Examples
    --------
    >>> [cell.tolist() for cell in expected(7, 10, 10, 20)]
    [5.0, 5.0, 5.0, 5.0]

    """
    observed = cells(o11, r1, c1, n)
    row, other_row = observed.o11 + observed.o12, observed.o21 + observed.o22
    column, other_column = observed.o11 + observed.o21, observed.o12 + observed.o22
    empty = (row == 0) | (other_row == 0) | (column == 0) | (other_column == 0)
    total = np.where(empty, np.nan, row + other_row)
    pairs = ((row, column), (row, other_column), (other_row, column), (other_row, other_column))
    return Cells(*(first * (second / total) for first, second in pairs))


def g2_2cell(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    r"""Return the log-likelihood statistic of the first row alone.

    2 (o11 ln(o11 / e11) + o12 ln(o12 / e12)): the form of Rayson & Garside (2000), UCREL's calculator, Conc and
    KeynessMeasures. It leaves the other words out, so it is a little below `g2_4cell`.

    Examples
    --------
    >>> g2_2cell(10, 15, 100, 300).round(6).item()
    6.931472

    """
    observed, independent = cells(o11, r1, c1, n), expected(o11, r1, c1, n)
    return 2 * (_deviance(observed.o11, independent.o11) + _deviance(observed.o12, independent.o12))


def g2_4cell(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the log-likelihood statistic of all four cells, 2 Σ o ln(o / e) (Dunning 1993).

    Examples
    --------
    >>> g2_4cell(10, 15, 100, 300).round(6).item()  # item 10 of 100 in the target, 5 of 200 in the reference
    7.329812

    """
    pairs = zip(cells(o11, r1, c1, n), expected(o11, r1, c1, n), strict=True)
    total: Floats = np.asarray(sum(_deviance(observed, independent) for observed, independent in pairs), np.float64)
    return 2 * total


def g2_williams(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return `g2_4cell` divided by Williams's (1976) correction for small tables.

    q = 1 + (n/r1 + n/r2 - 1)(n/c1 + n/c2 - 1) / 6n.

    Examples
    --------
    >>> g2_williams(7, 9, 10, 19).round(6).item()
    4.200833

    """
    observed = cells(o11, r1, c1, n)
    row, column = observed.o11 + observed.o12, observed.o11 + observed.o21
    total = row + observed.o21 + observed.o22
    with np.errstate(divide="ignore", invalid="ignore"):
        rows, columns = total / row + total / (total - row), total / column + total / (total - column)
        q = 1 + (rows - 1) * (columns - 1) / (6 * total)
    return g2_4cell(o11, r1, c1, n) / q


def chi2(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return Pearson's χ² of all four cells, Σ (o - e)² / e, without continuity correction.

    Examples
    --------
    >>> chi2(7, 9, 10, 19).round(6).item()
    4.33716

    """
    return _pearson(0.0, o11, r1, c1, n)


def chi2_yates(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return χ² with Yates's continuity correction in every table, Σ (max(0, |o - e| - ½))² / e.

    Examples
    --------
    >>> chi2_yates(7, 9, 10, 19).round(6).item()
    2.632438

    """
    return _pearson(0.5, o11, r1, c1, n)


def chi2_p(statistic: npt.ArrayLike) -> Floats:
    """Return the p-value of a G² or χ² statistic: the upper tail of χ² with one degree of freedom.

    Examples
    --------
    >>> chi2_p(4.534939332256226).round(6).item()
    0.03321

    """
    return np.asarray(special.chdtrc(1.0, np.asarray(statistic, np.float64)), np.float64)


def bic(statistic: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the Bayesian information criterion of a one-degree statistic, G² - ln n (Wilson 2013).

    Examples
    --------
    >>> bic(20.0, np.exp(8)).item()
    12.0

    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.asarray(statistic, np.float64) - np.log(np.asarray(n, np.float64)))


def _deviance(observed: Floats, independent: Floats) -> Floats:
    """Return o ln(o/e) - (o - e) of a cell; the deviations o - e of a row add up to zero, and rounding stays small."""
    with np.errstate(divide="ignore", invalid="ignore"):
        excess = (observed - independent) / independent
        term = independent * ((1 + excess) * np.log1p(excess) - excess)
    return np.where(observed == 0, independent, np.maximum(term, 0))


def _pearson(correction: float, o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return χ² with a continuity correction; all four cells deviate by the same amount."""
    independent = expected(o11, r1, c1, n)
    deviation = np.maximum(np.abs(np.asarray(o11, np.float64) - independent.o11) - correction, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight: Floats = np.asarray(sum(1 / cell for cell in independent), np.float64)
        return deviation**2 * weight
