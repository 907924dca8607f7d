"""Null data: the corpus with every running term moved to a place drawn at random.

Units keep their length and terms their number, so that all that is lost is which terms stand together. A corpus that is
shuffled once more is one of the same kind: against such null data it can be told from them only by chance.

"""

from __future__ import annotations

import numpy as np
from scipy import sparse


def shuffled(counts: sparse.csr_matrix, random: np.random.Generator) -> sparse.csr_matrix:
    """Redistribute running terms over units."""
    term = np.repeat(counts.indices, counts.data)
    unit = np.repeat(np.arange(counts.shape[0]), np.asarray(counts.sum(axis=1), np.int64).ravel())
    cells = (np.ones(len(term), counts.dtype), (unit, random.permutation(term)))
    moved = sparse.coo_matrix(cells, shape=counts.shape).tocsr()
    moved.sum_duplicates()
    moved.sort_indices()
    return moved
