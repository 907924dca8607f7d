"""The walk of a language model through the bytes of a text, compiled; `py3langid.langid.visit_counts` is the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kit.machine.compiled import Number, compiled


@compiled()
def walk(
    text: npt.NDArray[np.uint8],
    moves: npt.NDArray[Any],
    rows: npt.NDArray[np.int64],
    output: npt.NDArray[Any],
    found: npt.NDArray[np.int64],
) -> Number:
    """Write the features of a text in the order in which they are met; return how many there are."""
    state, count = np.int64(0), 0
    for byte in text:
        state = np.int64(moves[rows[state] + np.int64(byte)])
        if output[state] >= 0:
            found[count] = output[state]
            count += 1
    return count
