"""A space of few dimensions for units: latent semantic analysis with the same bits on every processor.

A library of linear algebra adds in an order that depends on the processor and on the number of threads. So a product is
either one of a sparse matrix with a dense one, which SciPy adds in the order of the matrix, or one of whole numbers so
small that no sum of their products is rounded (`exact`, `turned`): then the order does not matter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.machine.loaded import compiler_is_loaded
from kit.topics.models.orthogonal import turned

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

#: Units that the space is found from; more are only projected into it.
SAMPLE = 4_000
#: Length of a point in `exact`'s whole numbers, and the product of a point with itself.
LENGTH = 4_000.0
SQUARE = LENGTH * LENGTH
_ROUNDS = 4
_SIGNS = 20110217
#: Stored cells from which on a compiled product is worth its call.
_ENOUGH = 10_000


def sample_of(units: int, most: int = SAMPLE) -> npt.NDArray[np.int64]:
    """Return evenly spread rows: all of them, or `most`."""
    kept = min(units, most)
    return (np.arange(kept, dtype=np.int64) * units) // max(kept, 1)


def coordinates_of(matrix: sparse.csr_matrix, dimensions: int, rounds: int | None = None) -> Singles:
    """Return units as points of nearly the space that the leading singular vectors of a matrix span.

    Block power iteration: Halko, Martinsson and Tropp (2011), SIAM Review 53(2), algorithm 4.4. The block starts from
    sums of evenly spread units with signs drawn once and for all: signs by a rule could cancel out units that repeat.
    The first j coordinates are those of the space that the first j rows of the block lead to, so nearly those of the j
    leading singular vectors. Products are of 32 bits: a point is rounded to fewer.
    """
    units, terms = matrix.shape
    block = min(dimensions, units, terms)
    matrix = matrix.astype(np.float32)
    other = matrix.T.tocsr()
    row = np.arange(units)
    sign = np.random.default_rng(_SIGNS).integers(0, 2, size=units) * 2.0 - 1
    mixed = np.zeros((block, units))
    mixed[row % max(block, 1), row] = sign
    for _ in range(_ROUNDS if rounds is None else rounds):
        mixed = turned(times(matrix, times(other, _columns(mixed))).T)
    return times(matrix, _columns(turned(times(other, _columns(mixed)).T)))


def _columns(rows: Floats) -> Singles:
    """Return rows as the columns of an array of 32 bits."""
    return np.ascontiguousarray(rows.T, np.float32)


def times(matrix: sparse.csr_matrix, dense: Singles) -> Singles:
    """Multiply a sparse matrix by a dense one; compiled where the compiler is loaded, with the same bits."""
    if compiler_is_loaded() and matrix.nnz >= _ENOUGH:
        from kit.topics.models import kernel  # noqa: PLC0415 - loading the compiler is not for few units

        found = np.zeros((matrix.shape[0], dense.shape[1]), np.float32)
        kernel.times(matrix.data, matrix.indices, matrix.indptr, dense, found)
        return found
    return np.asarray(matrix @ dense, np.float32)


def exact(rows: npt.NDArray[np.floating]) -> Singles:
    """Return vectors of length 1 as vectors of whole numbers, of length `LENGTH` or nearly.

    Every part of the sum of products of two of them is at most about 16 million (Cauchy and Schwarz), below 2^24: a
    number of 32 bits holds it exactly, with room for what rounding adds to a length in 30,000 dimensions.
    """
    return np.asarray(np.rint(rows * LENGTH), np.float32)


def products(left: Singles, right: Singles) -> Singles:
    """Return the inner product of every row of the one with every row of the other; both have gone through `exact`.

    `SQUARE` stands for a cosine of 1.
    """
    return np.asarray(left @ right.T, np.float32)


def unit_length(rows: npt.NDArray[np.floating]) -> Floats:
    """Return rows scaled to length 1; rows of no length stay."""
    rows = np.asarray(rows, np.float64)
    length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    length[length == 0] = 1
    return np.asarray(rows / length, np.float64)
