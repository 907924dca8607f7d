"""A space of few dimensions for units: latent semantic analysis with the same bits on every processor.

A library of linear algebra adds in an order that depends on the processor and on the number of threads. So a product is
either one of a sparse matrix with a dense one, which SciPy adds in the order of the matrix, or one of coordinates that
`exact` has rounded so that no sum of their products is rounded again: then the order does not matter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.indexing import compiler_is_loaded
from kit.topics.models.orthogonal import orthonormal, turned

Floats = npt.NDArray[np.float64]

#: Units that the space is found from; more are only projected into it.
SAMPLE = 4_000
_ROUNDS = 8
_SIGNS = 20110217
_GRID = 2.0**24
#: Stored cells from which on a compiled product is worth its call.
_ENOUGH = 10_000


def sample_of(units: int, most: int = SAMPLE) -> npt.NDArray[np.int64]:
    """Return evenly spread rows: all of them, or `most`."""
    kept = min(units, most)
    return (np.arange(kept, dtype=np.int64) * units) // max(kept, 1)


def coordinates_of(matrix: sparse.csr_matrix, dimensions: int, rounds: int = _ROUNDS) -> Floats:
    """Return units as points of nearly the space that the leading singular vectors of a matrix span.

    Block power iteration: Halko, Martinsson and Tropp (2011), SIAM Review 53(2), algorithm 4.4. The block starts from
    sums of evenly spread units with signs drawn once and for all: signs by a rule could cancel out units that repeat.
    It is multiplied by M M', whose rows are as many as units, and not by M' M: the space is the same, and so are
    the coordinates, M V with V the rows of M' B made orthonormal, since the images M M' B hold all products of these.
    """
    units, terms = matrix.shape
    block = min(dimensions, units, terms)
    other = matrix.T.tocsr()
    row = np.arange(units)
    sign = np.random.default_rng(_SIGNS).integers(0, 2, size=units) * 2.0 - 1
    mixed = np.zeros((block, units))
    mixed[row % max(block, 1), row] = sign

    def image(rows: Floats) -> Floats:
        return np.ascontiguousarray(times(matrix, times(other, np.ascontiguousarray(rows.T))).T)

    for _ in range(rounds):
        mixed = turned(image(mixed))
    _, images = orthonormal(mixed, image(mixed))
    return np.ascontiguousarray(images.T)


def times(matrix: sparse.csr_matrix, dense: Floats) -> Floats:
    """Multiply a sparse matrix by a dense one; compiled where the compiler is loaded, with the same bits."""
    if compiler_is_loaded() and matrix.nnz >= _ENOUGH:
        from kit.topics.models import kernel  # noqa: PLC0415 - loading the compiler is not for few units

        found = np.zeros((matrix.shape[0], dense.shape[1]))
        kernel.times(matrix.data, matrix.indices, matrix.indptr, dense, found)
        return found
    return np.asarray(matrix @ dense, np.float64)


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
