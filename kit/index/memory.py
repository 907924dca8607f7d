"""Arrays whose length is only guessed when they are made."""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np
import numpy.typing as npt

_LARGE = 1 << 22


def room(length: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Return an array that takes memory only as far as it is written.

    NumPy asks the system for huge pages where an array is large; to find and clear them costs more than the work done
    here. So the memory is asked for without it, where the system lets one.
    """
    size = length * np.dtype(dtype).itemsize
    if size < _LARGE or not hasattr(mmap, "MAP_PRIVATE"):
        return np.empty(length, dtype)
    return np.frombuffer(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS), dtype)


def widened(array: npt.NDArray[Any], used: int, needed: int) -> npt.NDArray[Any]:
    """Return an array that has room for `needed` elements, and the first `used` of this one."""
    if needed <= len(array):
        return array
    wide = room(max(needed, len(array) * 3 // 2), array.dtype)
    wide[:used] = array[:used]
    return wide
