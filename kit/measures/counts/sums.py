"""Counts of items that add up over the parts of a corpus: numbers of items in, sums out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kit.index.token_index import Int32, Int64
from kit.measures.counts.kept_counts import totals_of
from kit.parts.part import Part

_LOOSE = 8  # times as many places as there are keys, from which on keys are sorted and not laid out


class Sums(NamedTuple):
    """What is added up for each of some keys.

    Parameters
    ----------
    key : int64 array, rising
        Numbers of items, or of an item in a group.
    columns : tuple of int64 arrays, one value per key

    """

    key: Int64
    columns: tuple[Int64, ...]


def add_sums(parts: Sequence[Sums], size: int) -> Sums:
    """Add up sums by their keys, which are below a size.

    Examples
    --------
    >>> first = Sums(np.array([0, 2]), (np.array([1, 1]),))
    >>> second = Sums(np.array([2, 5]), (np.array([3, 4]),))
    >>> add_sums([first, second], 6)
    Sums(key=array([0, 2, 5]), columns=(array([1, 4, 4]),))

    """
    keys = np.concatenate([part.key for part in parts])
    if size > _LOOSE * len(keys):
        key, place = np.unique(keys, return_inverse=True)
    else:
        there = np.zeros(size, bool)
        there[keys] = True
        key = np.flatnonzero(there)
        place = (np.cumsum(there) - 1)[keys]
    places = np.split(place, np.cumsum([len(part.key) for part in parts])[:-1])
    totals = []
    for number in range(len(parts[0].columns)):
        total = np.zeros(len(key), np.int64)
        for part, at in zip(parts, places, strict=True):
            total[at] += part.columns[number]  # a part has each key once
        totals.append(total)
    return Sums(key, tuple(totals))


def sums_of(part: Part, unit: str, own: Int32 | None) -> Sums:
    """Add up how often the items of a part occur, and in how many of its documents."""
    times, documents = totals_of(part, unit)
    there = np.flatnonzero(documents)
    number = there if own is None else own[there].astype(np.int64)
    return Sums(number, (times[there], documents[there]))
