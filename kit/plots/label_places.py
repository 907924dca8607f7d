"""Where labels stand beside their points, so that none lies on another: the same places on every machine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
#: Cosine and sine of the directions tried, right first, then left, above, below and between; written out, since the
#: last digit of a sine is not the same everywhere.
_HALF = 0.7071
_DIRECTIONS = (
    (1, 0),
    (-1, 0),
    (0, 1),
    (0, -1),
    (_HALF, _HALF),
    (_HALF, -_HALF),
    (-_HALF, _HALF),
    (-_HALF, -_HALF),
)
_STEPS = (1.0, 1.8, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0, 21.0, 27.0, 34.0, 42.0)  # from point to label
_MARGIN = 0.3  # kept free around each label


class Place(NamedTuple):
    """Where a label stands: the corner at the left and below, and how far it is from its point."""

    left: float
    bottom: float
    away: float


def label_places(points: Points, sizes: Sequence[tuple[float, float]], area: Box, *, radius: float) -> list[Place]:
    """Find a place for each label, as near to its point as is free.

    No two labels overlap, and none covers a point, as long as there is room; where there is none, the label stands
    where it covers least. Points are served from the left, of equal ones from below.
    """
    dots = [(x - radius, y - radius, x + radius, y + radius) for x, y in points.tolist()]
    taken = np.array(dots, np.float64).reshape(-1, 4)
    found: dict[int, Place] = {}
    for row in np.lexsort((points[:, 1], points[:, 0])).tolist() if len(points) else []:
        x, y = points[row].tolist()
        place, box = _best(x, y, sizes[row], area, taken)
        found[row] = place
        taken = np.vstack([taken, box])
    return [found[row] for row in range(len(points))]


def _best(x: float, y: float, size: tuple[float, float], area: Box, taken: Points) -> tuple[Place, Box]:
    """Return the nearest free place, or else that which covers least."""
    best: tuple[float, Place, Box] | None = None
    for step in _STEPS:
        for cosine, sine in _DIRECTIONS:
            left = x + cosine * step - size[0] * (1 - _side(cosine)) / 2
            bottom = y + sine * step - size[1] * (1 - _side(sine)) / 2
            box = (left - _MARGIN, bottom - _MARGIN, left + size[0] + _MARGIN, bottom + size[1] + _MARGIN)
            cost = _covered(box, taken) + _outside(box, area)
            place = Place(left, bottom, step)
            if cost == 0:
                return place, box
            if best is None or cost < best[0]:
                best = cost, place, box
    assert best is not None
    return best[1], best[2]


def _side(direction: float) -> float:
    """Return -1, 0 or 1: on which side of a point a label stands."""
    return math.copysign(1, direction) if direction else 0.0


def _covered(box: Box, taken: Points) -> float:
    """Return how much of what is taken a box covers."""
    wide = np.minimum(box[2], taken[:, 2]) - np.maximum(box[0], taken[:, 0])
    high = np.minimum(box[3], taken[:, 3]) - np.maximum(box[1], taken[:, 1])
    return float((np.maximum(wide, 0) * np.maximum(high, 0)).sum())


def _outside(box: Box, area: Box) -> float:
    """Return how far a box leaves the area, so weighed that covering something is the lesser evil."""
    beyond = (area[0] - box[0], area[1] - box[1], box[2] - area[2], box[3] - area[3])
    return 1000.0 * sum(max(0.0, part) for part in beyond)
