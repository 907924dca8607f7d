"""Which concepts each unit of text names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Occurrences:
    """The distinct pairs of a unit and a concept that it names, by unit and then concept.

    Parameters
    ----------
    unit, concept : int64 arrays of one length
        Numbers from 0; every unit has at least one row.
    block : int64 array, one per unit
        What is drawn whole when units are resampled: the unit itself, or its document. Numbers from 0, without gaps.
    concepts : int
        How many concepts there are; one that no unit names is possible.

    """

    unit: Integers
    concept: Integers
    block: Integers
    concepts: int

    @property
    def units(self) -> int:
        """How many units name a concept."""
        return len(self.block)

    @property
    def blocks(self) -> int:
        """How many blocks there are to resample."""
        return int(self.block.max()) + 1 if len(self.block) else 0

    @property
    def frequency(self) -> Integers:
        """In how many units each concept is named."""
        return np.bincount(self.concept, minlength=self.concepts).astype(np.int64)


def occurrences(unit: Integers, concept: Integers, block: Integers, concepts: int) -> Occurrences:
    """Keep each pair of unit and concept once, and the units and blocks that name a concept."""
    width = max(concepts, 1)
    pairs = np.unique(unit.astype(np.int64) * width + concept)
    named, row = np.unique(pairs // width, return_inverse=True)
    _, blocks = np.unique(block[named], return_inverse=True)
    return Occurrences(row.astype(np.int64), pairs % width, blocks.astype(np.int64), concepts)
