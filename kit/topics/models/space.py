"""A space of few dimensions for units: latent semantic analysis with the same bits on every processor.

A library of linear algebra adds in an order that depends on the processor and on the number of threads. So a product is
either one of a sparse matrix with a dense one, which SciPy adds in the order of the matrix, or one of coordinates that
`exact` has rounded so that no sum of their products is rounded again: then the order does not matter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]

#: Units that the space is found from; more are only projected into it.
SAMPLE = 4_000
_ROUNDS = 8
_SIGNS = 20110217
_GRID = 2.0**24
_NOTHING = 1e-8


def sample_of(units: int, most: int = SAMPLE) -> npt.NDArray[np.int64]:
    """Return evenly spread rows: all of them, or `most`."""
    kept = min(units, most)
    return (np.arange(kept, dtype=np.int64) * units) // max(kept, 1)


def basis_of(matrix: sparse.csr_matrix, dimensions: int, rounds: int = _ROUNDS) -> Floats:
    """Return orthonormal vectors that span nearly the same space as the leading right singular vectors of a matrix.

    Block power iteration: Halko, Martinsson and Tropp (2011), SIAM Review 53(2), algorithm 4.4. The block starts from
    sums of evenly spread units with signs drawn once and for all: signs by a rule could cancel out units that repeat.
    """
    units, terms = matrix.shape
    block = min(dimensions, units, terms)
    other = matrix.T.tocsr()
    row = np.arange(units)
    sign = np.random.default_rng(_SIGNS).integers(0, 2, size=units) * 2.0 - 1
    mixed = sparse.csr_matrix((sign, (row, row % max(block, 1))), shape=(units, block))
    vectors = orthonormal(np.ascontiguousarray((other @ mixed).toarray().T))
    for _ in range(rounds):
        image = matrix @ np.ascontiguousarray(vectors.T)
        vectors = orthonormal(np.ascontiguousarray((other @ image).T))
    return np.ascontiguousarray(vectors.T)


def exact(rows: Floats) -> Floats:
    """Round coordinates of vectors of length 1 to multiples of 2^-24.

    Their products are multiples of 2^-48, and every part of the sum of such products is at most about 1, so that it is
    a number of at most 50 binary digits: a float64, which has 53, holds it exactly.
    """
    return np.asarray(np.rint(rows * _GRID) / _GRID, np.float64)


def products(left: Floats, right: Floats) -> Floats:
    """Return the inner product of every row of the one with every row of the other; both have gone through `exact`."""
    return np.asarray(left @ right.T, np.float64)


def unit_length(rows: Floats) -> Floats:
    """Return rows scaled to length 1; rows of no length stay."""
    length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    length[length == 0] = 1
    return np.asarray(rows / length, np.float64)


def orthonormal(rows: Floats) -> Floats:
    """Return rows made orthogonal to each other and of length 1, by Gram-Schmidt, twice.

    Rows that depend on earlier ones are left out.
    """
    kept = np.zeros_like(rows)
    size = 0
    for row in rows:
        length = np.sqrt((row * row).sum())
        if length == 0:
            continue
        rest = row / length
        for _ in range(2):
            done = kept[:size]
            rest -= (done * np.einsum("id,d->i", done, rest)[:, None]).sum(axis=0)
        length = np.sqrt((rest * rest).sum())
        if length > _NOTHING:
            kept[size] = rest / length
            size += 1
    return kept[:size]
