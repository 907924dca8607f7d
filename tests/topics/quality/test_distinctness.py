"""Distinctness by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kit.topics.quality.distinctness import diversity, exclusivity, overlap


def test_topics_that_share_all_or_nothing() -> None:
    same, apart = [[0, 1], [0, 1], [1, 0]], [[0, 1], [2, 3], [4, 5]]
    assert diversity(same) == pytest.approx(1 / 3)
    assert (diversity(apart), overlap(same), overlap(apart)) == (1, 1, 0)


def test_exclusivity_by_hand() -> None:
    """Of the first topic's terms one has .4 of .4 + .1, the other .6 of .6 + .2."""
    values = exclusivity([[0.4, 0.6, 0.0], [0.1, 0.2, 0.7]], [[0, 1], [2, 1]])
    assert values == pytest.approx([(0.8 + 0.75) / 2, (1 + 0.25) / 2])


def test_equal_topics_have_an_equal_share_each() -> None:
    assert exclusivity(np.full((4, 5), 0.2), np.tile([0, 3], (4, 1))).tolist() == [0.25] * 4


def test_overlap_of_three() -> None:
    """Jaccard 1/3, 0 and 1/3."""
    assert overlap([[0, 1], [1, 2], [2, 3]]) == pytest.approx(2 / 9)


def test_nothing_to_compare() -> None:
    assert math.isnan(diversity(np.zeros((0, 10), int)))
    assert math.isnan(overlap([[0, 1]]))
    assert exclusivity([[0.0, 1.0]], [[0]]).tolist() != [0.0]
    assert np.isnan(exclusivity([[0.0, 1.0]], [[0]])).all()
