"""What is kept of a text to find those that may share most of theirs: MinHash values, and how many runs it has."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.corpus.stories.runs import BITS, hashes_of, heads_of, runs_of
from kit.index.token_index import TokenIndex
from kit.index.words import Int32
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

UInt32: TypeAlias = npt.NDArray[np.uint32]

#: MinHash values of a text.
VALUES = 64
#: Tokens from which on the compiled kernel is quicker than the steps below, once its compiler is loaded.
ENOUGH = 500_000
_MOST = np.iinfo(np.uint32).max  # the value of a text without runs
_MIXERS = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))  # the finalizer of MurmurHash3 for 32 bits


class Sketches(NamedTuple):
    """`minima` (uint32, texts x 64) and the number of different `runs` (int32), one per text."""

    minima: UInt32
    runs: Int32


def sketches_of(index: TokenIndex, paragraph: Int32) -> Sketches:
    """Return the sketch of every document: the values of datasketch's MinHash, worked out for many texts at once."""
    is_quicker = len(index.surface) >= ENOUGH and compiler_is_loaded()
    return (_compiled if is_quicker else _by_steps)(index, paragraph)


def _compiled(index: TokenIndex, paragraph: Int32) -> Sketches:
    """Sketch by the kernel."""
    from kit.corpus.stories.kernel import SPARE, sketch  # noqa: PLC0415 - loading the compiler is not for few texts

    documents, most = len(index.document_tokens) - 1, int(np.diff(index.document_tokens).max(initial=0))
    minima, runs = np.empty((documents, VALUES), np.uint32), np.empty(documents, np.int32)
    hashes, counts = hashes_of(index)
    words, known = np.empty(most + 1, np.uint64), np.empty(most + 1, np.uint64)
    slots, fresh = np.empty(1 << (SPARE * (most + 1)).bit_length(), np.int32), np.empty(most + 1, np.uint32)
    sketch(
        read_only(index.surface),
        hashes[index.surface_type],
        counts[index.surface_type],
        read_only(index.document_tokens),
        heads_of(index, paragraph),
        np.stack(_permutations()),
        words,
        slots,
        known,
        fresh,
        minima,
        runs,
    )
    return Sketches(minima, runs)


def _by_steps(index: TokenIndex, paragraph: Int32) -> Sketches:
    """Sketch some documents at a time, step by step: the reference."""
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
