"""Matching: the best of all pairings, and likeness that does not come free."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kit.topics.quality.matching import likeness, match, matched_likeness, profiles


@given(
    st.integers(1, 5).flatmap(lambda k: arrays(np.float64, (k, k), elements=st.integers(0, 20).map(lambda n: n / 20)))
)
def test_no_pairing_is_better(alike: np.ndarray) -> None:
    k = len(alike)
    best = max(sum(alike[row, column] for row, column in enumerate(way)) for way in permutations(range(k)))
    found = match(alike)
    assert sorted(found.tolist()) == list(range(k))
    assert alike[np.arange(k), found].sum() == pytest.approx(best)


@given(st.permutations(range(4)))
def test_the_order_of_topics_does_not_matter(order: list[int]) -> None:
    topics = np.random.default_rng(0).dirichlet(np.ones(30), 4)
    share = topics.mean(axis=0)
    assert matched_likeness(topics, topics[order], share).tolist() == [1, 1, 1, 1]


def test_topics_that_equal_the_corpus_are_like_nothing() -> None:
    share = np.array([0.5, 0.3, 0.2])
    assert matched_likeness(np.tile(share, (2, 1)), np.tile(share, (2, 1)), share).tolist() == [0, 0]


def test_what_is_common_to_all_topics_makes_them_no_more_alike() -> None:
    """Nine tenths of both topics are the corpus; what they add are different terms."""
    share = np.array([0.9, 0.05, 0.05])
    one, other = np.array([[0.9, 0.1, 0.0]]), np.array([[0.9, 0.0, 0.1]])
    assert likeness(profiles(one, share), profiles(other, share)).tolist() == [[0.0]]


def test_profiles_by_hand() -> None:
    """Above the corpus by .3 and .4: length .5."""
    rows = profiles(np.array([[0.4, 0.6, 0.0]]), np.array([0.1, 0.2, 0.7]))
    assert rows[0] == pytest.approx([0.6, 0.8, 0.0])
