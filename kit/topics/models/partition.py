"""Partitions of points on a sphere: spherical k-means from many starts, and the partition they agree on most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.topics.models.space import SQUARE, Singles, exact, products, unit_length

Labels = npt.NDArray[np.int64]

#: Starts in each space.
STARTS = 10
_BARRED = -2 * SQUARE
#: Rounds of a start at most, and of what starts agree on.
_ROUNDS, _OF_CONSENSUS = 10, 30
_CANDIDATES = 3
_DIGITS = 9
_CELLS = 1 << 16  # of a block of likenesses


class Partition(NamedTuple):
    """Points shared out among centres.

    Attributes
    ----------
    labels : int64 array, one per point
    centres : float32 array, parts × dimensions
        Whole numbers, from `exact`.
    total : float64
        Sum of every point's cosine with its centre.

    """

    labels: Labels
    centres: Singles
    total: float


def refine(
    points: Singles,
    starts: Sequence[Singles],
    barred: npt.NDArray[np.bool_] | None = None,
    rounds: int = _ROUNDS,
) -> list[Partition]:
    """Move centres to the mean direction of the points nearest to them, until no point changes its centre.

    Dhillon and Modha (2001), Machine Learning 42, with equal points going to the centre with the lower number. All
    starts, each of as many centres, move at the same time; a start that has come to rest is put down.
    """
    anchored, size = 0 if barred is None else barred.shape[1], len(starts[0])
    width = points.shape[1]
    centres = np.stack(starts)
    left = np.arange(len(starts))
    found: dict[int, Partition] = {}
    labels, likeness = _nearest(points, centres, barred)
    whole = _sums(points, labels, size)
    for turn in range(rounds + 1):
        now = labels
        if turn:
            sums = whole.copy()
            for start in range(len(left)):
                empty = np.flatnonzero(np.bincount(labels[:, start], minlength=size) == 0)
                empty = empty[empty >= anchored]
                if len(empty):
                    worst = np.argsort(likeness[:, start], kind="stable")[: len(empty)]
                    sums[start, empty[: len(worst)]] = points[worst]
            gone = ~sums.any(axis=2)
            sums[gone] = centres[gone]
            centres = exact(unit_length(sums.reshape(-1, width))).reshape(sums.shape)
            now, likeness = _nearest(points, centres, barred)
            whole = _moved(whole, points, labels, now)
        resting = (now == labels).all(axis=0) if turn else np.zeros(len(left), bool)
        ended = resting if turn < rounds else np.ones(len(left), bool)
        for start in np.flatnonzero(ended).tolist():
            total = float(likeness[:, start].sum(dtype=np.float64)) / SQUARE
            found[int(left[start])] = Partition(now[:, start].astype(np.int64), centres[start], total)
        if ended.all():
            break
        left, centres, labels, likeness = left[~ended], centres[~ended], now[:, ~ended], likeness[:, ~ended]
        whole = whole[~ended]
    return [found[number] for number in range(len(starts))]


def _sums(points: Singles, labels: Labels, size: int) -> Singles:
    """Return the sum of the points of each part of each start.

    Exact: up to 4,000 points of whole numbers up to 4,000 add up to less than 2^24.
    """
    sums = membership(labels, size, np.float32).T.tocsr() @ points
    return np.asarray(sums, np.float32).reshape(labels.shape[1], size, points.shape[1])


def _moved(sums: Singles, points: Singles, labels: Labels, now: Labels) -> Singles:
    """Return the sums after some points have moved from part to part: exactly what adding all up again would give."""
    starts, size, _ = sums.shape
    row, start = np.nonzero(labels != now)
    parts = np.concatenate([now[row, start], labels[row, start]]) + np.tile(start * size, 2)
    signs = np.repeat(np.array([1, -1], np.float32), len(row))
    change = sparse.csr_matrix((signs, (parts, np.tile(row, 2))), shape=(starts * size, len(points)))
    return sums + np.asarray(change @ points, np.float32).reshape(sums.shape)


def _nearest(points: Singles, centres: Singles, barred: npt.NDArray[np.bool_] | None) -> tuple[Labels, Singles]:
    """Return the nearest centre that each point may be in, in every start, and their likeness; some points at a time.

    Products are exact, so nothing depends on how many points that are; but a block stays in the processor's cache.
    """
    starts, size, width = centres.shape
    every = centres.reshape(starts * size, width)
    labels = np.empty((len(points), starts), np.int64)
    nearest = np.empty((len(points), starts), np.float32)
    step = max(_CELLS // len(every), 1)
    for begin in range(0, len(points), step):
        block = slice(begin, begin + step)
        likeness = products(points[block], every).reshape(-1, starts, size)
        if barred is not None:
            closed = np.broadcast_to(barred[block, None], (len(likeness), starts, barred.shape[1]))
            likeness[:, :, : barred.shape[1]][closed] = _BARRED
        labels[block] = own = likeness.argmax(axis=2)
        places = np.arange(0, likeness.size, size) + own.ravel()
        nearest[block] = likeness.ravel()[places].reshape(own.shape)
    return labels, nearest


def agreed(
    spaces: Sequence[Singles],
    size: int,
    seed: int,
    fixed: Sequence[Singles] | None = None,
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
        own = np.zeros((0, points.shape[1]), np.float32) if fixed is None else fixed[number]
        if begin is not None:
            starts = [exact(unit_length(membership(begin, size).T.tocsr() @ points))]
        else:
            draws = [np.random.default_rng([seed, number, start]) for start in range(STARTS)]
            starts = spread(points, own, size, draws)
        partitions = refine(points, starts, barred)
        found.append(sorted(partitions, key=lambda partition: -partition.total))
    described = np.stack([one.labels for space in found for one in space], axis=1)
    candidates = [one.labels for space in found for one in space[:_CANDIDATES]]
    best: tuple[float, Labels] | None = None
    for labels, total in _consensus(described, candidates, size):
        complete = bool((np.bincount(labels, minlength=size)[anchored:] > 0).all())
        if complete and (best is None or total > best[0]):
            best = total, labels
    return best[1] if best is not None else found[0][0].labels


def spread(points: Singles, fixed: Singles, size: int, draws: Sequence[np.random.Generator]) -> list[Singles]:
    """Draw centres that are far from each other among the points, with probability 1 - cosine to the nearest.

    Of several draws that one is kept that leaves the points nearest to centres (greedy k-means++, Arthur and
    Vassilvitskii 2007). Every generator makes a start of its own.
    """
    tries, starts = 2 + int(math.log(size)), len(draws)
    if len(fixed):
        centres = [np.broadcast_to(row, (starts, len(row))) for row in fixed]
        nearest = products(points, fixed).max(axis=1)
        distance = np.repeat((SQUARE - nearest)[:, None], starts, axis=1)
    else:
        centres = [points[[int(random.integers(len(points))) for random in draws]]]
        distance = SQUARE - products(points, centres[0])
    while len(centres) < size:
        reach = np.cumsum(np.maximum(distance, 0), axis=0, dtype=np.float64)
        places = [
            np.searchsorted(reach[:, start], random.random(tries) * reach[-1, start], side="right")
            for start, random in enumerate(draws)
        ]
        rows = np.minimum(np.stack(places), len(points) - 1)
        near = products(points, points[rows.ravel()]).reshape(len(points), starts, tries)
        left = np.minimum(distance[:, :, None], SQUARE - near)
        best = np.argmin(np.maximum(left, 0).sum(axis=0, dtype=np.float64), axis=1)
        centres.append(points[rows[np.arange(starts), best]])
        distance = np.ascontiguousarray(left[:, np.arange(starts), best])
    return [*np.stack(centres, axis=1)]


def membership(labels: Sequence[int] | Labels, size: int, kind: type[np.floating] = np.float64) -> sparse.csr_matrix:
    """Return points × parts, 1 where a point is in a part; several partitions, as columns, stand side by side."""
    several = np.asarray(labels).reshape(len(labels), -1)
    count, partitions = several.shape
    column = several + np.arange(partitions) * size
    bounds = np.arange(count + 1) * partitions
    return sparse.csr_matrix((np.ones(column.size, kind), column.ravel(), bounds), shape=(count, partitions * size))


def _consensus(described: Labels, candidates: Sequence[Labels], size: int) -> list[tuple[Labels, float]]:
    """Partition points by their parts in other partitions, from some of these on; return the total cosines as well."""
    parts = membership(described, size)
    rows = np.arange(len(described))
    labels = np.stack(candidates, axis=1)
    left = np.arange(len(candidates))
    found: dict[int, tuple[Labels, float]] = {}
    for turn in range(1, _OF_CONSENSUS + 1):
        centres = unit_length((membership(labels, size).T.tocsr() @ parts).toarray())
        likeness = (parts @ np.ascontiguousarray(centres.T)).round(_DIGITS).reshape(len(rows), len(left), size)
        now = likeness.argmax(axis=2)
        ended = (now == labels).all(axis=0) if turn < _OF_CONSENSUS else np.ones(len(left), bool)
        for start in np.flatnonzero(ended).tolist():
            own = now[:, start].astype(np.int64)
            found[int(left[start])] = own, float(likeness[rows, start, own].sum().round(_DIGITS))
        if ended.all():
            break
        left, labels = left[~ended], now[:, ~ended]
    return [found[number] for number in range(len(candidates))]
