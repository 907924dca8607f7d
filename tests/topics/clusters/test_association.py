"""Shared units and associations against numbers made by hand and by a slow count."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.clusters import association
from kit.topics.clusters.association import (
    SCALE,
    associations,
    distances,
    expected_units,
    pairs_by_block,
    shared_once,
    shared_units,
)
from kit.topics.clusters.occurrences import Occurrences, occurrences


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[set[int]], int, list[int]]:
    """Units as sets of concepts, the number of concepts, and the block of each unit."""
    concepts = draw(st.integers(2, 6))
    units = draw(st.lists(st.sets(st.integers(0, concepts - 1)), min_size=1, max_size=12))
    return units, concepts, draw(st.lists(st.integers(0, 3), min_size=len(units), max_size=len(units)))


def found_in(units: list[set[int]], concepts: int, block: list[int] | None = None) -> Occurrences:
    pairs = [(unit, concept) for unit, named in enumerate(units) for concept in named]
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    return occurrences(rows[:, 0], rows[:, 1], np.array(block or range(len(units)), np.int64), concepts)


def shared_in(units: list[set[int]], concepts: int) -> np.ndarray:
    found = found_in(units, concepts)
    return shared_units(pairs_by_block(found), np.ones((1, found.blocks), np.int64))[0]


@given(texts())
def test_shared_units_are_those_counted_one_by_one(case: tuple[list[set[int]], int, list[int]]) -> None:
    units, concepts, _ = case
    shared = shared_in(units, concepts)
    for a in range(concepts):
        for b in range(concepts):
            assert shared[a, b] == sum({a, b} <= named for named in units)


@given(texts(), st.integers(1, 5))
def test_shared_once_takes_some_units_at_a_time(case: tuple[list[set[int]], int, list[int]], entries: int) -> None:
    units, concepts, block = case
    with patch.object(association, "_ENTRIES", entries):
        assert shared_once(found_in(units, concepts, block)).tolist() == shared_in(units, concepts).tolist()


@given(texts(), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_weights_repeat_whole_blocks(case: tuple[list[set[int]], int, list[int]], times: list[int]) -> None:
    units, concepts, block = case
    found = found_in(units, concepts, block)
    kept = sorted({one for one, named in zip(block, units, strict=True) if named})
    weights = np.array([[times[one] for one in kept]], np.int64).reshape(1, found.blocks)
    repeated = [named for named, one in zip(units, block, strict=True) for _ in range(times[one] if named else 1)]
    assert shared_units(pairs_by_block(found), weights)[0].tolist() == shared_in(repeated, concepts).tolist()


@given(texts())
def test_expected_units_have_the_total_of_the_shared(case: tuple[list[set[int]], int, list[int]]) -> None:
    units, concepts, _ = case
    shared = shared_in(units, concepts)
    off = ~np.eye(concepts, dtype=bool)
    total = shared[off].sum()
    assert np.isclose(expected_units(shared)[off].sum(), total if np.count_nonzero(np.diag(shared)) > 1 else 0)


@given(texts(), st.integers(1, 50))
def test_units_that_name_nothing_change_nothing(case: tuple[list[set[int]], int, list[int]], more: int) -> None:
    units, concepts, _ = case
    blank: list[set[int]] = [set() for _ in range(more)]
    assert distances(shared_in(units, concepts)).tolist() == distances(shared_in([*blank, *units], concepts)).tolist()


@given(texts())
def test_distances_are_exact_fractions(case: tuple[list[set[int]], int, list[int]]) -> None:
    units, concepts, _ = case
    shared = shared_in(units, concepts)
    named = [int(shared[c, c]) for c in range(concepts)]
    total = sum(int(shared[a, b]) for a, b in combinations(range(concepts), 2))
    ways = sum(named[a] * named[b] for a, b in combinations(range(concepts), 2))
    whole = distances(shared)
    for a, b in combinations(range(concepts), 2):
        expected = Fraction(named[a] * named[b] * total, max(ways, 1))
        exact = 1 - (shared[a, b].item() - expected) / (shared[a, b].item() + expected + 1)
        assert abs(whole[a, b].item() - exact * SCALE) <= 1
        assert whole[a, b] == whole[b, a]
        assert 0 < whole[a, b] < 2 * SCALE


def test_by_hand() -> None:
    # Units {0,1}, {0,1}, {2}, {2,3}: n = 2, 2, 2, 1; T = 3 of unordered pairs; the products sum to 4+4+2+4+2+2 = 18.
    shared = shared_in([{0, 1}, {0, 1}, {2}, {2, 3}], 4)
    expected = expected_units(shared)
    assert expected[0, 1] == 4 * 3 / 18
    assert expected[2, 3] == 2 * 3 / 18
    # O = 2, E = 2/3: (2 - 2/3) / (2 + 2/3 + 1) = 4/11. O = 1, E = 1/3: 2/7. O = 0, E = 2/3: -2/5.
    assert associations(shared)[0, 1] == round(4 / 11, 9)
    assert associations(shared)[2, 3] == round(2 / 7, 9)
    assert associations(shared)[0, 2] == -0.4


def test_more_evidence_counts_for_more() -> None:
    """Two concepts always together, one time or ten, beside two others that are as often apart."""
    once = associations(shared_in([{0, 1}, {2}, {3}], 4))[0, 1]
    often = associations(shared_in([{0, 1}, {2}, {3}] * 10, 4))[0, 1]
    assert 0 < once < often < 1


def test_concepts_that_share_all_units_are_not_associated() -> None:
    assert (associations(shared_in([{0, 1, 2}] * 7, 3))[~np.eye(3, dtype=bool)] == 0).all()


def test_no_unit_and_no_concept() -> None:
    none = found_in([], 0)
    assert shared_units(pairs_by_block(none), np.ones((1, 0), np.int64)).shape == (1, 0, 0)
    assert shared_in([set(), {1}], 3).tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
