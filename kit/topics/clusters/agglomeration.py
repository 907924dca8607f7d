"""Average linkage with a stated rule for ties, on many distance matrices at once.

The two nearest groups merge, again and again; the distance of two groups is the mean of the distances between their
members (UPGMA; Sokal and Michener 1958). In short texts most merges are tied. Distances are whole numbers here, so a
tie is a tie on every processor, and of tied pairs the one merges whose first member comes first in the order given,
then whose second does. `scipy.cluster.hierarchy.linkage` gives the same tree where nothing is tied, but leaves ties to
the order of its chain and to rounding.

References
----------
Sokal, R. R. and C. D. Michener. 1958. A statistical method for evaluating systematic relationships. University of
Kansas Science Bulletin 38, 1409-1438.

"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.topics.clusters.occurrences import Integers

Floats = npt.NDArray[np.float64]


def linkage(distance: Integers, scale: int) -> pd.DataFrame:
    """Merge until one group is left.

    `left`, `right` (int64; items have their own number, the group of row ``i`` has ``items + i``; left is the group
    with the first member), `height` (float64, 9 decimals), `size` (int64, members of the new group), `tied` (bool:
    another pair was as near). The first four are SciPy's linkage matrix.
    """
    items = len(distance)
    node, size = list(range(items)), [1] * items
    rows = []
    for merge, (first, second, height, mean) in enumerate(_merges(distance[None])):
        i, j = int(first[0]), int(second[0])
        size[i] += size[j]
        tied = int((mean == height[0]).sum()) > 2  # each pair stands in the matrix twice
        rows.append((node[i], node[j], round(float(height[0]) / scale, 9), size[i], tied))
        node[i] = items + merge
    table = pd.DataFrame(rows, columns=["left", "right", "height", "size", "tied"])
    return table.astype({"left": "int64", "right": "int64", "height": "float64", "size": "int64", "tied": "bool"})


def partitions(distance: Integers, cut: int) -> Integers:
    """Merge while two groups are nearer than a cut."""
    group = np.tile(np.arange(distance.shape[1], dtype=np.int64), (len(distance), 1))
    for first, second, height, _ in _merges(distance):
        near = height < cut
        if not near.any():
            break
        group = np.where(near[:, None] & (group == second[:, None]), first[:, None], group)
    return group


def _merges(distance: Integers) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats, Floats]]:
    """Yield, merge by merge, the first members of the two groups in each matrix, their distance, and all distances."""
    matrices, items = distance.shape[:2]
    row = np.arange(matrices)
    total = distance.copy()
    size = np.ones((matrices, items), np.int64)
    mean = distance.astype(np.float64)
    mean[:, np.arange(items), np.arange(items)] = np.inf
    gone = np.zeros((matrices, items), bool)
    for _ in range(items - 1):
        flat = mean.reshape(matrices, -1)
        # The first smallest cell of a symmetric matrix, row by row, is above its diagonal: the rule for ties.
        first, second = np.divmod(flat.argmin(axis=1), items)
        height = flat[row, first * items + second]
        yield first, second, height, mean
        total[row, first] += total[row, second]
        total[row, :, first] = total[row, first]
        size[row, first] += size[row, second]
        gone[row, second] = True
        new = total[row, first] / (size[row, first][:, None] * size)
        new[gone] = np.inf
        new[row, first] = np.inf
        mean[row, first] = new
        mean[row, :, first] = new
        mean[row, second] = np.inf
        mean[row, :, second] = np.inf
