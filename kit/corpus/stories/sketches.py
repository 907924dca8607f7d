"""What is kept of a text to find those that may share most of theirs: MinHash values, and how many runs it has."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.corpus.stories.runs import BITS, Rows, runs_of
from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64

UInt32: TypeAlias = npt.NDArray[np.uint32]

#: MinHash values of a text.
VALUES = 64
#: Two texts are looked at where two values, so far apart, are the same in both: 192 pairs of values. Of texts with a
#: Jaccard index of 0.2 so 99 in 100 are looked at, with 0.1 75, with 0.01 two.
_APART = (1, 2, 3)
_HALF = np.uint64(32)
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


def likely(values: UInt32) -> list[list[int]]:
    """Return, for each text, the numbers of the groups it shares with a text that may be like it; often none."""
    wide = values.astype(np.uint64)
    texts: list[Rows] = [np.zeros(0, np.int64)]
    groups: list[Int64] = [np.zeros(0, np.int64)]
    before = 0
    for one, other in chain.from_iterable(((v, (v + apart) % VALUES) for v in range(VALUES)) for apart in _APART):
        key = (wide[:, one] << _HALF) | wide[:, other]
        order = np.argsort(key, kind="stable")
        same = key[order][1:] == key[order][:-1]
        shared = np.append(same, False) | np.append(False, same) if len(key) else np.zeros(0, bool)
        number = np.cumsum(np.append(True, ~same)[: len(key)])[shared]
        texts.append(order[shared])
        groups.append(number + before)
        before += len(key)
    text, group = np.concatenate(texts), np.concatenate(groups)
    order = np.argsort(text, kind="stable")
    cuts = np.searchsorted(text[order], np.arange(len(values) + 1)).tolist()
    numbers = group[order].tolist()
    return [numbers[begin:stop] for begin, stop in pairwise(cuts)]


def _mixed(values: UInt32) -> UInt32:
    """Let every bit of a value depend on all of them, as datasketch does before it permutes them."""
    for shift, factor in _MIXERS:
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return values
