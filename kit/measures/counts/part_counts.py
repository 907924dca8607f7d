"""Counts of items by part of a corpus, and what the formulas of dispersion need of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PartCounts:
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
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.sizes)

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
    def share(self) -> Floats:
        """``s`` of every part."""
        return np.asarray(self.sizes / self.sizes.sum())

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
    def defined(self) -> npt.NDArray[np.bool_]:
        """Whether a dispersion can be stated: the item occurs and there are two parts or more."""
        return np.asarray((self.total > 0) & (self.parts > 1), bool)

    def add(self, cells: Floats) -> Floats:
        """Add up the cells of every item."""
        return np.bincount(self.item, weights=cells, minlength=self.matrix.shape[0]).astype(np.float64)


def part_counts(counts: npt.ArrayLike | sparse.sparray, sizes: npt.ArrayLike) -> PartCounts:
    """Make counts by part from a matrix of items × parts."""
    matrix = sparse.csr_array(counts, dtype=np.float64)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return PartCounts(matrix, np.asarray(sizes, np.float64))
