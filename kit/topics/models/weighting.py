"""What a term counts for in a unit: damped counts, raised for terms of few units, units of equal length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.counting import document_frequencies
from kit.topics.models.elementary import log

Floats = npt.NDArray[np.float64]

_K1, _B = 1.2, 0.75


def idf(frequency: npt.NDArray[np.int64], units: int) -> Floats:
    """Return log((1 + n) / (1 + n_t)) + 1 for terms that stand in n_t of n units."""
    return log((1 + units) / (1 + frequency.astype(np.float64))) + 1


def damped(counts: npt.NDArray[np.integer]) -> Floats:
    """Return 1 + log(count) for each count."""
    return 1 + log(counts)


def tf_idf(counts: sparse.csr_matrix, weights: Floats | None = None) -> sparse.csr_matrix:
    """Return (1 + log count) × idf, each unit scaled to length 1 (Manning and others 2008, ltc)."""
    if weights is None:
        weights = idf(document_frequencies(counts), counts.shape[0])
    values = damped(counts.data) * weights[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, weights=values * values, minlength=counts.shape[0]))
    length[length == 0] = 1
    return sparse.csr_matrix((values / length[row], counts.indices, counts.indptr), shape=counts.shape)


def bm25(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the weights of BM25 with k1 = 1.2 and b = 0.75 (Robertson and Zaragoza 2009), rows not scaled."""
    units = counts.shape[0]
    frequency = document_frequencies(counts).astype(np.float64)
    rarity = log(1 + (units - frequency + 0.5) / (frequency + 0.5))
    length = np.asarray(counts.sum(axis=1), np.float64).ravel()
    scale = _K1 * (1 - _B + _B * length / max(length.mean(), 1))
    row = np.repeat(np.arange(units), np.diff(counts.indptr))
    values = rarity[counts.indices] * counts.data * (_K1 + 1) / (counts.data + scale[row])
    return sparse.csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)
