"""A sparse matrix times a dense one, compiled: 32 bits, the additions that SciPy makes, in its order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32
from kit.machine.compiled import compiled

Singles = npt.NDArray[np.float32]


@compiled()
def times(data: Singles, indices: Int32, bounds: Int32, dense: Singles, found: Singles) -> None:
    """Add the sparse matrix times `dense` to `found`, in each sum from the first stored cell to the last."""
    width = dense.shape[1]
    for row in range(bounds.size - 1):
        sums = found[row]
        place, last = bounds[row], bounds[row + 1]
        while place + 4 <= last:
            first, second, third, fourth = data[place], data[place + 1], data[place + 2], data[place + 3]
            one, two = dense[indices[place]], dense[indices[place + 1]]
            three, four = dense[indices[place + 2]], dense[indices[place + 3]]
            for column in range(width):
                added = (sums[column] + first * one[column]) + second * two[column]
                sums[column] = (added + third * three[column]) + fourth * four[column]
            place += 4
        while place < last:
            weight, others = data[place], dense[indices[place]]
            for column in range(width):
                sums[column] += weight * others[column]
            place += 1
