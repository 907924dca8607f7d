"""Resampling, clustering and walks of null data, compiled: what the other modules of this room say, number by number.

Three hundred null data sets are clustered three hundred times each. `kit.topics.clusters.stability`, `agglomeration`,
`association` and `null` state the rules; here they run without an array for each step. Distances are whole numbers and
every quotient is taken of the same two numbers, so that the results are the same to the last bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kit.machine.compiled import Number, compiled
from kit.topics.clusters.occurrences import Integers

Floats = npt.NDArray[np.float64]
#: Resamples that are counted at a time: their sums stay in the processor's cache.
TOGETHER = 64


@compiled()
def walk(places: npt.NDArray[np.bool_], words: npt.NDArray[np.uint32], rounds: Number, room: Integers) -> Number:
    """Let every concept trade with a partner, round by round, in place; return how many words that took.

    `words` are what a generator gives, 32 bits at a time, used as NumPy's `Generator.permutation` does; where they do
    not suffice, -1 is returned. `room` is for as many numbers as there are concepts and units.
    """
    concepts, units = places.shape
    used = 0
    for _ in range(rounds):
        for place in range(concepts):
            room[place] = place
        used = _shuffled(room, 0, concepts, words, used)
        if used < 0:
            return -1
        for pair in range(concepts // 2):
            one, other = room[2 * pair], room[2 * pair + 1]
            apart = mine = 0
            for unit in range(units):
                if places[one, unit] != places[other, unit]:
                    room[concepts + apart] = unit
                    apart += 1
                    mine += places[one, unit]
            if 0 < mine < apart:
                used = _shuffled(room, concepts, apart, words, used)
                if used < 0:
                    return -1
                for place in range(apart):
                    unit = room[concepts + place]
                    places[one, unit] = place < mine
                    places[other, unit] = place >= mine
    return used


@compiled()
def _shuffled(room: Integers, first: Number, length: Number, words: npt.NDArray[np.uint32], used: Number) -> Number:
    """Shuffle some numbers in place; return how many words are used by then, or -1."""
    mask = np.int64(1)
    while mask < length:
        mask = 2 * mask
    for place in range(length - 1, 0, -1):
        while mask // 2 > place:
            mask = mask // 2
        chosen = length
        while chosen > place:
            if used == words.size:
                return -1
            chosen = np.int64(words[used]) & (mask - 1)
            used += 1
        room[first + place], room[first + chosen] = room[first + chosen], room[first + place]
    return used


@compiled(numbers=True)
def groups_of(
    starts: Integers,
    concept: Integers,
    block: Integers,
    weights: npt.NDArray[np.unsignedinteger[Any]],
    places: Integers,
    scale: Number,
    cut: Number,
) -> Integers:
    """Return resamples × concepts: the group of each concept, concepts put in an order of their own in each resample.

    `starts` are the rows of `concept` at which each unit begins, and the end; `block` is each unit's; `places` has the
    concepts in their order, resample by resample; `weights` is some resamples (as `TOGETHER`) × blocks × these
    resamples. Whole numbers are float64 here, which holds all below 2^53 exactly.
    """
    resamples, concepts = places.shape
    group = np.empty((resamples, concepts), np.int64)
    counts = np.empty((concepts, concepts, weights.shape[2]))
    apart = np.zeros((weights.shape[2], concepts, concepts))
    total, mean = np.empty((concepts, concepts)), np.empty((concepts, concepts))
    size, least = np.empty(concepts), np.empty(concepts)
    near, label = np.empty(concepts, np.int64), np.empty(concepts, np.int64)
    taken = np.empty(weights.shape[2])
    for part in range(weights.shape[0]):
        first = part * weights.shape[2]
        counts[:] = 0.0
        for unit in range(starts.size - 1):
            for resample in range(taken.size):
                taken[resample] = weights[part, block[unit], resample]
            for row in range(starts[unit], starts[unit + 1]):
                for other in range(row, starts[unit + 1]):
                    _add(counts[concept[row], concept[other]], taken)
        _distances(counts, apart, float(scale))
        for resample in range(first, min(first + weights.shape[2], resamples)):
            order = places[resample]
            for one in range(concepts):
                for other in range(concepts):
                    far = apart[resample - first, order[one], order[other]]
                    total[one, other], mean[one, other] = far, far if far < cut else np.inf
            _merged(total, mean, size, least, near, label, float(cut))
            for place in range(concepts):
                group[resample, order[place]] = label[place]
    return group


@compiled(numbers=True)
def _add(sums: Floats, more: Floats) -> None:
    """Add numbers to others, in place."""
    for place in range(sums.size):
        sums[place] += more[place]


@compiled(numbers=True)
def _distances(counts: Floats, apart: Floats, scale: Number) -> None:
    """Write the distances of each pair in each resample, in parts of 1."""
    concepts, _, resamples = counts.shape
    by_way = np.empty(resamples)
    for resample in range(resamples):
        together = named = squares = 0.0
        for one in range(concepts):
            alone = counts[one, one, resample]
            named += alone
            squares += alone * alone
            for other in range(one + 1, concepts):
                together += 2 * counts[one, other, resample]
        by_way[resample] = together / max(named * named - squares, 1.0)
    whole = np.empty(resamples)
    for one in range(concepts):
        for other in range(one + 1, concepts):
            for resample in range(resamples):
                both = counts[one, other, resample]
                expected = counts[one, one, resample] * counts[other, other, resample] * by_way[resample]
                whole[resample] = scale - np.rint((both - expected) / (both + expected + 1) * scale)
            for resample in range(resamples):
                apart[resample, one, other] = apart[resample, other, one] = whole[resample]


@compiled(numbers=True)
def _merged(
    total: Floats, mean: Floats, size: Floats, least: Floats, near: Integers, label: Integers, cut: Number
) -> None:
    """Merge groups while two are nearer than a cut; `label` is then the first member of each concept's group.

    `mean` is infinite for pairs that are not. Every group remembers the first of those behind it that are nearest to it
    (`near`, `least`), so that a merge looks at those alone that it has changed.
    """
    concepts = size.size
    for one in range(concepts):
        size[one], label[one] = 1.0, one
        _look(mean, least, near, one)
    while True:
        first, height = 0, np.inf
        for one in range(concepts):
            if least[one] < height:
                first, height = one, least[one]
        if height == np.inf:
            return
        second = near[first]
        members = size[first] + size[second]
        size[first], size[second], least[second] = members, 0.0, np.inf
        for other in range(concepts):
            if label[other] == second:
                label[other] = first
            both = total[first, other] + total[second, other]
            total[first, other] = total[other, first] = both
            far = both / (members * size[other])  # of one that is gone, size 0: infinite
            mean[first, other] = mean[other, first] = far if far < cut else np.inf
            mean[other, second] = mean[second, other] = np.inf
        for one in range(second):
            if one == first or near[one] == first or near[one] == second:
                _look(mean, least, near, one)
            elif one < first:
                far = mean[one, first]
                if far < least[one] or (far == least[one] and first < near[one]):
                    least[one], near[one] = far, first


@compiled(numbers=True)
def _look(mean: Floats, least: Floats, near: Integers, one: Number) -> None:
    """Find the first of the groups behind one that are nearest to it, if one is nearer than the cut."""
    least[one], near[one] = np.inf, -1
    for other in range(one + 1, near.size):
        if mean[one, other] < least[one]:
            least[one], near[one] = mean[one, other], other


@compiled(numbers=True)
def jaccards(group: Integers, cluster_of: Integers, clusters: Number) -> Floats:
    """Return the largest Jaccard coefficient of each cluster with a group, resample by resample.

    `cluster_of` is the cluster of each concept, or -1.
    """
    resamples, concepts = group.shape
    best = np.zeros((resamples, clusters), np.float64)
    members = np.zeros(clusters, np.int64)
    for cluster in cluster_of:
        if cluster >= 0:
            members[cluster] += 1
    size, common = np.empty(concepts, np.int64), np.empty((clusters, concepts), np.int64)
    for resample in range(resamples):
        for one in range(concepts):
            size[one] = 0
            for cluster in range(clusters):
                common[cluster, one] = 0
        for one in range(concepts):
            size[group[resample, one]] += 1
            if cluster_of[one] >= 0:
                common[cluster_of[one], group[resample, one]] += 1
        for one in range(concepts):
            cluster = cluster_of[one]
            if cluster >= 0:
                shared = common[cluster, group[resample, one]]
                value = shared / (size[group[resample, one]] + members[cluster] - shared)
                best[resample, cluster] = max(best[resample, cluster], value)
    return best
