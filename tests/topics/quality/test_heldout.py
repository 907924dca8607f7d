"""Held-out fit on texts whose answer can be computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from kit.topics.quality.heldout import MIXED, completion

EVEN = np.array([0.5, 0.5])
PURE = np.array([[1.0, 0.0], [0.0, 1.0]])


def completed(counts: list[list[int]], topics: np.ndarray, share: np.ndarray = EVEN) -> float:
    return completion(sparse.csr_matrix(np.array(counts)), topics, share, np.random.default_rng(0))


def test_a_text_of_one_topic() -> None:
    """The topic gives the word (1 - c) + c / 2, the corpus 1 / 2."""
    assert completed([[6, 0], [0, 8]], PURE) == pytest.approx(math.log((1 - MIXED / 2) / 0.5), abs=1e-6)


def test_one_topic_of_everything_gains_nothing() -> None:
    assert completed([[3, 2], [1, 4]], np.array([[0.25, 0.75]]), np.array([0.25, 0.75])) == 0


def test_topics_that_divide_what_stands_together_gain_less() -> None:
    topics = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])
    crossed = topics[:, [0, 2, 1, 3]]
    counts = [[5, 5, 0, 0], [0, 0, 5, 5]] * 10
    share = np.full(4, 0.25)
    assert completed(counts, topics, share) > completed(counts, crossed, share) + 0.3


def test_a_running_word_is_never_impossible() -> None:
    assert math.isfinite(completed([[1, 1]] * 4, PURE))


def test_texts_of_one_word_cannot_be_completed() -> None:
    assert math.isnan(completed([[1, 0], [0, 1]], PURE))
    assert math.isnan(completion(sparse.csr_matrix((0, 2), dtype=int), PURE, EVEN, np.random.default_rng(0)))
    assert completed([[1, 0], [6, 0]], PURE) == completed([[6, 0]], PURE)
