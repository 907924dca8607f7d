"""The default model: directions on a sphere find the topics, a mixture over terms then fits them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.parts.freed import give_back
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.mixture import mix, named_evidence
from kit.topics.models.partition import Labels, agreed
from kit.topics.models.points import Points
from kit.topics.models.solution import Anchors, Floats, Solution, in_order, probabilities
from kit.topics.models.space import Singles, exact, sample_of, unit_length
from kit.topics.models.sums import blocks, chosen, some

_ROUNDS_ON_ALL = 2


def solve_spherical(
    matrix: TopicMatrix,
    n_topics: int,
    *,
    anchors: Anchors | None,
    seed: int,
    start: Solution | None,
    points: Points | None = None,
) -> Solution:
    """Fit topics: points, the partition that many starts agree on, and a mixture from it on.

    With more than `kit.topics.models.space.SAMPLE` units, all but the last two rounds of the mixture see an evenly
    spread sample of them.
    """
    counts = matrix.counts
    units = counts.shape[0]
    few, sample = sampled(counts)
    anchors = anchors if anchors is not None and anchors.names else None
    some = None if anchors is None else anchors.take(sample)
    spaces = (points or Points(few)).of(n_topics)
    fixed = None if some is None else [directions(space, some) for space in spaces]
    barred = None if some is None else ~np.asarray((some.units > 0).toarray(), bool)
    begin = None if start is None else nearest(few, start.centres, some)
    labels = agreed(spaces, n_topics, seed, fixed, barred, begin)
    fitted = mix(few, labels, n_topics, some)
    if len(sample) < units:
        give_back()
        fitted = mix(counts, nearest(counts, fitted.ratios, anchors), n_topics, anchors, _ROUNDS_ON_ALL)
    anchored = 0 if anchors is None else len(anchors.names)
    anchor = np.append(np.arange(anchored), np.full(n_topics - anchored, -1)).astype(np.int64)
    order = in_order(fitted.documents, anchor)
    for weights in (fitted.documents, fitted.posterior):
        for rows in blocks(units):  # where they stand: of many units there is no room for more of their size
            weights[rows] = weights[rows][:, order]
    return Solution(
        fitted.documents, probabilities(counts, fitted.posterior), fitted.ratios[order], anchor[order], 0, True
    )


def sampled(counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, npt.NDArray[np.int64]]:
    """Return the units that points are made of, and their rows."""
    rows = sample_of(counts.shape[0])
    return counts if len(rows) == counts.shape[0] else chosen(counts, rows), rows


def directions(points: Singles, anchors: Anchors) -> Singles:
    """Return the mean direction of the units that name each concept, each with the root of its mentions."""
    mentions = anchors.units.astype(np.float64).copy()
    mentions.data = np.sqrt(mentions.data)
    return exact(unit_length(mentions.T.tocsr() @ points))


def nearest(counts: sparse.csr_matrix, ratios: Floats, anchors: Anchors | None) -> Labels:
    """Return the topic that the terms of each unit speak for most, given the log ratios of another fit."""
    label = np.zeros(counts.shape[0], np.int64)
    evidence = np.zeros((len(label), 0)) if anchors is None else named_evidence(anchors)
    for rows in blocks(len(label)):
        scores = some(counts, rows, present=True) @ np.ascontiguousarray(ratios.T)
        scores[:, : evidence.shape[1]] += evidence[rows]
        label[rows] = scores.argmax(axis=1)
    return label
