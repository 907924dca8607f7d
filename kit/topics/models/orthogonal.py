"""Rows made orthogonal to each other, with the same bits on every processor.

`turned` is Cholesky-QR: with G = V V' and G = L L', the rows of L^-1 V are orthogonal, and its first j rows span what
the first j rows of V do (Yamamoto and others 2015, ETNA 44). It takes products of whole matrices, where Gram-Schmidt
takes one row after the other. Such products go through BLAS, whose order of addition depends on the processor; so rows
are split into two digits of 2^-20, and sums of products of digits are exact in float64, in whatever order. L is
computed here, without BLAS. Rounding to the digits moves a row by about 1e-12 of its length.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_DIGIT = 2.0**20
_NOTHING = 1e-8
#: The least squared part of a row, of length 1, that earlier rows do not span, for Cholesky-QR to be exact enough.
_APART = 1e-4


def orthonormal(rows: Floats, images: Floats | None = None) -> tuple[Floats, Floats]:
    """Return rows made orthogonal and of length 1 by Gram-Schmidt, twice, and their images by a symmetric matrix.

    Two rows are orthogonal if the one is so to the image of the other; without images, rows are their own. Rows that
    depend on earlier ones are left out.
    """
    images = rows if images is None else images
    kept, seen = np.zeros_like(rows), np.zeros_like(rows)
    size = 0
    for row, image in zip(rows, images, strict=True):
        length = np.sqrt(max((row * image).sum(), 0.0))
        if length == 0:
            continue
        rest, shown = row / length, image / length
        for _ in range(2):
            common = np.einsum("id,d->i", seen[:size], rest)[:, None]
            rest = rest - (kept[:size] * common).sum(axis=0)
            shown = rest if images is rows else shown - (seen[:size] * common).sum(axis=0)
        length = np.sqrt(max((rest * shown).sum(), 0.0))
        if length > _NOTHING:
            kept[size], seen[size] = rest / length, shown / length
            size += 1
    return kept[:size], seen[:size]


def turned(rows: Floats) -> Floats:
    """Return nearly orthogonal rows of length 1 that span the same space; those that depend on others are left out.

    By Cholesky-QR, orthogonal to about 1e-6; by Gram-Schmidt, where rows nearly depend on each other.
    """
    size = len(rows)
    length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    if not size or not length.all():
        return orthonormal(rows)[0]
    scaled = rows / length * _DIGIT
    high = np.rint(scaled)
    digits = np.concatenate([high, np.rint((scaled - high) * _DIGIT)]) / _DIGIT
    products = digits @ digits.T
    crossed = products[:size, size:]
    factor = _inverse(products[:size, :size] + (crossed + crossed.T) / _DIGIT + products[size:, size:] / _DIGIT**2)
    if factor is None:
        return orthonormal(rows)[0]
    # A factor that is rounded mixes the rows a little otherwise, but they span what they did.
    _, power = np.frexp(np.abs(factor).sum(axis=1).max())
    factor = np.rint(np.ldexp(factor, -power) * _DIGIT) / _DIGIT
    made = factor @ digits[:size] + factor @ digits[size:] / _DIGIT
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
