"""How stable clusters are when units are resampled, beside what random placements reach.

Blocks (sentences, paragraphs or whole documents) are drawn with replacement, as many as there are; concepts are
clustered anew in the same way, and a cluster's stability is the mean, over resamples, of its largest Jaccard
coefficient with a cluster of the resample (Hennig 2007). A concept that is not drawn stands alone, so that a cluster
that rests on one unit is lost whenever that unit is. In each resample concepts are put in a random order first, so
that ties, which the order decides, count against stability.

A raw value says little: clusters of few concepts or units reach high ones by chance. So the same is done with null
data (`kit.topics.clusters.bounds`), which keep how many concepts each unit names and in how many units each concept is,
and nothing else. What counts is whether a cluster is more stable, for its size, than any of 99 % of null data sets
(`kit.topics.clusters.bounds`). That holds for all clusters at once: of data without structure one set in a hundred has
any such cluster. The level is 1 % and not 5 %, so that a hundred shuffled corpora do not show a dozen with a cluster by
bad luck. Where some concepts do belong together, the rest may look stable merely for being apart from them; so a
cluster has to share more units within itself, too, than the same concepts do in 99 % of null data sets.

References
----------
Hennig, C. 2007. Cluster-wise assessment of cluster stability. Computational Statistics and Data Analysis 52, 258-271.

"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.machine.loaded import can_compile
from kit.topics.clusters.agglomeration import partitions
from kit.topics.clusters.association import SCALE, distances, pairs_by_block, shared_once, shared_units
from kit.topics.clusters.bounds import Reached, bound_of, bounds_by_size
from kit.topics.clusters.null import MANY, without_structure
from kit.topics.clusters.occurrences import Integers, Occurrences

Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.unsignedinteger[Any]]
#: Groups merge while their concepts are, in the mean, nearer than their frequencies alone bring them.
CUT = SCALE
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
    null_99 : float64 array, one per cluster
        What its stability has to exceed: the bound for its size; missing (nan) with fewer than 99 null data sets.
    shared : int64 array, one per cluster
        Shared units, summed over the pairs of its concepts.
    shared_99 : float64 array, one per cluster
        What the same concepts share at most in 99 % of null data sets; missing as `null_99`.

    """

    observed: Floats
    null_mean: float
    null_99: Floats
    shared: Integers
    shared_99: Floats

    @property
    def above(self) -> npt.NDArray[np.bool_]:
        """Whether each cluster is more stable than null data give, and its concepts share more units."""
        return np.asarray((self.observed > self.null_99) & (self.shared > self.shared_99))


def clusters_of(found: Occurrences) -> list[Integers]:
    """Cluster concepts by the units that name them; ties go by the order of their numbers."""
    return _clusters(partitions(distances(shared_once(found)[None]), CUT)[0])


def _clusters(label: Integers) -> list[Integers]:
    """Return the groups of two and more concepts, by falling size and then first concept."""
    groups = [np.flatnonzero(label == first).astype(np.int64) for first in np.unique(label)]
    return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), int(group[0])))


def stability(found: Occurrences, clusters: Sequence[Integers], *, resamples: int, seed: int) -> Stability:
    """Resample clusters, and clusters of null data in the same way."""
    draw = np.random.Generator(np.random.PCG64(seed))
    runs = _runs(found, resamples, draw)
    observed = runs.reached(found, clusters)[1]
    nulls, shared = [], []
    for null in without_structure(found, resamples, draw):
        shared.append(_shared_within(null, clusters))
        nulls.append(_reached(*runs.reached(null)))
    together = [value for null in nulls for value in null.stabilities]
    return Stability(
        observed=observed,
        null_mean=round(math.fsum(together) / len(together), 9) if together else math.nan,
        null_99=np.array(bounds_by_size(_reached(clusters, observed), nulls), np.float64),
        shared=np.array(_shared_within(found, clusters), np.int64),
        shared_99=np.array([bound_of(column) for column in zip(*shared, strict=True)], np.float64),
    )


def _runs(found: Occurrences, resamples: int, draw: np.random.Generator) -> _Plain | _Compiled:
    """Draw how often each block is taken in each resample, and the orders of concepts."""
    weights = weights_of(found.blocks, resamples, draw)
    places = np.argsort(draw.random((resamples, found.concepts)), axis=1, kind="stable")
    many = resamples >= MANY and can_compile()
    return _Compiled.of(found, weights, places) if many else _Plain(weights, places)


def weights_of(blocks: int, resamples: int, draw: np.random.Generator) -> Weights:
    """Draw as many blocks as there are, with replacement: resamples × blocks, how often each is taken.

    One resample after the other, in as few bytes as hold the numbers: a byte each, since blocks are hardly ever taken
    more than ten times.
    """
    weights = np.zeros((resamples, blocks), np.uint8)
    for row in range(resamples):
        times = np.bincount(draw.integers(0, max(blocks, 1), size=blocks), minlength=blocks)
        if (most := int(times.max(initial=0))) > np.iinfo(weights.dtype).max:
            weights = weights.astype(np.min_scalar_type(most))
        weights[row] = times
    return weights


def _shared_within(found: Occurrences, clusters: Sequence[Integers]) -> list[int]:
    """Count the units shared by pairs of concepts of a cluster."""
    shared = []
    for cluster in clusters:
        inside = np.zeros(found.concepts, bool)
        inside[cluster] = True
        count = np.bincount(found.unit[inside[found.concept]])
        shared.append(int((count * (count - 1)).sum()) // 2)
    return shared


def _cluster_of(clusters: Sequence[Integers], concepts: int) -> Integers:
    """Return the cluster of each concept, or -1; clusters have no concept in common."""
    owner = np.full(concepts, -1, np.int64)
    for number, cluster in enumerate(clusters):
        owner[cluster] = number
    return owner


def _reached(clusters: Sequence[Integers], stabilities: Floats) -> Reached:
    """Return the sizes and stabilities of clusters."""
    return Reached([len(cluster) for cluster in clusters], stabilities.tolist())


class _Plain(NamedTuple):
    """Resampling step by step, as it is written down."""

    weights: Weights
    places: Integers

    def reached(
        self, found: Occurrences, clusters: Sequence[Integers] | None = None
    ) -> tuple[Sequence[Integers], Floats]:
        """Return clusters, a data set's own if none are given, and their stability."""
        asked = clusters_of(found) if clusters is None else clusters
        return asked, _stabilities(found, asked, self.weights, self.places)


class _Compiled(NamedTuple):
    """The same, compiled; the last resample takes each unit once, concepts in the order of their numbers."""

    weights: Weights
    places: Integers

    @classmethod
    def of(cls, found: Occurrences, weights: Weights, places: Integers) -> _Compiled:
        """Lay out what is the same for all data sets of the same units."""
        from kit.topics.clusters.kernel import TOGETHER  # noqa: PLC0415 - loading the compiler is not for few resamples

        orders = np.concatenate([places, np.arange(found.concepts)[None]]).astype(np.int64)
        times = np.zeros((-(-len(orders) // TOGETHER), found.blocks, TOGETHER), weights.dtype)
        for part, begin in enumerate(range(0, len(orders), TOGETHER)):
            taken = weights[begin : begin + TOGETHER]
            times[part, :, : len(taken)] = taken.T
        times[-1, :, len(weights) % TOGETHER] = 1
        return cls(times, orders)

    def reached(
        self, found: Occurrences, clusters: Sequence[Integers] | None = None
    ) -> tuple[Sequence[Integers], Floats]:
        """Return clusters, a data set's own if none are given, and their stability."""
        from kit.topics.clusters import kernel  # noqa: PLC0415

        starts = np.searchsorted(found.unit, np.arange(found.units + 1)).astype(np.int64)
        group = kernel.groups_of(starts, found.concept, found.block, self.weights, self.places, SCALE, CUT)
        asked = _clusters(group[-1]) if clusters is None else clusters
        owner = _cluster_of(asked, found.concepts)
        return asked, _means(kernel.jaccards(group[:-1], owner, len(asked)))


def _stabilities(found: Occurrences, clusters: Sequence[Integers], weights: Weights, places: Integers) -> Floats:
    """Return each cluster's mean largest Jaccard coefficient over resamples."""
    if not clusters:
        return np.zeros(0)
    pairs = pairs_by_block(found)
    step = max(1, _CELLS // found.concepts**2)
    parts = [
        _jaccards(_resampled(pairs, weights[row : row + step], places[row : row + step]), clusters)
        for row in range(0, len(weights), step)
    ]
    return _means(np.concatenate(parts))


def _means(jaccard: Floats) -> Floats:
    """Return the mean of each column, rounded."""
    return np.array([round(math.fsum(column) / len(column), 9) for column in jaccard.T.tolist()])


def _resampled(pairs: sparse.csr_array, weights: Weights, places: Integers) -> Integers:
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
