"""Rows made orthogonal to each other, with the same bits on every processor.

`turned` is Cholesky-QR: with G = V V' and G = L L', the rows of L^-1 V are orthogonal, and its first j rows span what
the first j rows of V do (Yamamoto and others 2015, ETNA 44). It takes products of whole matrices, where Gram-Schmidt
takes one row after the other. Such products go through BLAS, whose order of addition depends on the processor; so rows
of length 1 are rounded to multiples of 2^-26, and sums of their products are exact in float64, in whatever order. L is
computed here, without BLAS. Rounding moves each number of a row by at most 1e-8, less than products of 32 bits do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_GRID, _FACTOR = 2.0**26, 2.0**20
_NOTHING = 1e-6
#: The least squared part of a row, of length 1, that earlier rows do not span, for Cholesky-QR to be exact enough.
_APART = 1e-4


def orthonormal(rows: Floats) -> Floats:
    """Return rows made orthogonal and of length 1 by Gram-Schmidt, twice, without those that depend on earlier ones."""
    kept = np.zeros_like(rows)
    size = 0
    for row in rows:
        length = np.sqrt((row * row).sum())
        if length == 0:
            continue
        rest = row / length
        for _ in range(2):
            rest = rest - (kept[:size] * np.einsum("id,d->i", kept[:size], rest)[:, None]).sum(axis=0)
        length = np.sqrt((rest * rest).sum())
        if length > _NOTHING:
            kept[size] = rest / length
            size += 1
    return kept[:size]


def turned(rows: npt.NDArray[np.floating]) -> Floats:
    """Return nearly orthogonal rows of length 1 that span the same space; those that depend on others are left out.

    By Cholesky-QR, orthogonal to 1e-3 or much better; by Gram-Schmidt, where rows nearly depend on each other.
    """
    wide: Floats = rows.astype(np.float64)
    length = np.sqrt((wide * wide).sum(axis=1, keepdims=True))
    if not length.size or not length.all():
        return orthonormal(wide)
    rounded = wide / length
    rounded *= _GRID
    np.rint(rounded, out=rounded)
    rounded /= _GRID
    factor = _inverse(rounded @ rounded.T)
    if factor is None:
        return orthonormal(wide)
    # A factor that is rounded mixes the rows a little otherwise, but they span what they did.
    _, power = np.frexp(np.abs(factor).sum(axis=1).max())
    factor = np.rint(np.ldexp(factor, -power) * _FACTOR) / _FACTOR
    made = factor @ rounded
    return np.asarray(made / np.sqrt((made * made).sum(axis=1, keepdims=True)), np.float64)


def _inverse(products: Floats) -> Floats | None:
    """Return the inverse of the Cholesky factor of inner products, by elimination; nothing where a pivot is small."""
    size = len(products)
    left = np.concatenate([products, np.eye(size)], axis=1)
    for row in range(size):
        pivot = left[row, row]
        if pivot < _APART:
            return None
        left[row] /= np.sqrt(pivot)
        below = left[row + 1 :, row, None] / np.sqrt(pivot)
        left[row + 1 :, row + 1 : size + row + 1] -= below * left[row, row + 1 : size + row + 1]
    return left[:, size:]
