"""Sums over the units of a matrix, some units at a time: little memory beside the matrix, and the same bits.

SciPy adds the products of a sparse matrix one after the other, in its order. A sum over some units goes on from that of
the units before if this is its first addend, so that it does not matter how many are taken at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]

#: Units that are taken at a time.
UNITS = 1 << 14


def blocks(units: int) -> Iterator[slice]:
    """Yield the rows of some units after others; no rows if there are no units."""
    for begin in range(0, max(units, 1), UNITS):
        yield slice(begin, min(begin + UNITS, units))


def some(counts: sparse.csr_matrix, rows: slice, *, present: bool = False) -> sparse.csr_matrix:
    """Return the counts of some units as float64, or 1 for each, without looking them through."""
    begin, stop = counts.indptr[rows.start], counts.indptr[rows.stop]
    taken = sparse.csr_matrix((rows.stop - rows.start, counts.shape[1]), dtype=np.float64)
    taken.data = np.ones(stop - begin) if present else counts.data[begin:stop].astype(np.float64)
    taken.indices, taken.indptr = counts.indices[begin:stop], counts.indptr[rows.start : rows.stop + 1] - begin
    return taken


def summed(counts: sparse.csr_matrix, weights: Floats, *, present: bool = False) -> Floats:
    """Return terms × topics: the weights of the units that hold a term, times how often or, if `present`, once each."""
    terms = counts.shape[1]
    total = np.zeros((terms, weights.shape[1]))
    for rows in blocks(counts.shape[0]):
        part, weight = some(counts, rows, present=present), weights[rows]
        if rows.start:
            before = sparse.identity(terms, np.float64, format="csr")
            part, weight = sparse.vstack([before, part], format="csr"), np.concatenate([total, weight])
        total = np.asarray(part.T @ np.ascontiguousarray(weight), np.float64)
    return total


def running(counts: sparse.csr_matrix) -> Floats:
    """Return how often each term stands in all units; SciPy's own sum would hold all counts once more, and wider."""
    total = np.zeros(counts.shape[1])
    for rows in blocks(counts.shape[0]):
        part = some(counts, rows)
        total += np.bincount(part.indices, part.data, counts.shape[1])
    return total
