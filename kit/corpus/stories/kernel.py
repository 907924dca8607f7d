"""Sketches of many documents and what two have in common, compiled: what `runs`, `sketches` and `rule` say in steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64
from kit.machine.compiled import Number, compiled

UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_DROPPED = np.uint64(0x9E3779B97F4A7C15**5 % 2**64)  # what the word before the last five has become in the sum
_WORDS = 5


@compiled()
def sketch(
    surface: Int32,
    hashes: UInt64,
    counts: npt.NDArray[np.bool_],
    document_tokens: Int64,
    heads: Int64,
    permutations: UInt32,
    slots: UInt64,
    fresh: UInt32,
    minima: UInt32,
    runs: Int32,
) -> None:
    """Write the sketch of every document into `minima` and `runs`.

    `hashes` and `counts` are of surfaces; `heads` are the tokens that open a paragraph, in order. `permutations` are
    factors and shifts, one above the other. `slots`, a power of two, and `fresh` have twice the room and the room for
    the words of any document.
    """
    head = 0
    for document in range(document_tokens.size - 1):
        begin, stop = document_tokens[document], document_tokens[document + 1]
        size = 2
        while size < 2 * (stop - begin) + 2:
            size *= 2
        slots[:size] = 0
        found = words = 0
        run = one = two = three = four = five = np.uint64(0)
        while head < heads.size and heads[head] < begin:
            head += 1
        for token in range(begin, stop):
            if head < heads.size and heads[head] == token:
                head += 1
                if 0 < words < _WORDS:
                    found = _enter(run, slots, size, fresh, found)
                words = 0
                run = one = two = three = four = five = np.uint64(0)
            of = surface[token]
            if counts[of]:
                words += 1
                run = run * _FACTOR + hashes[of] - one * _DROPPED
                one, two, three, four, five = two, three, four, five, hashes[of]
                if words >= _WORDS:
                    found = _enter(run, slots, size, fresh, found)
        if 0 < words < _WORDS:
            found = _enter(run, slots, size, fresh, found)
        runs[document] = found
        for value in range(minima.shape[1]):
            factor, shift = permutations[0, value], permutations[1, value]
            least = np.uint32(0xFFFFFFFF)
            for place in range(found):
                least = min(least, np.uint32(fresh[place] * factor + shift))
            minima[document, value] = least


@compiled()
def count_common(
    hashes: UInt64, bounds: Int64, others: UInt64, other_bounds: Int64, one: Int64, other: Int64, found: Int64
) -> None:
    """Count what two sets, each rising, have in common, pair by pair, into `found`."""
    for pair in range(one.size):
        place, stop = bounds[one[pair]], bounds[one[pair] + 1]
        there, end = other_bounds[other[pair]], other_bounds[other[pair] + 1]
        common = 0
        while place < stop and there < end:
            this, that = hashes[place], others[there]
            common += this == that
            place += this <= that
            there += that <= this
        found[pair] = common


@compiled(inline="always")
def _enter(run: Number, slots: UInt64, size: Number, fresh: UInt32, found: Number) -> Number:
    """Enter a run among those of its document; return how many there are."""
    run = (run ^ (run >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    run = (run ^ (run >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    run = (run ^ (run >> np.uint64(33))) >> np.uint64(16)
    mask = np.uint64(size - 1)
    slot = run & mask
    while slots[slot] != 0:
        if slots[slot] == run + np.uint64(1):
            return found
        slot = (slot + np.uint64(1)) & mask
    slots[slot] = run + np.uint64(1)
    short = np.uint32(run >> np.uint64(16))
    short = np.uint32((short ^ (short >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    short = np.uint32((short ^ (short >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    fresh[found] = np.uint32(short ^ (short >> np.uint32(16)))
    return found + 1
