"""When a text is a near-copy of another: how much they must share, told of pairs; docs/copies.md has the reasons."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.corpus.stories.runs import BITS, Sets
from kit.index.token_index import ranges
from kit.index.words import Int64
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

Bools = npt.NDArray[np.bool_]

#: Runs of five words that a text must have to be a near-copy or to have one; below, only equal texts are copies.
LEAST = 20
#: Share of the runs of the text with fewer of them that must stand in the other.
SHARED = 0.85
#: Share of a copy's runs that must stand in the original: what is mostly new is no copy.
OLD = 0.5
#: Share of the figures of the text with fewer of them that may be missing in the other, but one always may: rates,
#: weather and results are told in the same words each day.
FIGURES = 0.3
#: Texts at most that `alike` takes as originals: so many numbers fit beside a hash.
ORIGINALS = 1 << (64 - BITS)
#: Pairs from which on the compiled count is quicker, once its compiler is loaded.
ENOUGH = 1_000

_HASHES = 1 << 18  # so many are looked up at once


class Evidence(NamedTuple):
    """What two texts are compared by: the runs and the figures of each."""

    runs: Sets
    figures: Sets


def needed(original: Any, copy: Any) -> Any:
    """Return how many runs an original and its copy must have in common, given how many each has."""
    return np.maximum(SHARED * np.minimum(original, copy), OLD * copy)


def alike(originals: Evidence, copies: Evidence, original: Int64, copy: Int64, sizes: tuple[Int64, Int64]) -> Bools:
    """Tell of pairs, each of the numbers of two texts, whether the second is a near-copy of the first.

    `sizes` are the runs that either text of each pair has.
    """
    one, other = sizes
    missing = np.diff(copies.runs.bounds)[copy] - _common(originals.runs, copies.runs, original, copy)
    near = np.flatnonzero(other - missing >= needed(one, other))
    original, copy = original[near], copy[near]
    fewer = np.minimum(np.diff(originals.figures.bounds)[original], np.diff(copies.figures.bounds)[copy])
    missing = fewer - _common(originals.figures, copies.figures, original, copy)
    found = np.zeros(len(one), bool)
    found[near[missing <= np.maximum(1, FIGURES * fewer)]] = True
    return found


def _common(originals: Sets, copies: Sets, original: Int64, copy: Int64) -> Int64:
    """Count what the two sets of each pair have in common."""
    is_quicker = len(copy) >= ENOUGH and compiler_is_loaded()
    return (_compiled if is_quicker else _by_steps)(originals, copies, original, copy)


def _compiled(originals: Sets, copies: Sets, original: Int64, copy: Int64) -> Int64:
    """Count by the kernel, from one end of two sets to the other."""
    from kit.corpus.stories.kernel import count_common  # noqa: PLC0415 - loading the compiler is not for few pairs

    found = np.zeros(len(copy), np.int64)
    one, bounds, other, other_bounds = (read_only(array) for array in (*originals, *copies))
    count_common(one, bounds, other, other_bounds, read_only(original), read_only(copy), found)
    return found


def _by_steps(originals: Sets, copies: Sets, original: Int64, copy: Int64) -> Int64:
    """Count by looking the copies' hashes up among those of all originals: the reference."""
    number = np.repeat(np.arange(len(originals.bounds) - 1, dtype=np.uint64), np.diff(originals.bounds))
    known = (number << np.uint64(BITS)) | originals.hashes  # rising, as the numbers are and the hashes of each
    begin, stop = copies.bounds[:-1][copy], copies.bounds[1:][copy]
    before = np.concatenate([[0], np.cumsum(stop - begin)])
    cuts = np.flatnonzero(np.diff(before[:-1] // _HASHES)) + 1
    found = np.zeros(len(copy), np.int64)
    for some in np.split(np.arange(len(copy)), cuts):
        head = np.repeat(original[some].astype(np.uint64) << np.uint64(BITS), stop[some] - begin[some])
        asked = head | copies.hashes[ranges(begin[some], stop[some])]
        there = np.zeros(len(asked) + 1, np.int64)
        if len(known):
            there[1:] = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
        there = np.cumsum(there)
        found[some] = there[before[some + 1] - before[some[:1]]] - there[before[some] - before[some[:1]]]
    return found
