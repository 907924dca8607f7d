"""Rows of small numbers as few integers of 64 bits: sorted as such, they take a fraction of the time and memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from kit.index.token_index import Int64

#: The values of one column are below this.
LIMIT = 2**63

Numbers = npt.NDArray[np.integer[Any]]


def pack(digits: Iterable[Numbers], sizes: Sequence[int]) -> list[Int64]:
    """Put digits, arrays of numbers from 0 to below its size each, into columns that sort as their rows do.

    Examples
    --------
    >>> digits = np.array([1, 0, 1]), np.array([7, 9, 2])
    >>> pack(digits, (2, 10))
    [array([17,  9, 12])]
    >>> [column.tolist() for column in unpack(pack(digits, (2, 10)), (2, 10))]
    [[1, 0, 1], [7, 9, 2]]

    """
    given = iter(digits)
    columns = []
    for begin, stop in _cuts(sizes):
        column = next(given).astype(np.int64)
        for size in sizes[begin + 1 : stop]:
            column *= size
            column += next(given)
        columns.append(column)
    return columns


def unpack(columns: Sequence[Int64], sizes: Sequence[int]) -> list[Int64]:
    """Return the digits that were packed."""
    digits = []
    for column, (begin, stop) in zip(columns, _cuts(sizes), strict=True):
        rest, found = column, []
        for size in sizes[begin + 1 : stop][::-1]:
            more = rest // size  # sooner than `divmod`
            found.append(rest - more * size)
            rest = more
        digits += [rest, *found[::-1]]
    return digits


def without_last(columns: Sequence[Int64], sizes: Sequence[int]) -> tuple[list[Int64], Int64]:
    """Return the columns as they are without the last digit, and this digit."""
    *before, last = columns
    if list(_cuts(sizes))[-1][0] == len(sizes) - 1:  # it has a column of its own
        return before, last
    rest = last // sizes[-1]
    return [*before, rest], last - rest * sizes[-1]


def _cuts(sizes: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return which digits, from and to, each column holds: as many as there is room for."""
    heads, room = [0], sizes[0]
    for place, size in enumerate(sizes[1:], 1):
        if room * size > LIMIT:
            heads.append(place)
            room = 1
        room *= size
    return pairwise([*heads, len(sizes)])


def order_of(columns: Sequence[Int64]) -> npt.NDArray[np.intp]:
    """Return the order in which rows rise; those that are equal keep theirs. Quick where much is in order already."""
    return np.argsort(columns[0], kind="stable") if len(columns) == 1 else np.lexsort(columns[::-1])


def in_order(columns: list[Int64]) -> list[Int64]:
    """Sort rows; a column that is alone is sorted where it lies."""
    if len(columns) == 1:
        columns[0].sort()
        return columns
    order = order_of(columns)
    return [column[order] for column in columns]


def heads_of(columns: Sequence[Numbers]) -> npt.NDArray[np.intp]:
    """Return the places of the rows that differ from the one before; the first is one of them."""
    new = np.zeros(len(columns[0]), bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)
