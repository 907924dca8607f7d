"""Null data: the corpus with every running term moved to a place drawn at random.

Units keep their length and terms their number, so that all that is lost is which terms stand together. A corpus that is
shuffled once more is one of the same kind: against such null data it can be told from them only by chance.

"""

from __future__ import annotations

import numpy as np
from scipy import sparse


def shuffled(counts: sparse.csr_matrix, random: np.random.Generator) -> sparse.csr_matrix:
    """Redistribute running terms over units.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix of int, units × terms
    random : numpy Generator
        One permutation of all running terms is drawn.

    Returns
    -------
    scipy.sparse.csr_matrix of the same dtype, units × terms
        The sums of rows and columns are those of `counts`; rows are sorted.

    Examples
    --------
    >>> before = sparse.csr_matrix(np.array([[2, 0], [1, 1]]))
    >>> after = shuffled(before, np.random.default_rng(0))
    >>> after.sum(axis=0).tolist(), after.sum(axis=1).tolist()
    ([[3, 1]], [[2], [2]])

    """
    term = np.repeat(counts.indices, counts.data)
    unit = np.repeat(np.arange(counts.shape[0]), np.asarray(counts.sum(axis=1), np.int64).ravel())
    cells = (np.ones(len(term), counts.dtype), (unit, random.permutation(term)))
    moved = sparse.coo_matrix(cells, shape=counts.shape).tocsr()
    moved.sum_duplicates()
    moved.sort_indices()
    return moved
