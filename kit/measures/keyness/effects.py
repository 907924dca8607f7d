"""How large a difference is: effect sizes of 2 × 2 tables; see `kit.measures.counts.contingency`.

p1 = o11 / c1 is the item's share of the target, p2 = o12 / (n - c1) its share of the reference. All are NaN where the
table cannot be, a corpus is empty, or the item occurs in neither.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from kit.errors import QueryError
from kit.measures.counts.contingency import Floats, cells

#: What stands for a count of zero in the log ratio.
ZERO = 0.5


class Interval(NamedTuple):
    """Lower and upper ends; float64 arrays."""

    low: Floats
    high: Floats


def log_ratio(
    o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike, *, zero: float | None = ZERO
) -> Floats:
    """Return the binary logarithm of the ratio of shares, log2(p1 / p2) (Hardie 2014).

    Examples
    --------
    >>> log_ratio([8, 1, 0], [10, 2, 1], 1000, 2000).round(6).tolist()
    [2.0, 0.0, -1.0]
    >>> log_ratio(0, 1, 1000, 2000, zero=None).item()
    -inf

    """
    if zero is not None and not zero > 0:
        raise QueryError(f"zero = {zero!r}", remedy="use a number above 0, or None for an infinite log ratio")
    target, reference, target_size, reference_size = _sides(o11, r1, c1, n)
    if zero is not None:
        target, reference = np.where(target == 0, zero, target), np.where(reference == 0, zero, reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log2((target / target_size) / (reference / reference_size)), np.float64)


def relative_risk(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the ratio of shares, p1 / p2; zeros are not replaced.

    Examples
    --------
    >>> relative_risk([8, 8], [10, 8], 1000, 2000).tolist()
    [4.0, inf]

    """
    target, reference, target_size, reference_size = _sides(o11, r1, c1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((target / target_size) / (reference / reference_size), np.float64)


def relative_risk_interval(
    o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95
) -> Interval:
    """Return the asymptotic interval of the ratio of shares, as if every token were drawn by itself (Katz et al. 1978).

    ln RR ± z √((1 - p1)/o11 + (1 - p2)/o12). Words come in articles, not one by one: this interval is too narrow for
    a corpus of documents, the more so the more a word clusters.

    Examples
    --------
    >>> low, high = relative_risk_interval(2, 4, 4, 8)
    >>> np.log([low.item(), high.item()]).round(6).tolist()
    [-1.385904, 1.385904]

    """
    if not 0 < confidence < 1:
        raise QueryError(f"confidence = {confidence!r}", remedy="use a share such as 0.95")
    target, reference, target_size, reference_size = _sides(o11, r1, c1, n)
    both = np.where((target > 0) & (reference > 0), 1.0, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (1 - target / target_size) / target + (1 - reference / reference_size) / reference
        ratio = (target / target_size) / (reference / reference_size) * both
        reach = np.exp(special.ndtri((1 + confidence) / 2) * np.sqrt(variance))
        return Interval(np.asarray(ratio / reach), np.asarray(ratio * reach))


def pct_diff(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return %DIFF, 100 (p1 - p2) / p2 (Gabrielatos & Marchi 2011); zeros are not replaced.

    Examples
    --------
    >>> pct_diff([8, 0], [10, 2], 1000, 2000).tolist()
    [300.0, -100.0]

    """
    return 100 * (relative_risk(o11, r1, c1, n) - 1)


def odds_ratio(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the sample odds ratio, o11 o22 / (o12 o21); zeros are not replaced.

    The conditional estimate that R's fisher.test prints is `kit.measures.keyness.significance.odds_ratio_conditional`.

    Examples
    --------
    >>> odds_ratio(7, 9, 10, 19).round(4).item()
    8.1667

    """
    observed = cells(o11, r1, c1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((observed.o11 * observed.o22) / (observed.o12 * observed.o21), np.float64)


def difference_coefficient(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the difference of shares over their sum, (p1 - p2) / (p1 + p2) (Hofland & Johansson 1982).

    Examples
    --------
    >>> difference_coefficient(18, 53, 10**6, 2 * 10**6).round(2).item()
    -0.32

    """
    target, reference, target_size, reference_size = _sides(o11, r1, c1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = target / target_size, reference / reference_size
        return np.asarray((first - second) / (first + second), np.float64)


def simple_maths(
    o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike, *, k: float = 1.0
) -> Floats:
    """Return (p1 + k) / (p2 + k) with shares per million (Kilgarriff 2009; Sketch Engine's keyness score).

    Examples
    --------
    >>> simple_maths(35, 298, 112289811, 112289811 + 1559717242).round(4).item()
    1.1224

    """
    if not k > 0:
        raise QueryError(f"k = {k!r}", remedy="use a number above 0, such as 1 or 100 (per million)")
    target, reference, target_size, reference_size = _sides(o11, r1, c1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((1e6 * target / target_size + k) / (1e6 * reference / reference_size + k), np.float64)


def _sides(
    o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the counts of both sides and the sizes of both sides; NaN where an effect has no meaning."""
    observed = cells(o11, r1, c1, n)
    target_size, reference_size = observed.o11 + observed.o21, observed.o12 + observed.o22
    nowhere = (observed.o11 + observed.o12 == 0) | (target_size == 0) | (reference_size == 0)
    target, reference = (np.where(nowhere, np.nan, side) for side in (observed.o11, observed.o12))
    return target, reference, target_size, reference_size
