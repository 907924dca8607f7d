"""Which texts meet at a pair of values of their sketches, compiled: what `candidates` finds by sorting."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64
from kit.machine.compiled import Number, compiled

UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit is lost; from the golden ratio (Knuth 1998, 6.4)


@compiled()
def meet(
    keys: UInt64,
    texts: Int64,
    is_first: Bools,
    is_second: Bools,
    values: UInt32,
    sizes: Int64,
    likeness: npt.NDArray[np.float64],
    slots: Int32,
    before: Int32,
    begin: Number,
    found: UInt64,
) -> tuple[Number, Number]:
    """Write the pairs of texts with the same key whose sketches agree in enough values, the second the later one.

    Return how many they are, and the first text of which not all pairs had room: there the caller goes on. `likeness`
    has the shares of runs of the rule, of the fewer and of the copy's, and how much less may be seen. `slots`, a power
    of two and at most half full, hold the last text of each key, and `before` the one before each of the same key; they
    are -1 where there is none.
    """
    mask, bits = np.int64(slots.size - 1), np.uint64(0)
    while (np.int64(1) << np.int64(bits)) < slots.size:
        bits += np.uint64(1)
    written = 0
    for place in range(begin, texts.size):
        key = keys[place]
        slot = np.int64((key * _FACTOR) >> (np.uint64(64) - bits))
        while slots[slot] >= 0 and keys[slots[slot]] != key:
            slot = (slot + 1) & mask
        if is_second[place]:
            second = texts[place]
            other = slots[slot]
            held = written
            while other >= 0:
                if written == found.size:
                    return held, place
                first = texts[other]
                if _agree(values, first, second, sizes[first], sizes[second], likeness):
                    found[written] = np.uint64(second) << np.uint64(32) | np.uint64(first)
                    written += 1
                other = before[other]
        if is_first[place]:
            before[place] = slots[slot]
            slots[slot] = place
    return written, texts.size


@compiled(inline="always")
def _agree(
    values: UInt32, first: Number, second: Number, one: Number, other: Number, likeness: npt.NDArray[np.float64]
) -> Number:
    """Tell whether two sketches agree in so many values that the likeness the rule asks for is not out of reach."""
    need = max(likeness[0] * min(one, other), likeness[1] * other)
    same = 0
    for value in range(values.shape[1]):
        same += values[first, value] == values[second, value]
    return same / values.shape[1] >= need / (one + other - need) - likeness[2]
