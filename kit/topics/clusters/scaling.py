"""A map in the plane of things whose distances are known: metric multidimensional scaling, the same on every machine.

Points are moved until the sum over all pairs of ``(d - δ)²``, δ the distance given and d that in the map, falls no more
(SMACOF; de Leeuw 1977, Borg and Groenen 2005). They start from classical scaling (Torgerson 1952) and, since the way
down may end in a hollow, from a number of random places too; the best end counts. How far the map is from the truth is
its stress,

    stress = sqrt(sum of (d - δ)² / sum of δ²),

0 where all distances are right. It is Kruskal's stress-1 (1964) of the map at its best scale (Borg and Groenen 2005,
chapter 11). `sklearn.manifold.MDS` does the same and is the oracle of the tests; it starts at random, calls a matrix
product whose last digits hang on the processor, and leaves the map turned as it fell.

References
----------
Borg, I. and P. J. F. Groenen. 2005. Modern multidimensional scaling. 2nd ed. Springer.
de Leeuw, J. 1977. Applications of convex analysis to multidimensional scaling. Recent Developments in Statistics,
133-145. North-Holland.
Kruskal, J. B. 1964. Multidimensional scaling by optimizing goodness of fit to a nonmetric hypothesis. Psychometrika
29, 1-27.
Torgerson, W. S. 1952. Multidimensional scaling: I. Theory and method. Psychometrika 17, 401-419.

"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Random starts beside classical scaling.
STARTS = 30
_FIRST_STEPS, _LAST_STEPS = 100, 2000
_SETTLED = 1e-12  # a fall of the stress, of the sum of squares given, that ends the moves
_SWEEPS = 30  # of rotations; they converge in fewer than ten
_TINY = 1e-14
_DIMENSIONS = 2
_PLACES = 6  # decimals in which stresses are compared and places compared and given


def plane(distance: Floats, *, seed: int = 0) -> Floats:
    """Place points in the plane so that their distances are as near as can be to those given."""
    items = len(distance)
    if items == 0:
        return np.zeros((0, _DIMENSIONS))
    random = np.random.Generator(np.random.PCG64(seed)).standard_normal((STARTS, items, _DIMENSIONS))
    spread = math.sqrt(float((distance**2).sum()) / max(items**2 * 2 * _DIMENSIONS, 1))
    starts = np.concatenate([classical(distance[None]), random * spread])
    ends = _moved(distance[None], starts, _FIRST_STEPS)
    best = int(np.argmin(np.round(stress(distance[None], ends), _PLACES)))
    return _turned(_moved(distance[None], ends[best : best + 1], _LAST_STEPS)[0])


def stress_from_classical(distance: Floats) -> Floats:
    """Return the stress that the moves from classical scaling alone reach, for many matrices at once."""
    return np.round(stress(distance, _moved(distance, classical(distance), _FIRST_STEPS)), _PLACES)


def stress(distance: Floats, points: Floats) -> Floats:
    """Return how far maps are from the distances given."""
    lost = ((distances_of(points) - distance) ** 2).sum(axis=(1, 2))
    given = np.broadcast_to((distance**2).sum(axis=(1, 2)), lost.shape)
    return np.asarray(np.sqrt(np.divide(lost, given, out=np.zeros_like(lost), where=given > 0)))


def distances_of(points: Floats) -> Floats:
    """Return the distances between points."""
    apart = points[:, :, None, :] - points[:, None, :, :]
    return np.asarray(np.sqrt(apart[..., 0] ** 2 + apart[..., 1] ** 2))


def classical(distance: Floats) -> Floats:
    """Return the plane of classical scaling: the two largest axes of the doubly centred squared distances."""
    square = distance**2
    middle = square.mean(axis=2, keepdims=True)
    inner = (middle + middle.swapaxes(1, 2) - square - square.mean(axis=(1, 2), keepdims=True)) / 2
    value, vector = _axes(inner)
    order = np.argsort(-np.round(value, 9), axis=1, kind="stable")[:, :_DIMENSIONS]
    chosen = np.take_along_axis(vector, order[:, None, :], axis=2)
    length = np.sqrt(np.maximum(np.take_along_axis(value, order, axis=1), 0))
    points = chosen * length[:, None, :]
    missing = _DIMENSIONS - points.shape[2]
    return np.asarray(np.pad(points, ((0, 0), (0, 0), (0, missing))))


def _axes(matrix: Floats) -> tuple[Floats, Floats]:
    """Return the eigenvalues and eigenvectors (columns) of symmetric matrices, by Jacobi's rotations.

    LAPACK is quicker, but which of equal axes it finds hangs on the processor.
    """
    work = matrix.copy()
    items = work.shape[1]
    vector = np.broadcast_to(np.eye(items), work.shape).copy()
    scale = np.abs(work).max(initial=0.0)
    for _ in range(_SWEEPS):
        if np.abs(np.triu(work, 1)).max(initial=0.0) <= _TINY * scale:
            break
        for p, q in _pairs(items):
            cosine, sine = _rotation(work[:, p, p], work[:, q, q], work[:, p, q])
            for array, rows in ((work, True), (work, False), (vector, False)):
                view = array if rows else array.swapaxes(1, 2)
                one, other = view[:, p].copy(), view[:, q].copy()
                view[:, p] = cosine[:, None] * one - sine[:, None] * other
                view[:, q] = sine[:, None] * one + cosine[:, None] * other
    return np.diagonal(work, axis1=1, axis2=2).copy(), vector


def _pairs(items: int) -> Iterator[tuple[int, int]]:
    """Yield all pairs of axes, row by row."""
    for p in range(items - 1):
        for q in range(p + 1, items):
            yield p, q


def _rotation(one: Floats, other: Floats, shared: Floats) -> tuple[Floats, Floats]:
    """Return cosine and sine of the smaller turn that makes two axes independent; by square roots only."""
    turned = shared != 0
    theta = np.divide(other - one, 2 * shared, out=np.zeros_like(shared), where=turned)
    tangent = np.where(theta < 0, -1.0, 1.0) / (np.abs(theta) + np.sqrt(theta**2 + 1))
    tangent = np.where(turned, tangent, 0.0)
    cosine = 1 / np.sqrt(tangent**2 + 1)
    return np.asarray(cosine), np.asarray(tangent * cosine)


def _moved(distance: Floats, points: Floats, steps: int) -> Floats:
    """Move points by Guttman's transform until the stress of no map falls."""
    items = points.shape[1]
    total = float((distance**2).sum(axis=(1, 2)).max(initial=0.0))
    before = np.inf
    for _ in range(steps):
        far = distances_of(points)
        lost = float(((far - distance) ** 2).sum(axis=(1, 2)).sum())
        if before - lost <= _SETTLED * total:
            break
        before = lost
        ratio = np.divide(distance, far, out=np.zeros_like(far), where=far > _TINY)
        # einsum without optimize calls no BLAS.
        points = (points * ratio.sum(axis=2)[:, :, None] - np.einsum("mij,mjk->mik", ratio, points)) / items
    return points


def _turned(points: Floats) -> Floats:
    """Centre a map, turn it to its longest axis and fix its signs."""
    centred = points - points.mean(axis=0)
    x, y = centred[:, 0], centred[:, 1]
    products = (np.array([float((a * b).sum())]) for a, b in ((x, x), (y, y), (x, y)))
    cosine, sine = _rotation(*products)
    turned = np.column_stack([cosine * x - sine * y, sine * x + cosine * y])
    spread = np.round((turned**2).sum(axis=0), _PLACES)
    turned = np.round(turned[:, ::-1] if spread[1] > spread[0] else turned, _PLACES)
    out = np.abs(turned).argmax(axis=0)
    turned *= np.where(turned[out, [0, 1]] < 0, -1.0, 1.0)
    return np.asarray(turned + 0.0)  # no negative zeros
