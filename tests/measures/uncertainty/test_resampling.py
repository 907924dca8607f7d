"""Sums over resamples: the same integers in few bits and in many, and as sums of the documents drawn."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from scipy import sparse

from kit.measures.uncertainty import resampling
from kit.measures.uncertainty.resampling import resampled_sums, weights
from kit.measures.uncertainty.samples import Sample

COUNTS = np.array([[2, 0, 70_000], [0, 1, 3], [1, 5, 0]], np.int64)
SAMPLE = Sample(sparse.csr_array(COUNTS), np.array([80_000, 9, 12], np.int64))


def test_sums_are_those_of_the_documents_drawn() -> None:
    drawn = np.concatenate(list(weights(3, 50, seed=4)), axis=1)
    for limit in (0, 2**31):
        with patch.object(resampling, "_NARROW", limit):
            ((items, counts, words),) = resampled_sums(SAMPLE, 50, seed=4)
        assert items == slice(0, 3)
        assert counts.dtype == words.dtype == np.int64
        assert counts.tolist() == (COUNTS.T @ drawn).tolist()
        assert words.tolist() == (SAMPLE.sizes @ drawn).tolist()


def test_large_counts_do_not_overflow() -> None:
    sample = Sample(sparse.csr_array(COUNTS * 40_000), SAMPLE.sizes)
    ((_, counts, _),) = resampled_sums(sample, 20, seed=1)
    drawn = np.concatenate(list(weights(3, 20, seed=1)), axis=1)
    assert counts.tolist() == (COUNTS.T @ drawn * 40_000).tolist()
