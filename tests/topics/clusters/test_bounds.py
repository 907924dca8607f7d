"""Bounds by size: worked by hand, and the level that they hold on data without structure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.clusters.bounds import Reached, bound_of, bounds_by_size


@given(st.lists(st.floats(0, 1), min_size=99, max_size=400))
def test_one_in_a_hundred_may_exceed(values: list[float]) -> None:
    bound = bound_of(values)
    above = sum(value > bound for value in values)
    assert (above + 1) / (len(values) + 1) <= 0.01 + 1e-12


def test_by_hand() -> None:
    """One size: the score of the second highest of 199 null sets, turned back, is that stability itself."""
    values = [number / 1000 for number in range(199)]
    nulls = [Reached([3], [value]) for value in values]
    bounds = bounds_by_size(Reached([3, 3], [0.5, 0.05]), nulls)
    assert bounds == pytest.approx([0.197, 0.197])  # rank .99 * 200 = 198


def test_each_size_has_its_own() -> None:
    """Pairs reach .5 to .9, clusters of ten .1 to .2: .4 is much for ten, and .8 is little for two."""
    draw = np.random.default_rng(0)
    nulls = [Reached([10, 2], [draw.uniform(0.1, 0.2), draw.uniform(0.5, 0.9)]) for _ in range(300)]
    ten, two = bounds_by_size(Reached([10, 2], [0.4, 0.8]), nulls)
    assert 0.19 < ten < 0.25
    assert 0.88 < two < 1


def test_sizes_seen_seldom_are_put_together() -> None:
    nulls = [Reached([2], [0.3 + row / 1000]) for row in range(100)] + [Reached([7], [0.5])] * 10
    data = Reached([2, 12], [0.3, 0.5])
    both = bounds_by_size(data, nulls)
    assert both[0] == both[1]  # ten clusters of seven are too few for a class of their own
    assert both[0] == pytest.approx(0.5)  # of 110, the value of rank .99 · 111, the highest


def test_no_clusters_in_null_data() -> None:
    assert bounds_by_size(Reached([3], [0.5]), [Reached([], [])] * 99) == [0.0]
    assert bounds_by_size(Reached([], []), [Reached([], [])] * 99) == []
    assert math.isnan(bounds_by_size(Reached([3], [0.5]), [Reached([3], [0.5])] * 98)[0])


def test_the_level_is_held_over_all_sizes() -> None:
    """Data made as null data are: some cluster passes in about 1 of 100 sets."""
    draw = np.random.default_rng(2)

    def one() -> Reached:
        sizes = draw.integers(2, 9, size=draw.integers(1, 6)).tolist()
        return Reached(sizes, [round(float(draw.beta(4, 2 + size)), 6) for size in sizes])

    passing = 0
    for _ in range(400):
        data = one()
        bounds = bounds_by_size(data, [one() for _ in range(99)])
        passing += any(value > bound for value, bound in zip(data.stabilities, bounds, strict=True))
    assert passing <= 12  # 4 are expected; more than 12 have a probability below .001
