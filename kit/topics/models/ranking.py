"""What each term is to each topic: probability, lift, exclusivity, FREX, and the weight that terms are ranked by."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from kit.topics.coherence.coherence import npmi
from kit.topics.coherence.cooccurrence import by_document
from kit.topics.models.elementary import log
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.solution import Anchors, Floats, Solution
from kit.topics.models.space import sample_of
from kit.topics.models.sums import chosen, running, summed

#: Terms that a topic is judged by.
TOP = 10
#: Terms of a topic that are listed.
LISTED = 50
_DIGITS = 6
_BLOCK = 200_000
_TINY = 1e-300


def term_table(matrix: TopicMatrix, solution: Solution, anchors: Anchors, listed: int = LISTED) -> pd.DataFrame:
    """List the most telling terms of every topic."""
    weights = telling(matrix, solution)
    chance = solution.terms
    sums = running(matrix.counts)
    share = sums / max(sums.sum(), 1)
    lift = chance / np.where(share > 0, share, 1)
    over_topics = chance.sum(axis=0)
    exclusivity = chance / np.where(over_topics > 0, over_topics, 1)
    frex = frex_of(chance, exclusivity)
    frequency = matrix.unit_frequency
    tables = []
    for topic in range(len(chance)):
        order = np.argsort(-weights[topic], kind="stable")[:listed]
        order = order[weights[topic, order] > 0]
        concept = solution.anchor[topic]
        tables.append(
            pd.DataFrame(
                {
                    "topic": np.full(len(order), topic + 1, np.int64),
                    "rank": np.arange(1, len(order) + 1, dtype=np.int64),
                    "term": pd.Series([matrix.terms[column] for column in order.tolist()], dtype="str"),
                    "weight": weights[topic, order],
                    "probability": chance[topic, order].round(_DIGITS + 2),
                    "lift": lift[topic, order].round(_DIGITS),
                    "exclusivity": exclusivity[topic, order].round(_DIGITS),
                    "frex": frex[topic, order].round(_DIGITS),
                    "documents": frequency[order],
                    "seeded": anchors.terms[concept, order] if concept >= 0 else np.zeros(len(order), bool),
                    "column": order.astype(np.int64),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def telling(matrix: TopicMatrix, solution: Solution) -> Floats:
    """Return the weight that the terms of each topic are ranked by.

    (O - E)^2 / E where O > E, else 0; O are the units with the term, each with its weight of the topic, E those
    expected if the topic had as many of them as its size among all units: a term's part in Pearson's X^2. It asks
    for terms that are both frequent in the topic and its own.
    """
    documents = solution.documents
    counts = matrix.counts
    inside = np.ascontiguousarray(summed(counts, documents, present=True).T)
    share = documents.sum(axis=0)[:, None] / max(counts.shape[0], 1)
    expected = share * matrix.unit_frequency[None, :].astype(np.float64)
    gain = inside - expected
    positive = (gain > 0) & (expected > 0)
    return np.where(positive, gain * gain / np.where(positive, expected, 1), 0).round(_DIGITS)


def gain_of(matrix: TopicMatrix, solution: Solution) -> float:
    """Return how much better topics predict a running term than the corpus's own shares do, in nats a term.

    Mean of log(sum of weight × probability over topics) - log(share), over the running terms of at most 4,000
    evenly spread units, which are those fitted: no held-out fit.
    """
    sums = running(matrix.counts)
    share, chance = sums / sums.sum(), np.ascontiguousarray(solution.terms.T)
    rows = sample_of(matrix.counts.shape[0])
    counts, documents = chosen(matrix.counts, rows), solution.documents[rows]
    unit = np.repeat(np.arange(len(rows)), np.diff(counts.indptr))
    total = 0.0
    for begin in range(0, counts.nnz, _BLOCK):
        part = slice(begin, begin + _BLOCK)
        column = counts.indices[part]
        mixed = np.einsum("nk,nk->n", documents[unit[part]], chance[column])
        total += float((counts.data[part] * log(np.maximum(mixed / share[column], _TINY))).sum())
    return round(total / float(counts.data.sum()), _DIGITS)


def coherence(matrix: TopicMatrix, columns: list[npt.NDArray[np.int64]]) -> Floats:
    """Return the mean NPMI of every two terms of each list, over units (`kit.topics.coherence`, ``limit``)."""
    together = by_document(matrix.counts, np.concatenate([*columns, np.zeros(0, np.int64)]))
    values = [npmi(together, [terms])[0] if len(terms) > 1 else math.nan for terms in columns]
    return np.array(values, np.float64).round(_DIGITS)


def frex_of(chance: Floats, exclusivity: Floats) -> Floats:
    """Return the harmonic mean of a term's ranks in its topic, as shares, by probability and by exclusivity.

    Bischof and Airoldi (2012), ICML, with equal weights; of equal terms each has the highest of their ranks.
    """
    by_chance = rankdata(chance.round(12), method="max", axis=1) / chance.shape[1]
    by_exclusivity = rankdata(exclusivity.round(12), method="max", axis=1) / chance.shape[1]
    return np.asarray(2 / (1 / by_chance + 1 / by_exclusivity), np.float64)
