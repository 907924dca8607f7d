"""Counts of items by part of a corpus, and what the formulas of dispersion need of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.token_index import Int64
from kit.measures.counts.above import sums_above

Floats = npt.NDArray[np.float64]


class Spread(Protocol):
    """What some formulas do with: sums of items over parts, and the sizes of the parts; `PartCounts` explains them."""

    @property
    def sizes(self) -> Floats:
        """Words and numbers of every part."""
        ...

    @property
    def parts(self) -> int:
        """How many parts there are."""
        ...

    @property
    def share(self) -> Floats:
        """``s`` of every part."""
        ...

    @property
    def total(self) -> Floats:
        """``f`` of every item."""
        ...

    @property
    def range(self) -> Floats:
        """In how many parts every item occurs."""
        ...

    @property
    def above(self) -> tuple[Int64, Int64]:
        """Occurrences of every item, and words, of the parts that have more of it than their share."""
        ...

    @property
    def defined(self) -> npt.NDArray[np.bool_]:
        """Whether a dispersion can be stated."""
        ...


class _OfParts:
    """What follows from the sizes of parts and the totals of items."""

    sizes: Floats

    @cached_property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.sizes)

    @cached_property
    def share(self) -> Floats:
        """``s`` of every part."""
        return np.asarray(self.sizes / self.sizes.sum())

    def _defined(self, total: Floats) -> npt.NDArray[np.bool_]:
        """Whether a dispersion can be stated: the item occurs and there are two parts or more."""
        return np.asarray((total > 0) & (self.parts > 1), bool)


@dataclass(frozen=True, eq=False)
class ItemSums(_OfParts):
    """What was added up of items over all parts, wherever these lie; a `Spread`.

    Parameters
    ----------
    sizes : float64 array, one per part
    total, range : float64 arrays, one per item
    above : tuple of two int64 arrays, one value per item
        As `kit.measures.counts.above.sums_above` returns them.

    """

    sizes: Floats
    total: Floats
    range: Floats
    above: tuple[Int64, Int64]

    @cached_property
    def defined(self) -> npt.NDArray[np.bool_]:
        """Whether a dispersion can be stated."""
        return self._defined(self.total)


@dataclass(frozen=True, eq=False)
class PartCounts(_OfParts):
    """Counts of items by part.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array, items × parts
        How often each item occurs in each part; no stored zeros.
    sizes : float64 array, one per part
        Words and numbers of the part, all above 0.

    Examples
    --------
    >>> parts = part_counts([[1, 2, 3, 4, 5]], [9, 10, 10, 10, 11])
    >>> parts.total, parts.range, parts.parts
    (array([15.]), array([5.]), 5)

    """

    matrix: sparse.csr_array
    sizes: Floats

    @cached_property
    def count(self) -> Floats:
        """``v`` of every cell that is not zero."""
        return np.asarray(self.matrix.data, np.float64)

    @cached_property
    def part(self) -> npt.NDArray[np.intp]:
        """Part of every cell."""
        return np.asarray(self.matrix.indices, np.intp)

    @cached_property
    def item(self) -> npt.NDArray[np.intp]:
        """Item of every cell."""
        return np.repeat(np.arange(self.matrix.shape[0]), np.diff(self.matrix.indptr))

    @cached_property
    def share_of_cell(self) -> Floats:
        """``s`` of the part of every cell."""
        return self.share[self.part]

    @cached_property
    def rate(self) -> Floats:
        """``p`` of every cell."""
        return np.asarray(self.count / self.sizes[self.part])

    @cached_property
    def total(self) -> Floats:
        """``f`` of every item."""
        return np.asarray(self.matrix @ np.ones(self.parts, self.matrix.dtype), np.float64)

    @cached_property
    def range(self) -> Floats:
        """In how many parts every item occurs."""
        return np.asarray(np.diff(self.matrix.indptr), np.float64)

    @cached_property
    def part_of_total(self) -> Floats:
        """``t`` of every cell."""
        return np.asarray(self.count / self.total[self.item], np.float64)

    @cached_property
    def above(self) -> tuple[Int64, Int64]:
        """Occurrences of every item, and words, of the parts that have more of it than their share."""
        sizes = self.sizes.astype(np.int64)
        return sums_above(self.matrix, sizes, self.total.astype(np.int64), int(sizes.sum()))

    @cached_property
    def defined(self) -> npt.NDArray[np.bool_]:
        """Whether a dispersion can be stated."""
        return self._defined(self.total)

    def add(self, cells: Floats) -> Floats:
        """Add up the cells of every item."""
        return np.bincount(self.item, weights=cells, minlength=self.matrix.shape[0]).astype(np.float64)


def part_counts(counts: npt.ArrayLike | sparse.sparray, sizes: npt.ArrayLike) -> PartCounts:
    """Make counts by part from a matrix of items × parts."""
    matrix = sparse.csr_array(counts, dtype=np.float64)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return PartCounts(matrix, np.asarray(sizes, np.float64))
