"""What is kept of a text to find those that may share most of theirs: MinHash values, and how many runs it has."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.corpus.stories.runs import BITS, runs_of
from kit.index.token_index import TokenIndex
from kit.index.words import Int32

UInt32: TypeAlias = npt.NDArray[np.uint32]

#: MinHash values of a text.
VALUES = 64
_MOST = np.iinfo(np.uint32).max  # the value of a text without runs
_MIXERS = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))  # the finalizer of MurmurHash3 for 32 bits


class Sketches(NamedTuple):
    """`minima` (uint32, texts x 64) and the number of different `runs` (int32), one per text."""

    minima: UInt32
    runs: Int32


def sketches_of(index: TokenIndex, paragraph: Int32) -> Sketches:
    """Return the sketch of every document: the values of datasketch's MinHash, worked out for many texts at once."""
    factors, shifts = _permutations()
    minima, runs = [np.zeros((0, VALUES), np.uint32)], [np.zeros(0, np.int64)]
    for sets in runs_of(index, paragraph, np.arange(len(index.document_tokens) - 1)):
        size = np.diff(sets.bounds)
        filled = np.flatnonzero(size)
        hashes, heads = _mixed((sets.hashes >> np.uint64(BITS - 32)).astype(np.uint32)), sets.bounds[filled]
        least = np.full((len(size), VALUES), _MOST, np.uint32)
        for value, (factor, shift) in enumerate(zip(factors, shifts, strict=True)) if len(filled) else ():
            least[filled, value] = np.minimum.reduceat(hashes * factor + shift, heads)
        minima.append(least)
        runs.append(size)
    return Sketches(np.concatenate(minima), np.concatenate(runs).astype(np.int32))


def _permutations() -> tuple[UInt32, UInt32]:
    """Return the factors and shifts that datasketch draws for the seed 1; to import it takes as long as pandas."""
    drawn = np.random.RandomState(1)
    factors = drawn.randint(0, 1 << 31, VALUES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, drawn.randint(0, 1 << 32, VALUES, dtype=np.uint32)


def _mixed(values: UInt32) -> UInt32:
    """Let every bit of a value depend on all of them, as datasketch does before it permutes them."""
    for shift, factor in _MIXERS:
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return values
