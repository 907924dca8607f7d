"""How stable clusters are when units are resampled, beside what random placements reach.

Blocks (sentences, paragraphs or whole documents) are drawn with replacement, as many as there are; concepts are
clustered anew in the same way, and a cluster's stability is the mean, over resamples, of its largest Jaccard
coefficient with a cluster of the resample (Hennig 2007). A concept that is not drawn stands alone, so that a cluster
that rests on one unit is lost whenever that unit is. In each resample concepts are put in a random order first, so
that ties, which the order decides, count against stability.

A raw value says little: clusters of few concepts or units reach high ones by chance. So the same is done with null
data: for each concept as many units as it has are drawn at random, from the units that name any concept. What
counts is whether a cluster's stability is above that of the most stable cluster in 95 % of null data sets. That holds
for all clusters at once: in data without structure at most one set in twenty has any such cluster.

References
----------
Hennig, C. 2007. Cluster-wise assessment of cluster stability. Computational Statistics and Data Analysis 52, 258-271.

"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.topics.clusters.agglomeration import partitions
from kit.topics.clusters.association import SCALE, distances, pairs_by_block, shared_units
from kit.topics.clusters.occurrences import Integers, Occurrences

Floats = npt.NDArray[np.float64]
#: Groups merge while their concepts are, in the mean, nearer than their frequencies alone bring them.
CUT = SCALE
_SHARE = 0.95
_CELLS = 4_000_000  # of distance matrices clustered at once; bounds the memory


@dataclass(frozen=True)
class Stability:
    """Stability of the clusters found, and of those in null data.

    Parameters
    ----------
    observed : float64 array, one per cluster
        Mean largest Jaccard coefficient, 9 decimals.
    null_mean : float
        Mean over all clusters of all null data sets; missing (nan) if none had a cluster.
    null_95 : float
        What the most stable cluster stays at or below in 95 % of null data sets.

    """

    observed: Floats
    null_mean: float
    null_95: float

    @property
    def above(self) -> npt.NDArray[np.bool_]:
        """Whether each cluster is more stable than null data give."""
        return np.asarray(self.observed > self.null_95)


def clusters_of(found: Occurrences) -> list[Integers]:
    """Cluster concepts by the units that name them; ties go by the order of their numbers.

    Parameters
    ----------
    found : Occurrences

    Returns
    -------
    list of int64 arrays
        Concepts of each cluster of two or more, rising; largest cluster first, then by first concept.

    Examples
    --------
    >>> from kit.topics.clusters.occurrences import occurrences
    >>> unit, concept = np.array([0, 0, 1, 1, 2, 2, 3, 3]), np.array([0, 1, 0, 1, 2, 3, 2, 3])
    >>> [cluster.tolist() for cluster in clusters_of(occurrences(unit, concept, np.arange(4), 5))]
    [[0, 1], [2, 3]]

    """
    pairs = pairs_by_block(found)
    whole = shared_units(pairs, np.ones((1, found.blocks), np.int64))
    label = partitions(distances(whole), CUT)[0]
    groups = [np.flatnonzero(label == first).astype(np.int64) for first in np.unique(label)]
    return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), int(group[0])))


def stability(found: Occurrences, clusters: Sequence[Integers], *, resamples: int, seed: int) -> Stability:
    """Resample clusters, and clusters of null data in the same way.

    Parameters
    ----------
    found : Occurrences
    clusters : sequence of int64 arrays
        From `clusters_of`.
    resamples : int
        How many resamples, and how many null data sets.
    seed : int
        Of numpy's Generator(PCG64). Drawn in this order: a block number for each resample and block; a number in
        [0, 1) for each resample and concept, whose ranks are the concept's places; then, null data set by null data
        set and concept by concept, units without replacement. Null data are resampled with the same draws.

    Returns
    -------
    Stability

    Examples
    --------
    >>> from kit.topics.clusters.occurrences import occurrences
    >>> unit = np.repeat(np.arange(40), 3)
    >>> concept = (unit % 2) * 3 + np.tile(np.arange(3), 40)
    >>> found = occurrences(unit, concept, np.arange(40), 6)
    >>> result = stability(found, clusters_of(found), resamples=40, seed=0)
    >>> result.observed.tolist(), result.above.tolist()
    ([1.0, 1.0], [True, True])

    """
    draw = np.random.Generator(np.random.PCG64(seed))
    blocks = draw.integers(0, max(found.blocks, 1), size=(resamples, found.blocks))
    weights = np.stack([np.bincount(row, minlength=found.blocks) for row in blocks]).astype(np.int64)
    places = np.argsort(draw.random((resamples, found.concepts)), axis=1, kind="stable")
    observed = _stabilities(found, clusters, weights, places)
    values, best = [], []
    for _ in range(resamples):
        null = _redrawn(found, draw)
        reached = _stabilities(null, clusters_of(null), weights, places)
        values.append(reached)
        best.append(float(reached.max(initial=0.0)))
    together = np.concatenate(values)
    rank = min(math.ceil(_SHARE * (resamples + 1)), resamples)
    return Stability(
        observed=observed,
        null_mean=round(math.fsum(together.tolist()) / len(together), 9) if len(together) else math.nan,
        null_95=sorted(best)[rank - 1],
    )


def _redrawn(found: Occurrences, draw: np.random.Generator) -> Occurrences:
    """Return null data: each concept in as many units as before, drawn at random."""
    frequency = found.frequency
    units = [np.sort(draw.choice(found.units, size=int(count), replace=False, shuffle=False)) for count in frequency]
    unit = np.concatenate([*units, np.zeros(0, np.int64)]).astype(np.int64)
    concept = np.repeat(np.arange(found.concepts, dtype=np.int64), frequency)
    order = np.lexsort((concept, unit))
    return replace(found, unit=unit[order], concept=concept[order])


def _stabilities(found: Occurrences, clusters: Sequence[Integers], weights: Integers, places: Integers) -> Floats:
    """Return each cluster's mean largest Jaccard coefficient over resamples."""
    if not clusters:
        return np.zeros(0)
    pairs = pairs_by_block(found)
    step = max(1, _CELLS // found.concepts**2)
    parts = [
        _jaccards(_resampled(pairs, weights[row : row + step], places[row : row + step]), clusters)
        for row in range(0, len(weights), step)
    ]
    jaccard = np.concatenate(parts)
    return np.array([round(math.fsum(column) / len(column), 9) for column in jaccard.T.tolist()])


def _resampled(pairs: sparse.csr_array, weights: Integers, places: Integers) -> Integers:
    """Return each concept's group in each resample, concepts put in a random order first."""
    whole = distances(shared_units(pairs, weights))
    row = np.arange(len(whole))[:, None, None]
    group = partitions(whole[row, places[:, :, None], places[:, None, :]], CUT)
    back = np.empty_like(group)
    np.put_along_axis(back, places, group, axis=1)
    return back


def _jaccards(group: Integers, clusters: Sequence[Integers]) -> Floats:
    """Return the largest Jaccard coefficient of each cluster with a group, resample by resample."""
    resamples, concepts = group.shape
    offset = np.arange(resamples)[:, None] * concepts
    size = np.bincount((group + offset).ravel(), minlength=resamples * concepts).reshape(resamples, concepts)
    best = []
    for cluster in clusters:
        inside = np.bincount((group[:, cluster] + offset).ravel(), minlength=resamples * concepts)
        common = inside.reshape(resamples, concepts)
        best.append((common / (size + len(cluster) - common)).max(axis=1))
    return np.stack(best, axis=1)
