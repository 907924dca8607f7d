"""Units as points on spheres: latent semantic spaces, their mean taken out, each point drawn to those around it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from kit.topics.models.partition import refine
from kit.topics.models.space import Floats, basis_of, exact, products, unit_length
from kit.topics.models.weighting import bm25, tf_idf

#: The spaces: how terms count, and how many dimensions there are.
SPACES: tuple[tuple[Callable[[sparse.csr_matrix], sparse.csr_matrix], int], ...] = (
    (tf_idf, 50),
    (bm25, 50),
    (tf_idf, 100),
    (bm25, 100),
)
#: Fine partitions whose centres a point is drawn to, how many parts each has at most, and units in a part at least.
_FINE, _PARTS, _UNITS_A_PART = 12, 100, 20
_FINE_ROUNDS = 8


def points_of(counts: sparse.csr_matrix, n_topics: int) -> tuple[Floats, ...]:
    """Return units as points whose angles tell how much they are about the same, in each of the spaces.

    Latent semantic analysis (Deerwester and others 1990) of TF-IDF and of BM25 weights. From what is left after the
    mean is taken out, a unit is drawn half way to the mean of the centres it has in several fine partitions, that is
    to units like it: single units are noisy, centres less so.
    """
    parts = min(_PARTS, counts.shape[0] // _UNITS_A_PART)
    spaces = []
    for weigh, dimensions in SPACES:
        weighted = weigh(counts)
        coordinates = np.asarray(weighted @ basis_of(weighted, dimensions), np.float64)
        points = exact(unit_length(coordinates - coordinates.mean(axis=0)))
        spaces.append(_smoothed(points, parts) if parts > n_topics else points)
    return tuple(spaces)


def _smoothed(points: Floats, parts: int) -> Floats:
    """Draw every point half way to the mean of its centres in fine partitions, which start from evenly spread units."""
    last = len(points) - 1
    steps, width = (np.arange(parts) * len(points)) // parts, max(len(points) // parts, 1)
    drawn = np.zeros_like(points)
    for turn in range(_FINE):
        begin = points[np.minimum(steps + (turn * width) // _FINE, last)]
        fine = refine(points, begin, rounds=_FINE_ROUNDS)
        drawn += fine.centres[products(points, fine.centres).argmax(axis=1)]
    return exact(unit_length(points + unit_length(drawn)))
