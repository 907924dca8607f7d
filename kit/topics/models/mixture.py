"""A mixture of topics over terms: each unit is about one topic, its terms come from that topic or from the corpus."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from kit.index.counting import document_frequencies
from kit.topics.models.elementary import Floats, log, softmax
from kit.topics.models.partition import Labels, membership
from kit.topics.models.solution import Anchors
from kit.topics.models.sums import blocks, some, summed

#: Share of the terms of a unit that is the corpus's own.
BACKGROUND = 0.6
#: Terms that the weights of a unit take it to have, however long it is.
EVIDENCE = 5.0
_ROUNDS = 8
#: Share of an anchored topic's units that name its concept, and how many times that counts.
_NAMED, _TIMES = 0.9, 4.0
_LEAST = 1e-6


class Mixture(NamedTuple):
    """A fitted mixture.

    Attributes
    ----------
    posterior : float64 array, units × topics
        Probability that a unit is about each topic; near 0 or 1.
    documents : float64 array, units × topics
        The same for a unit of `EVIDENCE` terms like its own: what its weights are.
    ratios : float64 array, topics × terms
        Logarithm of a term's probability in units of the topic over its share of the corpus.

    """

    posterior: Floats
    documents: Floats
    ratios: Floats


def named_evidence(anchors: Anchors) -> Floats:
    """Return what the mention of a concept, or its absence, says of a unit's being about the anchored topic.

    Log likelihood ratio: 90 % of the units of an anchored topic are taken to name its concept, of the others as
    many as in the corpus. Hence a concept named everywhere says little and does not swallow the corpus; a unit
    that does not name a concept needs other reasons to be about it.
    """
    named = np.asarray((anchors.units > 0).toarray(), bool)
    share = (named.sum(axis=0) + 0.5) / (len(named) + 1)
    present, absent = log(np.maximum(_NAMED / share, 1)), log(np.minimum((1 - _NAMED) / (1 - share), 1))
    return np.where(named, present, absent) * _TIMES


def mix(
    counts: sparse.csr_matrix, labels: Labels, n_topics: int, anchors: Anchors | None = None, rounds: int = _ROUNDS
) -> Mixture:
    """Fit a mixture by expectation-maximisation, from a partition on.

    p(term | topic k) = .6 p(term) + .4 q_k(term): the share of the corpus (Jelinek-Mercer smoothing, Zhai and Lafferty
    2004) keeps the rare terms that a unit brought into its own topic from holding it there.
    """
    common = document_frequencies(counts) / max(counts.nnz, 1)
    length = np.maximum(np.diff(counts.indptr), 1)[:, None].astype(np.float64)
    posterior = membership(labels, n_topics).toarray()
    documents = np.zeros_like(posterior)
    anchored = 0 if anchors is None else len(anchors.names)
    evidence = named_evidence(anchors) if anchors is not None and anchored else np.zeros((len(posterior), 0))
    barred = ~np.asarray((anchors.units > 0).toarray(), bool) if anchors is not None else np.zeros((0, 0), bool)
    for turn in range(1, rounds + 1):
        if anchored:
            posterior[:, :anchored][barred] = 0
        inside = np.ascontiguousarray(summed(counts, posterior, present=True).T)
        inside /= np.maximum(inside.sum(axis=1, keepdims=True), _LEAST)
        lift = inside / np.where(common > 0, common, 1)
        ratios = log(BACKGROUND + (1 - BACKGROUND) * lift)
        prior = log(np.maximum(posterior.mean(axis=0), _LEAST))
        for rows in blocks(len(posterior)):
            scores = some(counts, rows, present=True) @ np.ascontiguousarray(ratios.T) + prior
            scores[:, :anchored] += evidence[rows]
            posterior[rows] = softmax(scores)
            if turn == rounds:
                documents[rows] = softmax(scores * (EVIDENCE / np.maximum(length[rows], EVIDENCE)))
    return Mixture(posterior, documents, ratios)
