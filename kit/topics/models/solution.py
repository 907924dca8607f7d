"""The arrays that a topic model comes down to, and what all models share: anchors, starts and the order of topics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.topics.models.sums import running, summed

Floats = npt.NDArray[np.float64]
Model = Literal["spherical", "nmf", "lda"]


@dataclass(frozen=True, eq=False)
class Anchors:
    """Concepts that topics are anchored to.

    Attributes
    ----------
    names : tuple of str
        The concepts.
    units : scipy.sparse.csr_matrix of float64, fitted units × concepts
        Mentions of each concept in each unit.
    terms : bool array, concepts × terms
        Terms of the concept: words that name it by themselves, and those half of whose places stand in its mentions.
    labels : tuple of str
        What a reader sees of each concept, in the language of the texts as the terms are; its name if left out.

    """

    names: tuple[str, ...]
    units: sparse.csr_matrix
    terms: npt.NDArray[np.bool_]
    labels: tuple[str, ...] = ()

    def label(self, concept: int) -> str:
        """Return what a reader sees of a concept; nothing for -1, of a free topic."""
        return "" if concept < 0 else (self.labels or self.names)[concept]

    def take(self, rows: npt.NDArray[np.integer]) -> Anchors:
        """Return the anchors of some fitted units, in the order given, as `TopicMatrix.take` does."""
        return replace(self, units=self.units[rows])


@dataclass(frozen=True, eq=False)
class Solution:
    """Topics as arrays, anchored topics first, both kinds by falling size.

    Attributes
    ----------
    documents : float64 array, fitted units × topics
        Weight of each topic in each unit; rows add up to 1.
    terms : float64 array, topics × terms
        Probability of each term in each topic; rows add up to 1.
    centres : float64 array, topics × terms
        What the model itself holds of a topic; what a warm start begins from.
    anchor : int64 array, one per topic
        Row of its concept in the anchors, -1 for free topics.
    iterations : int
        How many it took.
    converged : bool
        Whether it ended by itself.

    """

    documents: Floats
    terms: Floats
    centres: Floats
    anchor: npt.NDArray[np.int64]
    iterations: int
    converged: bool


def in_order(documents: Floats, anchor: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Return the order of topics: anchored first, by falling share, then by the first unit they are largest in."""
    share = documents.mean(axis=0).round(9)
    largest = documents.argmax(axis=1)
    first = np.array([int(np.argmax(largest == topic)) if (largest == topic).any() else len(documents)
                      for topic in range(documents.shape[1])])  # fmt: skip
    return np.lexsort((first, -share, anchor < 0))


def probabilities(counts: sparse.csr_matrix, documents: Floats) -> Floats:
    """Return p(term | topic): running terms of units, each shared out by the unit's weights."""
    mass = np.ascontiguousarray(summed(counts, documents).T)
    total = mass.sum(axis=1)
    mass[total <= 0] = running(counts)
    return np.asarray(mass / mass.sum(axis=1, keepdims=True), np.float64)
