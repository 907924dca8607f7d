"""The order of many rows by several columns of whole numbers, and the first and longest of stretches that overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.integer[Any]]

_ROOM = 1 << 63


def order_of(*columns: Integers) -> npt.NDArray[np.intp]:
    """Return the order of rows by columns, the first one before the others; rows that are the same stay as they stand.

    It is that of `numpy.lexsort`, in a fraction of its time: columns that fit into 64 bits together are sorted as one.

    Examples
    --------
    >>> order_of(np.array([1, 0, 1, 0]), np.array([5, 7, 4, 7])).tolist()
    [1, 3, 2, 0]

    """
    if not len(columns[0]):
        return np.zeros(0, np.intp)
    keys: list[npt.NDArray[np.int64]] = []
    room = 1
    for column in columns:
        low, high = int(column.min()), int(column.max())
        size = high - low + 1
        if keys and room * size <= _ROOM:
            keys[-1] = keys[-1] * size + (column.astype(np.int64) - low)
            room *= size
        else:
            keys.append(column.astype(np.int64) - low if size < _ROOM else column.astype(np.int64))
            room = size
    return np.argsort(keys[0], kind="stable") if len(keys) == 1 else np.lexsort(keys[::-1])


def leftmost_longest(group: Integers, first: Integers, last: Integers, rank: Integers) -> npt.NDArray[np.intp]:
    """Choose hits that do not overlap within a group: always the leftmost, of these the longest."""
    order = order_of(group, first, -last.astype(np.int64) + first, -rank)
    width = int(last.max()) + 2 if len(last) else 1
    begin = group[order].astype(np.int64) * width + first[order]
    stop = begin + (last - first)[order] + 1
    # A hit that no other one reaches or touches is chosen at once; the loop is for the few that overlap.
    reached = np.maximum.accumulate(stop)
    apart = np.ones(len(order) + 1, bool)
    apart[1:-1] = begin[1:] >= reached[:-1]
    kept = apart[:-1] & apart[1:]
    rest = np.flatnonzero(~kept)
    following = np.searchsorted(begin[rest], stop[rest]).tolist()
    chosen = []
    row = 0
    while row < len(following):
        chosen.append(row)
        row = following[row]
    kept[rest[chosen]] = True
    return order[kept]
