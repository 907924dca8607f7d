"""The sum behind DP, compiled: what `formulas` says, number by number, without an array for each step."""

from __future__ import annotations

import numpy as np

from kit.index.machine import compiled
from kit.index.words import Int32
from kit.measures.counts.part_counts import Floats


@compiled(numbers=True)
def excess(counts: Int32, parts: Int32, bounds: Int32, share: Floats) -> Floats:
    """Return, for each item, the sum of ``v / f - s`` over the parts where that is above 0, first to last."""
    found = np.empty(bounds.size - 1, np.float64)
    for item in range(bounds.size - 1):
        total = 0
        for cell in range(bounds[item], bounds[item + 1]):
            total += counts[cell]
        added = 0.0
        for cell in range(bounds[item], bounds[item + 1]):
            more = counts[cell] / total - share[parts[cell]]
            if more > 0:
                added += more
        found[item] = added
    return found
