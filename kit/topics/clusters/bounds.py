"""How stable a cluster has to be for chance not to explain it, by its size.

A pair of concepts is often stable by chance, ten concepts never are. Under one bound for all clusters the most stable
pairs of null data would decide on everything. So each stability is first compared with those of clusters of its size,

    score = (stability - median) / interquartile range,

over the clusters of like size in the data and in all null data sets, and what counts is whether the score is above the
highest of 99 % of null data sets. Data and null data are treated alike throughout, so that of data without structure
one set in a hundred has any cluster above the bound, over all clusters and sizes (the maximum over standardised
statistics: Westfall and Young 1993). Median and quartiles are not moved by the few clusters that are no chance.

References
----------
Westfall, P. H. and S. S. Young. 1993. Resampling-based multiple testing. Wiley.

"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from statistics import quantiles
from typing import NamedTuple

#: The share of null data sets whose highest value stays at or below the bound.
SHARE = 0.99
#: Fewer null data sets have no such rank.
FEWEST_NULLS = 99
#: Clusters that a median and quartiles are taken of; sizes with fewer are put together.
_FEWEST = 30
#: The least range: stabilities are told apart by hundredths.
_LEAST = 0.01
_PLACES = 9


class Reached(NamedTuple):
    """The clusters of one data set.

    Attributes
    ----------
    sizes : sequence of int
        Members of each cluster.
    stabilities : sequence of float
        Stability of each.

    """

    sizes: Sequence[int]
    stabilities: Sequence[float]


def bounds_by_size(data: Reached, nulls: Sequence[Reached]) -> list[float]:
    """Return what the stability of each cluster has to exceed."""
    classes = _classes([data, *nulls])
    starts = [start for start, _, _ in classes]

    def scale(size: int) -> tuple[float, float]:
        _, median, spread = classes[max(bisect_right(starts, size) - 1, 0)]
        return median, spread

    highest = [
        max(((value - scale(size)[0]) / scale(size)[1] for size, value in zip(*null, strict=True)), default=-math.inf)
        for null in nulls
    ]
    score = bound_of([round(value, _PLACES) for value in highest])
    if score == -math.inf:  # clusters are not a thing that null data have
        return [0.0] * len(data.sizes)
    return [round(median + score * spread, _PLACES) for median, spread in map(scale, data.sizes)]


def bound_of(reached: Sequence[float]) -> float:
    """Return what null data stay at or below in 99 %: of n, the value of rank .99 (n + 1), rounded up."""
    if len(reached) < FEWEST_NULLS:
        return math.nan
    return float(sorted(reached)[math.ceil(round(SHARE * (len(reached) + 1), _PLACES)) - 1])


def _classes(sets: Sequence[Reached]) -> list[tuple[int, float, float]]:
    """Return the smallest size, the median and the interquartile range of each class of sizes, rising."""
    values: dict[int, list[float]] = {}
    for reached in sets:
        for size, value in zip(*reached, strict=True):
            values.setdefault(size, []).append(value)
    classes: list[tuple[int, list[float]]] = []
    for size in sorted(values):
        if classes and len(classes[-1][1]) < _FEWEST:
            classes[-1][1].extend(values[size])
        else:
            classes.append((size, list(values[size])))
    if len(classes) > 1 and len(classes[-1][1]) < _FEWEST:
        _, last = classes.pop()
        classes[-1][1].extend(last)
    return [(size, *_middle(members)) for size, members in classes]


def _middle(members: Sequence[float]) -> tuple[float, float]:
    """Return the median and the interquartile range, or the least that this may be."""
    if len(members) == 1:
        return members[0], _LEAST
    lower, median, upper = quantiles(members, method="inclusive")
    return median, max(upper - lower, _LEAST)
