"""Units as points on spheres: latent semantic spaces, their mean taken out, each point drawn to those around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from scipy import sparse

from kit.topics.models.partition import refine
from kit.topics.models.space import LENGTH, Singles, coordinates_of, exact, unit_length
from kit.topics.models.weighting import bm25, tf_idf

#: How terms count, and how many dimensions the spaces of each weighting have: the leading ones of one.
WEIGHTINGS: tuple[Callable[[sparse.csr_matrix], sparse.csr_matrix], ...] = (tf_idf, bm25)
DIMENSIONS = (50, 100)
#: Fine partitions whose centres a point is drawn to, how many parts each has at most, and units in a part at least.
_FINE, _PARTS, _UNITS_A_PART = 12, 100, 20
_FINE_ROUNDS = 4


class Points:
    """Units of one data set as points whose angles tell how much they are about the same, in each of the spaces.

    Latent semantic analysis (Deerwester and others 1990) of TF-IDF and of BM25 weights. From what is left after the
    mean is taken out, a unit is drawn half way to the mean of the centres it has in several fine partitions, that is
    to units like it: single units are noisy, centres less so. The points are the same for every number of topics but
    that it must be smaller than the number of parts of the fine partitions; each kind is made when first asked for.
    """

    def __init__(self, counts: sparse.csr_matrix) -> None:
        """Keep the counts."""
        self._counts = counts
        self._parts = min(_PARTS, counts.shape[0] // _UNITS_A_PART)

    def of(self, n_topics: int) -> tuple[Singles, ...]:
        """Return the points in each of the spaces."""
        return self._drawn if self._parts > n_topics else self._plain

    @cached_property
    def _plain(self) -> tuple[Singles, ...]:
        """Points that are not drawn anywhere."""
        spaces = []
        for weigh in WEIGHTINGS:
            every = coordinates_of(weigh(self._counts), max(DIMENSIONS))
            centred = every - every.mean(axis=0, dtype=np.float64)
            spaces += [exact(unit_length(centred[:, :dimensions])) for dimensions in DIMENSIONS]
        return tuple(spaces)

    @cached_property
    def _drawn(self) -> tuple[Singles, ...]:
        """Points that are drawn to units like them."""
        return tuple(_smoothed(points, self._parts) for points in self._plain)


def _smoothed(points: Singles, parts: int) -> Singles:
    """Draw every point half way to the mean of its centres in fine partitions, which start from evenly spread units."""
    last = len(points) - 1
    steps, width = (np.arange(parts) * len(points)) // parts, max(len(points) // parts, 1)
    begin = [points[np.minimum(steps + (turn * width) // _FINE, last)] for turn in range(_FINE)]
    drawn = np.zeros(points.shape)
    for fine in refine(points, begin, rounds=_FINE_ROUNDS):
        drawn += fine.centres[fine.labels]
    return exact(unit_length(points / LENGTH + unit_length(drawn)))
