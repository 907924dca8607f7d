"""Sums over the units of a matrix, some units at a time: little memory beside the matrix, and the same bits.

The counts of a corpus in parts are in as few bytes as hold them (uint16 columns, say): SciPy takes such a matrix as it
is but copies it wider for most of what it does, so that what is done with all units goes through here.

SciPy adds the products of a sparse matrix one after the other, in its order. A sum over some units goes on from that of
the units before if this is its first addend, so that it does not matter how many are taken at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.token_index import ranges

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.integer[Any]]

#: Units that are taken at a time.
UNITS = 1 << 14


def blocks(units: int, step: int = UNITS) -> Iterator[slice]:
    """Yield the rows of some units after others; no rows if there are no units."""
    for begin in range(0, max(units, 1), step):
        yield slice(begin, min(begin + step, units))


def some(counts: sparse.csr_matrix, rows: slice, *, present: bool = False) -> sparse.csr_matrix:
    """Return the counts of some units as float64, or 1 for each, without looking them through."""
    begin, stop = counts.indptr[rows.start], counts.indptr[rows.stop]
    taken = sparse.csr_matrix((rows.stop - rows.start, counts.shape[1]), dtype=np.float64)
    taken.data = np.ones(stop - begin) if present else counts.data[begin:stop].astype(np.float64)
    taken.indices = counts.indices[begin:stop].astype(np.int32, copy=False)
    taken.indptr = (counts.indptr[rows.start : rows.stop + 1] - begin).astype(np.int32, copy=False)
    return taken


def chosen(counts: sparse.csr_matrix, rows: npt.NDArray[np.integer]) -> sparse.csr_matrix:
    """Return the counts of units in the order given, repeats allowed, in as many bytes."""
    begin, size = counts.indptr[:-1][rows], np.diff(counts.indptr)[rows]
    return matrix_of_rows(counts.indices, counts.data, begin, size, counts.shape[1])


def matrix_of_rows(
    columns: Integers, times: Integers, begin: Integers, size: Integers, terms: int
) -> sparse.csr_matrix:
    """Return the matrix whose rows are so many cells from each place on, each row sorted."""
    bounds = np.append(0, np.cumsum(size, dtype=np.int64))
    indices, data = np.empty(bounds[-1], columns.dtype), np.empty(bounds[-1], times.dtype)
    for rows in blocks(len(size)):
        first, to = begin[rows].astype(np.int64), slice(bounds[rows.start], bounds[rows.stop])
        place = ranges(first, first + size[rows])
        indices[to], data[to] = columns[place], times[place]
    return matrix_with(indices, data, bounds, terms)


def matrix_with(indices: Integers, data: Integers, bounds: Integers, terms: int) -> sparse.csr_matrix:
    """Return a matrix of sorted rows with these very arrays, which SciPy would make wider."""
    matrix = sparse.csr_matrix((len(bounds) - 1, terms), dtype=data.dtype)
    matrix.indices, matrix.data = indices, data
    matrix.indptr = bounds.astype(np.int32 if bounds[-1] < 2**31 else np.int64)
    matrix.has_canonical_format = True  # sorted, each column once
    return matrix


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
