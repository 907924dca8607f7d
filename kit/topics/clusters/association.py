"""How near concepts are: the units they share, against the units that their frequencies alone would have them share.

Let ``O`` be the number of units that name both of two concepts and ``n`` the number of units that name a concept. All
pairs of different concepts together share ``T`` units, the sum of ``O``. Handed out to the pairs by frequency alone,
a pair gets

    E = T · n_a · n_b / (sum over all ordered pairs c ≠ d of n_c · n_d),     T summed over the same pairs,

as in the null model of modularity (Newman 2006; Barber 2007 for things that meet in groups), without pairs of a concept
with itself, so that O and E have one total. What is measured is therefore who is named with whom, not how much is named
together at all: a long list raises E as well as O, and units that name no concept have no weight (articles on football
leave the result as it is). Where all concepts share all units, O = E and nothing is associated. Counts are small, so
the ratio is drawn towards 1 by half a unit on each side, the posterior mean under a gamma prior on the ratio (Norén,
Hopstadius and Bate 2013):

    r = (O + ½) / (E + ½),    association = (r - 1) / (r + 1) = (O - E) / (O + E + 1),    distance = 1 - association.

The association lies between -1 and 1; 0 is what frequencies alone give; one shared unit of two concepts named once
counts for less than ten of two concepts named ten times. It is a quotient, not a logarithm, so that every processor
gives the same digits, and one large ratio does not outweigh all others in a mean.

References
----------
Barber, M. J. 2007. Modularity and community detection in bipartite networks. Physical Review E 76, 066102.
Newman, M. E. J. 2006. Modularity and community structure in networks. PNAS 103, 8577-8582.
Norén, G. N., J. Hopstadius and A. Bate. 2013. Shrinkage observed-to-expected ratios for robust and transparent
large-scale pattern discovery. Statistical Methods in Medical Research 22, 57-69.

"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.token_index import ranges
from kit.topics.clusters.occurrences import Integers, Occurrences

Floats = npt.NDArray[np.float64]
#: Distances are whole numbers of this part of 1, so that their sums are exact and ties are ties.
SCALE = 10**9
_ENTRIES = 1 << 16  # rows of occurrences whose pairs are counted at a time


def pairs_by_block(found: Occurrences) -> sparse.csr_array:
    """Count, in each block, the units that name both of two concepts."""
    first, second = _pairs(found, np.arange(len(found.unit), dtype=np.int64))
    column = found.concept[first] * found.concepts + found.concept[second]
    counts = np.ones(len(first), np.int64)
    shape = (found.blocks, found.concepts**2)
    return sparse.coo_array((counts, (found.block[found.unit[first]], column)), shape=shape).tocsr()


def shared_units(pairs: sparse.csr_array, weights: npt.NDArray[Any]) -> Integers:
    """Count shared units when each block is taken a number of times."""
    concepts = int(pairs.shape[1] ** 0.5 + 0.5)
    whole = _narrowest(pairs, weights)
    upper = np.asarray(pairs.T.astype(whole) @ weights.T.astype(whole)).T.reshape(len(weights), concepts, concepts)
    lower = np.triu(upper, 1).swapaxes(1, 2)
    return np.asarray(upper + lower, np.int64)


def shared_once(found: Occurrences) -> Integers:
    """Count shared units when each is taken once; some units at a time, since pairs are many more than they are."""
    sums = np.zeros(found.concepts**2, np.int64)
    for begin in range(0, len(found.unit), _ENTRIES):
        first, second = _pairs(found, np.arange(begin, min(begin + _ENTRIES, len(found.unit)), dtype=np.int64))
        sums += np.bincount(found.concept[first] * found.concepts + found.concept[second], minlength=len(sums))
    upper = sums.reshape(found.concepts, found.concepts)
    return np.asarray(upper + np.triu(upper, 1).T, np.int64)


def _pairs(found: Occurrences, entries: Integers) -> tuple[Integers, Integers]:
    """Return some entries with each entry of the same unit from itself on."""
    stop = np.searchsorted(found.unit, found.unit[entries], side="right").astype(np.int64)
    return np.repeat(entries, stop - entries), ranges(entries, stop) if len(entries) else entries


def _narrowest(pairs: sparse.csr_array, weights: npt.NDArray[Any]) -> type[np.signedinteger[Any]]:
    """Return the smallest type that no sum can leave: small numbers are added many at a time."""
    bound = int(pairs.data.max(initial=0)) * int(weights.sum(axis=1).max(initial=0))
    return next(kind for kind in (np.int16, np.int32, np.int64) if bound <= np.iinfo(kind).max)


def expected_units(shared: Integers) -> Floats:
    """Return how many units each pair would share if its frequencies alone decided."""
    named = np.diagonal(shared, axis1=-2, axis2=-1)
    together = shared.sum(axis=(-2, -1)) - named.sum(axis=-1)
    ways = named.sum(axis=-1) ** 2 - (named**2).sum(axis=-1)
    per_way = together / np.maximum(ways, 1)
    return np.asarray(named[..., :, None] * named[..., None, :] * per_way[..., None, None], np.float64)


def associations(shared: Integers) -> Floats:
    """Return the association of each pair, between -1 and 1."""
    expected = expected_units(shared)
    return np.asarray(np.rint((shared - expected) / (shared + expected + 1) * SCALE) / SCALE)


def distances(shared: Integers) -> Integers:
    """Return the distance of each pair in billionths, between 0 and 2 billion."""
    expected = expected_units(shared)
    ratio = (shared - expected) / (shared + expected + 1)
    whole = SCALE - np.rint(ratio * SCALE).astype(np.int64)
    diagonal = np.arange(shared.shape[-1])
    whole[..., diagonal, diagonal] = 0
    return whole
