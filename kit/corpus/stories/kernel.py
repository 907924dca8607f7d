"""Sketches of many documents and what two have in common, compiled: what `runs`, `sketches` and `rule` say in steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64
from kit.machine.compiled import Number, compiled

UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]

#: Slots that a sketch takes for each token of a document.
SPARE = 4

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
    words: UInt64,
    slots: Int32,
    known: UInt64,
    fresh: UInt32,
    minima: UInt32,
    runs: Int32,
) -> None:
    """Write the sketch of every document into `minima` and `runs`.

    `hashes` and `counts` are of surfaces; `heads` are the tokens that open a paragraph, in order. `permutations` are
    factors and shifts, one above the other. `words`, `known` and `fresh` have room for the words of any document, and
    one more, and `slots`, a power of two, for SPARE times as many: most are empty, so that runs seldom meet there.
    """
    head = 0
    for document in range(document_tokens.size - 1):
        place, stop = document_tokens[document], document_tokens[document + 1]
        size = 2
        while size < SPARE * (stop - place + 1):
            size *= 2
        slots[:size] = 0
        found = 0
        while place < stop:
            while head < heads.size and heads[head] <= place:
                head += 1
            end = min(stop, heads[head]) if head < heads.size else stop
            count = 0
            for token in range(place, end):
                of = surface[token]
                words[count] = hashes[of]
                count += counts[of]
            run = np.uint64(0)
            for word in range(min(count, _WORDS)):
                run = run * _FACTOR + words[word]
            if count > 0:
                found = _enter(run, slots, size, known, fresh, found)
            for word in range(_WORDS, count):
                run = run * _FACTOR + words[word] - words[word - _WORDS] * _DROPPED
                found = _enter(run, slots, size, known, fresh, found)
            place = end
        runs[document] = found
        for value in range(minima.shape[1]):
            factor, shift = permutations[0, value], permutations[1, value]
            least = np.uint32(0xFFFFFFFF)
            for entry in range(found):
                least = min(least, np.uint32(fresh[entry] * factor + shift))
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
def _enter(run: Number, slots: Int32, size: Number, known: UInt64, fresh: UInt32, found: Number) -> Number:
    """Enter a run among those of its document; return how many there are."""
    run = (run ^ (run >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    run = (run ^ (run >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    run = (run ^ (run >> np.uint64(33))) >> np.uint64(16)
    mask = np.uint64(size - 1)
    slot = run & mask
    while slots[slot] != 0:
        if known[slots[slot] - 1] == run:
            return found
        slot = (slot + np.uint64(1)) & mask
    slots[slot] = found + 1
    known[found] = run
    short = np.uint32(run >> np.uint64(16))
    short = np.uint32((short ^ (short >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    short = np.uint32((short ^ (short >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    fresh[found] = np.uint32(short ^ (short >> np.uint32(16)))
    return found + 1
