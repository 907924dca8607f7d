"""Counts by story: the independent units that intervals rest on, and the sums their formulas need."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.measures.counts.counts import Counts

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sample:
    """A story × item matrix of counts. Copies of an article are one story, their counts added.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of int64, stories × items
        How often each item occurs in each story.
    sizes : int64 array, one per story
        Words and numbers.

    """

    matrix: sparse.csr_array
    sizes: Integers

    def __len__(self) -> int:
        """Return the number of stories."""
        return len(self.sizes)

    @cached_property
    def totals(self) -> Integers:
        """How often each item occurs."""
        return np.asarray(self.matrix.sum(axis=0), np.int64).ravel()

    @cached_property
    def stories(self) -> Integers:
        """In how many stories each item occurs."""
        return np.bincount(self.matrix.indices, minlength=self.matrix.shape[1]).astype(np.int64)

    @property
    def words(self) -> int:
        """Words and numbers of all stories."""
        return int(self.sizes.sum())

    @cached_property
    def moments(self) -> Moments:
        """What the formulas of intervals need of each item."""
        return moments(self)

    def take(self, items: Integers) -> Sample:
        """Return the sample with some of its items."""
        return Sample(self.matrix[:, items].tocsr(), self.sizes)


@dataclass(frozen=True)
class Moments:
    """Sums over the n stories of a sample, one per item; r is the relative frequency, u = x - r size.

    Parameters
    ----------
    rate : float64 array
        Count / words and numbers: a ratio of two sums, not a mean of ratios.
    variance : float64 array
        e / (e - 1) sum(u^2) / count^2, e = `effective` but at least 2: variance of the rate's logarithm, linearised.
        Where every story has as many, e is n; where few stories make the count, e is small. Missing where the count
        is 0.
    effective : float64 array
        count^2 / sum(x^2): how many equal stories carry as much information (Kish 1965). Never more than the stories
        with the item.

    """

    rate: Floats
    variance: Floats
    effective: Floats

    def take(self, items: Integers) -> Moments:
        """Return those of some items: an item's are made of its own counts alone."""
        return Moments(*(getattr(self, field.name)[items] for field in fields(self)))


def story_sample(counts: Counts, rows: npt.NDArray[np.bool_] | None = None) -> Sample:
    """Add up the counts of each story."""
    kept = np.arange(len(counts.doc_ids)) if rows is None else np.flatnonzero(rows)
    order = kept[np.argsort(np.asarray(counts.doc_ids, object)[kept], kind="stable")]
    story, names = pd.factorize(counts.story[order])
    matrix, sizes = counts.matrix[order], counts.sizes[order]
    if len(names) < len(order):
        ones = np.ones(len(order), np.int64)
        adding = sparse.csr_array((ones, (story, np.arange(len(order)))), (len(names), len(order)))
        matrix, sizes = (adding @ matrix).tocsr(), adding @ sizes
    matrix.eliminate_zeros()
    matrix.sum_duplicates()
    return Sample(matrix, np.asarray(sizes, np.int64))


def moments(sample: Sample) -> Moments:
    """Compute what the formulas of intervals need."""
    items, n, words = sample.matrix.shape[1], len(sample), sample.words
    count = sample.totals.astype(np.float64)
    rate = count / words if words else np.full(items, np.nan)
    item, value = sample.matrix.indices, sample.matrix.data.astype(np.float64)
    second, square = _powers(sample, rate, 2), np.bincount(item, value**2, items)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = count**2 / square
        units = np.maximum(effective, 2)
        variance = second / count**2 * units / (units - 1) if n > 1 else np.full(items, np.nan)
        return Moments(rate, variance, effective)


def skewness(sample: Sample) -> Floats:
    """Return the skewness of u of each item over the stories, sum(u^3) / sum(u^2)^(3/2)."""
    rate = sample.moments.rate
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(_powers(sample, rate, 3) / _powers(sample, rate, 2) ** 1.5)


def _powers(sample: Sample, rate: Floats, power: int) -> Floats:
    """Add the powers of u: stories with the item one by one, the others by what their sizes add up to."""
    item, items = sample.matrix.indices, len(rate)
    size = np.repeat(sample.sizes.astype(np.float64), np.diff(sample.matrix.indptr))
    error = sample.matrix.data.astype(np.float64) - rate[item] * size
    sizes = float(sum(int(size) ** power for size in sample.sizes))
    absent = sizes - np.bincount(item, size**power, items)
    return np.asarray(np.bincount(item, error**power, items) + (-rate) ** power * np.maximum(absent, 0.0))
