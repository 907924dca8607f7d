"""The walk of a language model through the bytes of a text, compiled; `py3langid.langid.visit_counts` is the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kit.machine.compiled import Number, compiled


@compiled()
def count_features(
    text: npt.NDArray[np.uint8],
    moves: npt.NDArray[Any],
    rows: npt.NDArray[np.int64],
    output: npt.NDArray[Any],
    tally: npt.NDArray[np.int32],
    found: npt.NDArray[np.int64],
    counts: npt.NDArray[np.float32],
) -> Number:
    """Write the different features of a text in the order in which they are met first, and how often each is met.

    Return how many there are. `tally`, one number a feature, is empty before and behind.
    """
    state, count = np.int64(0), 0
    for byte in text:
        state = np.int64(moves[rows[state] + np.int64(byte)])
        feature = np.int64(output[state])
        if feature >= 0:
            if tally[feature] == 0:
                found[count] = feature
                count += 1
            tally[feature] += 1
    for place in range(count):
        counts[place] = tally[found[place]]
        tally[found[place]] = 0
    return count
