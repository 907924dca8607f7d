"""Partitions of points on a sphere: spherical k-means from many starts, and the partition they agree on most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.topics.models.space import Floats, exact, products, unit_length

Labels = npt.NDArray[np.int64]

#: Starts in each space.
STARTS = 10
_BARRED = -2.0
_ROUNDS = 30
_CANDIDATES = 3
_DIGITS = 9


class Partition(NamedTuple):
    """Points shared out among centres.

    Attributes
    ----------
    labels : int64 array, one per point
    centres : float64 array, parts × dimensions
        Of length 1, rounded by `exact`.
    total : float64
        Sum of every point's cosine with its centre.

    """

    labels: Labels
    centres: Floats
    total: float


def refine(
    points: Floats, centres: Floats, barred: npt.NDArray[np.bool_] | None = None, rounds: int = _ROUNDS
) -> Partition:
    """Move centres to the mean direction of the points nearest to them, until no point changes its centre.

    Dhillon and Modha (2001), Machine Learning 42, with equal points going to the centre with the lower number.
    """
    anchored, size = 0 if barred is None else barred.shape[1], len(centres)
    rows = np.arange(len(points))
    likeness = _open(products(points, centres), barred)
    labels = likeness.argmax(axis=1)
    for _ in range(rounds):
        sums = membership(labels, size).T.tocsr() @ points
        empty = np.flatnonzero(np.bincount(labels, minlength=size) == 0)
        empty = empty[empty >= anchored]
        if len(empty):
            worst = np.argsort(likeness[rows, labels], kind="stable")[: len(empty)]
            sums[empty[: len(worst)]] = points[worst]
        gone = np.flatnonzero(~sums.any(axis=1))
        sums[gone] = centres[gone]
        centres = exact(unit_length(sums))
        likeness = _open(products(points, centres), barred)
        now = likeness.argmax(axis=1)
        if np.array_equal(now, labels):
            break
        labels = now
    return Partition(labels.astype(np.int64), centres, float(likeness[rows, labels].sum().round(_DIGITS)))


def _open(likeness: Floats, barred: npt.NDArray[np.bool_] | None) -> Floats:
    """Put parts that a point may not be in behind all others."""
    if barred is not None:
        likeness[:, : barred.shape[1]][barred] = _BARRED
    return likeness


def agreed(
    spaces: Sequence[Floats],
    size: int,
    seed: int,
    fixed: Sequence[Floats] | None = None,
    barred: npt.NDArray[np.bool_] | None = None,
    begin: Labels | None = None,
) -> Labels:
    """Return the partition that partitions from many starts, in several spaces, agree on most.

    Strehl and Ghosh (2002), JMLR 3: each point is described by its part in every partition, and these descriptions
    are partitioned, from the best partitions of each space on. The result varies less with the seed than the best of
    as many starts.
    """
    anchored = 0 if barred is None else barred.shape[1]
    found: list[list[Partition]] = []
    for number, points in enumerate(spaces):
        own = np.zeros((0, points.shape[1])) if fixed is None else fixed[number]
        if begin is not None:
            starts = [exact(unit_length(membership(begin, size).T.tocsr() @ points))]
        else:
            draws = [np.random.default_rng([seed, number, start]) for start in range(STARTS)]
            starts = [spread(points, own, size, random) for random in draws]
        partitions = [refine(points, start, barred) for start in starts]
        found.append(sorted(partitions, key=lambda partition: -partition.total))
    described = sparse.hstack([membership(one.labels, size) for space in found for one in space]).tocsr()
    best: tuple[float, Labels] | None = None
    for partition in (one for space in found for one in space[:_CANDIDATES]):
        labels, total = _consensus(described, partition.labels, size)
        complete = bool((np.bincount(labels, minlength=size)[anchored:] > 0).all())
        if complete and (best is None or total > best[0]):
            best = total, labels
    return best[1] if best is not None else found[0][0].labels


def spread(points: Floats, fixed: Floats, size: int, random: np.random.Generator) -> Floats:
    """Draw centres that are far from each other among the points, with probability 1 - cosine to the nearest.

    Of several draws that one is kept that leaves the points nearest to centres (greedy k-means++, Arthur and
    Vassilvitskii 2007).
    """
    tries = 2 + int(math.log(size))
    centres = [*fixed]
    if not centres:
        centres.append(points[int(random.integers(len(points)))])
    distance = 1 - products(points, np.stack(centres)).max(axis=1)
    while len(centres) < size:
        reach = np.cumsum(np.maximum(distance, 0))
        drawn = np.searchsorted(reach, random.random(tries) * reach[-1], side="right")
        rows = np.minimum(drawn, len(points) - 1)
        left = np.minimum(distance[:, None], 1 - products(points, points[rows]))
        best = int(np.argmin(np.maximum(left, 0).sum(axis=0).round(_DIGITS)))
        centres.append(points[rows[best]])
        distance = left[:, best]
    return np.stack(centres)


def membership(labels: Sequence[int] | Labels, size: int) -> sparse.csr_matrix:
    """Return points × parts, 1 where a point is in a part."""
    count = len(labels)
    return sparse.csr_matrix((np.ones(count), np.asarray(labels), np.arange(count + 1)), shape=(count, size))


def _consensus(described: sparse.csr_matrix, labels: Labels, size: int) -> tuple[Labels, float]:
    """Partition points by their parts in other partitions, from one of these on; return the total cosine as well."""
    rows = np.arange(len(labels))
    for _ in range(_ROUNDS):
        centres = unit_length((membership(labels, size).T.tocsr() @ described).toarray())
        likeness = (described @ np.ascontiguousarray(centres.T)).round(_DIGITS)
        now = likeness.argmax(axis=1)
        if np.array_equal(now, labels):
            break
        labels = now
    return labels.astype(np.int64), float(likeness[rows, labels].sum().round(_DIGITS))
