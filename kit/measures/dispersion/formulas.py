"""The formulas of dispersion, each a function of counts by part, for all items at once.

Signs, for one item and `n` parts: ``v`` its count in a part, ``f`` its count in all; ``s`` the share of a part in all
words; ``t = v/f``; ``p`` its rate ``v / words of the part``. *Rate* forms allow for parts of different size; *equal*
forms (``_equal``) take the counts as if the parts were of one size. Only cells that are not zero are stored: what the
zeros add is known in closed form. Missing where the item does not occur or there is one part only; adjusted
frequencies of an absent item are 0.

>>> from kit.measures.counts.part_counts import part_counts
>>> FORMULAS["dp"](part_counts([[1, 2, 3, 4, 5], [0, 0, 1, 0, 0]], [9, 10, 10, 10, 11])).round(6).tolist()
[0.18, 0.8]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import pairwise
from typing import TypeVar

import numpy as np
from scipy import sparse
from scipy.special import digamma

from kit.measures.counts.above import deviation
from kit.measures.counts.part_counts import Floats, PartCounts, Spread

Formula = Callable[[PartCounts], Floats]
S = TypeVar("S", bound=Spread)

_CELLS = 1 << 17  # of a block: its arrays stay in the processor's cache


def measured(c: PartCounts, measures: Sequence[str]) -> dict[str, Floats]:
    """Compute measures of all items, some items at a time.

    What is said of an item rests on its own counts and the sizes of the parts, so nothing depends on the blocks; but
    they are several times as quick as one pass over millions of cells.

    Examples
    --------
    >>> from kit.measures.counts.part_counts import part_counts
    >>> counts = part_counts([[1, 2, 3, 4, 5], [0, 0, 1, 0, 0]], [9, 10, 10, 10, 11])
    >>> measured(counts, ["dp", "burch_da"])["dp"].round(6).tolist()
    [0.18, 0.8]

    """
    items, parts = c.matrix.shape
    block = (c.matrix.indptr[:-1] // _CELLS).astype(np.int64)
    found: dict[str, list[Floats]] = {name: [] for name in measures}
    for begin, stop in pairwise([0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), items]):
        bounds = c.matrix.indptr[begin : stop + 1]
        cells = slice(bounds[0], bounds[-1])
        rows = (c.matrix.data[cells], c.matrix.indices[cells], bounds - bounds[0])
        some = PartCounts(sparse.csr_array(rows, shape=(stop - begin, parts)), c.sizes)
        for name in measures:
            found[name].append(FORMULAS[name](some))
    return {name: np.concatenate(values) for name, values in found.items()}


def _once(formula: Callable[[S], Floats]) -> Callable[[S], Floats]:
    """Keep what a formula that others build on found for the counts at hand."""

    @wraps(formula)
    def kept(c: S) -> Floats:
        results: dict[str, Floats] = c.__dict__.setdefault("_found", {})
        if formula.__name__ not in results:
            results[formula.__name__] = formula(c)
        return results[formula.__name__]

    return kept


@_once
def range_share(c: Spread) -> Floats:
    """``range / n``: share of the parts that have the item."""
    return c.range / c.parts if c.parts else np.full(len(c.range), np.nan)


@_once
def juilland_d(c: PartCounts) -> Floats:
    """``1 - (sd p / mean p) / sqrt(n - 1)``, population sd (Juilland & Chang-Rodríguez 1964; Gries 2008)."""
    return _unit(1 - _variation(c, c.rate) / _root(c.parts - 1), c)


@_once
def juilland_d_equal(c: PartCounts) -> Floats:
    """``1 - (sd v / mean v) / sqrt(n - 1)``, population sd."""
    return _unit(1 - _variation(c, c.count) / _root(c.parts - 1), c)


@_once
def carroll_d2(c: PartCounts) -> Floats:
    """Entropy of the rates over log2 n (Carroll 1970)."""
    return _evenness(c, c.rate)


@_once
def carroll_d2_equal(c: PartCounts) -> Floats:
    """Entropy of the counts over log2 n."""
    return _evenness(c, c.count)


def rosengren_s(c: PartCounts) -> Floats:
    """``(sum sqrt(v s))² / f`` (Rosengren 1971)."""
    return _unit(_over(rosengren_kf(c), c.total), c)


def rosengren_s_equal(c: PartCounts) -> Floats:
    """``(sum sqrt v)² / (n f)``."""
    return _unit(_over(rosengren_kf_equal(c), c.total), c)


def zhang_dc(c: PartCounts) -> Floats:
    """``(mean sqrt v)² / mean v`` (Zhang, Huang & Yu 2004)."""
    mean = np.maximum(c.parts, 1)
    return _unit(_over((c.add(np.sqrt(c.count)) / mean) ** 2, c.total / mean), c)


def lyne_d3(c: PartCounts) -> Floats:
    """``1 - X² / (4 f)``, X² from expected counts f s (Lyne 1985)."""
    return _where(c, 1 - _over(_chi2(c, c.share_of_cell), 4 * c.total))


def lyne_d3_equal(c: PartCounts) -> Floats:
    """``1 - X² / (4 f)``, X² from expected counts f / n."""
    return _where(c, 1 - _over(_chi2(c, _even(c)), 4 * c.total))


@_once
def dp(c: Spread) -> Floats:
    """``sum abs(t - s) / 2`` (Gries 2008); t and s both add up to 1, so the positive differences are half of it."""
    return _unit(deviation(*c.above, c.total.astype(np.int64), int(c.sizes.sum())), c)


def dp_norm(c: Spread) -> Floats:
    """``DP / (1 - smallest s)`` (Lijffijt & Gries 2012)."""
    return _unit(dp(c) / (1 - c.share.min()), c) if c.parts > 1 else _missing(c)


def egbert_dp(c: PartCounts) -> Floats:
    """1 - DP / (1 - smallest s of the parts that have the item) (Egbert, Burch & Biber 2020)."""
    if c.parts < 2:
        return _missing(c)
    smallest = np.ones(len(c.total))
    np.minimum.at(smallest, c.item, c.share_of_cell)
    return _unit(1 - _over(dp(c), 1 - smallest), c)


def burch_da(c: PartCounts) -> Floats:
    """1 - mean absolute difference of the rates of two parts / (2 mean rate) (Burch, Egbert & Biber 2017)."""
    if c.parts < 2:
        return _missing(c)
    # Sorted as a whole, then by item, by a counting sort: a one-row sparse matrix turned to columns.
    order = np.argsort(c.rate)
    row = (c.rate[order], c.item[order], np.array([0, len(order)]))
    rising = sparse.csr_array(row, shape=(1, len(c.total))).tocsc().data
    rank = np.arange(len(order)) - c.matrix.indptr[:-1][c.item] + (c.parts - c.range)[c.item]
    spread = c.add((2 * rank - c.parts + 1) * rising)
    return _unit(1 - _over(spread, (c.parts - 1) * c.add(c.rate)), c)


def kld(c: PartCounts) -> Floats:
    """``sum t log2(t / s)``: divergence of the item's spread from the sizes of the parts, in bits (Gries 2020)."""
    bits = c.add(c.part_of_total * np.log2(c.part_of_total / c.share_of_cell))
    return _where(c, np.maximum(bits, 0))


def juilland_u(c: PartCounts) -> Floats:
    """``f D``, rate form (Juilland & Chang-Rodríguez 1964)."""
    return _adjusted(c, c.total * juilland_d(c))


def juilland_u_equal(c: PartCounts) -> Floats:
    """``f D``, equal form."""
    return _adjusted(c, c.total * juilland_d_equal(c))


def carroll_um(c: PartCounts) -> Floats:
    """``f D2 + (1 - D2) f / n``, rate form (Carroll 1970)."""
    return _modified(c, carroll_d2(c))


def carroll_um_equal(c: PartCounts) -> Floats:
    """``f D2 + (1 - D2) f / n``, equal form."""
    return _modified(c, carroll_d2_equal(c))


@_once
def rosengren_kf(c: PartCounts) -> Floats:
    """``(sum sqrt(v s))²`` (Rosengren 1971)."""
    return _adjusted(c, c.add(np.sqrt(c.count * c.share_of_cell)) ** 2)


@_once
def rosengren_kf_equal(c: PartCounts) -> Floats:
    """``(sum sqrt v)² / n``."""
    return _adjusted(c, c.add(np.sqrt(c.count)) ** 2 / np.maximum(c.parts, 1))


def engwall_fm(c: Spread) -> Floats:
    """``f range / n`` (Engwall 1974)."""
    return _adjusted(c, c.total * range_share(c))


def kromer_ur(c: PartCounts) -> Floats:
    """``1 + 1/2 + … + 1/v``, added up over the parts (Kromer 2003)."""
    return _adjusted(c, c.add(digamma(c.count + 1) + np.euler_gamma))


def max_min(c: PartCounts) -> Floats:
    """``max v - min v``."""
    largest = np.zeros(len(c.total))
    smallest = np.where(c.range == c.parts, np.inf, 0)
    np.maximum.at(largest, c.item, c.count)
    np.minimum.at(smallest, c.item, c.count)
    return _adjusted(c, largest - smallest)


def sd_count(c: PartCounts) -> Floats:
    """``sqrt(mean (v - mean v)²)``, the population form."""
    return _adjusted(c, _deviation(c, c.count))


def cv_count(c: PartCounts) -> Floats:
    """``sd v / mean v``, population sd."""
    return _where(c, _variation(c, c.count))


def idf(c: Spread) -> Floats:
    """``log2(n / range)``, in bits (Spärck Jones 1972)."""
    return _where(c, np.log2(_over(np.full(len(c.range), float(c.parts)), c.range)))


def chi2_parts(c: PartCounts) -> Floats:
    """X² of the counts against f s."""
    return _where(c, _chi2(c, c.share_of_cell))


#: Every measure by its column name, in the order of the columns.
FORMULAS: dict[str, Callable[[PartCounts], Floats]] = {
    formula.__name__: formula
    for formula in (
        range_share, juilland_d, juilland_d_equal, carroll_d2, carroll_d2_equal, rosengren_s, rosengren_s_equal,
        zhang_dc, lyne_d3, lyne_d3_equal, dp, dp_norm, egbert_dp, burch_da, kld, juilland_u, juilland_u_equal,
        carroll_um, carroll_um_equal, rosengren_kf, rosengren_kf_equal, engwall_fm, kromer_ur, max_min, sd_count,
        cv_count, idf, chi2_parts,
    )
}  # fmt: skip


#: Those of them for which it is enough to know what adds up over the parts (`ItemSums`).
SUMMED: dict[str, Callable[[Spread], Floats]] = {
    formula.__name__: formula for formula in (range_share, dp, dp_norm, engwall_fm, idf)
}


def _over(above: Floats, below: Floats) -> Floats:
    """Divide; missing where there is nothing to divide by."""
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0))


def _root(number: int) -> float:
    """Return a square root; missing where it is no divisor."""
    return float(np.sqrt(number)) if number > 0 else np.nan


def _missing(c: Spread) -> Floats:
    """Return a missing value for every item."""
    return np.full(len(c.total), np.nan)


def _where(c: Spread, values: Floats) -> Floats:
    """Keep the values that can be stated."""
    return np.where(c.defined, values, np.nan)


def _unit(values: Floats, c: Spread) -> Floats:
    """Keep the values that can be stated, without the rounding error beyond 0 and 1."""
    return _where(c, np.clip(values, 0, 1))


def _adjusted(c: Spread, values: Floats) -> Floats:
    """Keep adjusted frequencies: 0 for an absent item, missing with one part."""
    return np.where(c.total > 0, _where(c, values), 0.0 if c.parts > 1 else np.nan)


def _modified(c: PartCounts, evenness: Floats) -> Floats:
    """Return Carroll's modified frequency."""
    return _adjusted(c, c.total * evenness + (1 - evenness) * c.total / np.maximum(c.parts, 1))


def _even(c: PartCounts) -> Floats:
    """Return 1/n for every cell."""
    return np.full(len(c.count), 1 / np.maximum(c.parts, 1))


def _deviation(c: PartCounts, values: Floats) -> Floats:
    """Return the population standard deviation over all parts, zeros included."""
    parts = np.maximum(c.parts, 1)
    mean = c.add(values) / parts
    squares = c.add((values - mean[c.item]) ** 2) + (c.parts - c.range) * mean**2
    return np.asarray(np.sqrt(squares / parts))


def _variation(c: PartCounts, values: Floats) -> Floats:
    """Return the coefficient of variation."""
    return _over(_deviation(c, values), c.add(values) / np.maximum(c.parts, 1))


def _evenness(c: PartCounts, values: Floats) -> Floats:
    """Return the entropy of values over its largest possible value."""
    if c.parts < 2:
        return _missing(c)
    part = values / c.add(values)[c.item]
    return _unit(-c.add(part * np.log2(part)) / np.log2(c.parts), c)


def _chi2(c: PartCounts, share: Floats) -> Floats:
    """Return X² against expected counts; a part without the item adds what was expected there."""
    expected = c.total[c.item] * share
    absent = np.maximum(c.total - c.add(expected), 0)
    return c.add((c.count - expected) ** 2 / expected) + absent
